/** F1: phones that fall asleep at any point of a post, for seconds or minutes; some of them never wake and are opened anew. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch, PHONE } from '../e2e/support/stage.ts'
import { openNetwork, type Network } from '../support/chaos-proxy.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import type { Hosted } from '../support/visit.ts'
import { shareOf } from '../torture/share.ts'
import { aLine, fateOf, look, saidTooEarly, sideBySide, somewhere, stop, wake, WATCH, type Fate, type Seen } from './support/frozen.ts'

const share = shareOf('frozen')
const LONGEST_MS = share.full ? 600_000 : 40_000
/** Phones that sleep at the same time, each a process of its own. */
const WIDTH = share.full ? 30 : 20
/** Words are where they belong so long after waking at the latest, ms: the line is noticed to be dead, and made anew. */
const BACK_MS = 90_000
/** A tap that a busy browser has not passed on to a page by then, ms after it woke, is made again. */
const UNHEARD_MS = 30_000
/** Twenty browsers' worth of pages start at once: none of them is hurried, ms. */
const PATIENCE_MS = 120_000

let server: ServerProcess
let browser: Browser
let system: CDPSession
beforeAll(async () => {
  if (share.count === 0) return
  server = await spawnServer({ NODE_ENV: 'production', LOG_LEVEL: 'error' })
  browser = await launch()
  system = await browser.newBrowserCDPSession()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** One page is opened at a time, so that it is known which processes are its own. */
let turn: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}

interface Phone {
  context: BrowserContext
  page: Page
  pids: number[]
  network: Network
}

const renderers = async () => (await system.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)

function open(session: Hosted): Promise<Phone> {
  return inTurn(async () => {
    const network = await openNetwork({ origin: server.url, port: Number(new URL(server.url).port) })
    const before = await renderers()
    const context = await browser.newContext({ viewport: PHONE, locale: 'en-US', reducedMotion: 'reduce' })
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript(WATCH)
    const page = await context.newPage()
    await page.goto(`${network.server.origin}/#${session.joinToken}`)
    const pids = (await renderers()).filter((pid) => !before.includes(pid))
    expect(pids.length, 'a phone of its own process').toBeGreaterThan(0)
    return { context, page, pids, network }
  })
}

/** Words that a page showed nowhere for a moment, with what it showed and what had happened in it. */
const lost: { fate: Fate; nowhere: Seen[]; watched: string[] }[] = []
const tally = { frozen: 0, asleepSeconds: 0, opened: 0, lost: 0, doubled: 0, falselySaved: 0, worstBackMs: 0 }

async function sleepAndWake(session: Hosted, fate: Fate): Promise<void> {
  const { context, page, pids, network } = await open(session)
  const button = page.getByRole('button', { name: 'Send', exact: true })
  await button.waitFor()
  const field = page.getByRole('textbox')
  const written = fate.at === 'typing' ? fate.words.slice(0, fate.words.length / 2) : fate.words
  await field.fill(written)
  if (fate.cut) network.cut()
  const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const tap = () => page.mouse.click(x + width / 2, y + height / 2)
  // A tap is answered by the page: one that sleeps answers it when it wakes, one that is ended never does.
  const tapped = fate.at === 'after' ? tap().catch(() => undefined) : undefined
  if (tapped !== undefined) await sleep(fate.delay)
  await stop(pids)
  let answered = false
  const late = fate.at === 'before' ? tap().catch(() => undefined).finally(() => (answered = true)) : undefined
  expect(await Promise.race([page.evaluate('1').catch(() => 'ended'), sleep(100, 'asleep')]), 'the page sleeps').toBe('asleep')
  await sleep(fate.asleep)
  network.heal()
  let awake = page
  if (fate.ended) {
    // The browser knows of it before a new page could be put into the dying process.
    const known = page.waitForEvent('crash')
    wake(pids, 'SIGKILL')
    await known
    await page.close()
    awake = await inTurn(async () => {
      const anew = await context.newPage()
      await anew.goto(network.server.origin)
      return anew
    })
    await awake.getByRole('button', { name: 'Send', exact: true }).waitFor()
    tally.opened += 1
  } else wake(pids)
  await back(awake, fate, written, () => answered)
  await Promise.all([tapped, late])
  await context.close()
  await network.close()
  tally.frozen += 1
  tally.asleepSeconds += Math.round(fate.asleep / 1_000)
}

/** Looks until the words stand where they belong; they are never nowhere. What is still in the box is sent then. `answered`: a tap into sleep has been dealt with. */
async function back(page: Page, fate: Fate, written: string, answered: () => boolean): Promise<void> {
  const woken = performance.now()
  const nowhere: Seen[] = []
  const seen = async () => JSON.parse(await page.evaluate<string>(look(fate.words))) as Seen
  const found = async () => {
    const now = await seen()
    if (!somewhere(now, written)) nowhere.push(now)
    return now
  }
  const settled = await until(async () => {
    const now = await found()
    // A tap that was made is made, however late the page hears of it; only one whose page was ended first is lost, and one that a busy
    // browser did not pass on to a page that slept.
    const unheard = now.taps === 0 && (answered() || performance.now() - woken > UNHEARD_MS)
    const stays = fate.at === 'typing' || fate.ended || unheard
    return (now.own > 0 || (stays && now.box === written && now.said !== 'Saving')) && now
  }, `the words of seed ${fate.seed} to be found`, BACK_MS).catch(async (error: unknown) => {
    throw new Error(`It shows ${JSON.stringify(await seen())}, and had ${await page.evaluate<string>('window.watched.slice(-20).join()')}`, { cause: error })
  })
  // Half a sentence waits for its other half; a tap that was lost with its page is made again.
  if (settled.own === 0) {
    await page.getByRole('textbox').fill(fate.words)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
  }
  await until(async () => (await found()).own === 1, `the words of seed ${fate.seed} to be saved`, BACK_MS)
  await until(async () => (await seen()).box === '', `the box of seed ${fate.seed} to be free`, BACK_MS)
  tally.worstBackMs = Math.max(tally.worstBackMs, Math.round(performance.now() - woken))
  const watched = await page.evaluate<string[]>('window.watched')
  tally.lost += nowhere.length
  if (nowhere.length > 0) lost.push({ fate, nowhere, watched })
  if (saidTooEarly(watched, fate.words)) tally.falselySaved += 1
  expect({ seed: fate.seed, early: saidTooEarly(watched, fate.words), own: (await seen()).own }).toEqual({ seed: fate.seed, early: false, own: 1 })
}

test.skipIf(share.count === 0)('F1 ID1 OB1 DR1 phones frozen at any point of a post, some ended in their sleep: every word is still in the box or saved once, and “Saved” is never said too early', async () => {
  const session = await server.openSession(aLine)
  await server.move(session, 'start')
  // Who sleeps longest is put to sleep first.
  const fates = share.seeds.map((seed) => fateOf(seed, LONGEST_MS)).sort((a, b) => b.asleep - a.asleep)
  await sideBySide(fates, WIDTH, (fate) =>
    sleepAndWake(session, fate).catch((error: unknown) => {
      throw new Error(`Seed ${fate.seed}, ${JSON.stringify(fate)}`, { cause: error })
    }),
  )
  const console = await server.facilitator(session)
  await console.done('step', { type: 'reveal' })
  const cards = Object.values((console.view('facilitator')?.step?.activity as { cards: Record<string, { text: string }> }).cards).map(({ text }) => text)
  for (const seed of share.seeds) {
    const there = cards.filter((text) => text === fateOf(seed, LONGEST_MS).words).length
    if (there === 0) tally.lost += 1
    if (there > 1) tally.doubled += 1
  }
  expect(cards.length).toBe(share.count)
  share.report(tally)
  expect(lost).toEqual([])
  expect({ lost: tally.lost, doubled: tally.doubled, falselySaved: tally.falselySaved }).toEqual({ lost: 0, doubled: 0, falselySaved: 0 })
}, share.timeout(share.full ? 40_000 : 8_000, 240_000))
