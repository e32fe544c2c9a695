/** F1 in WebKitGTK: phones stopped at any point of a post, and the phone's main path once. In the full run alone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { openNetwork } from '../support/chaos-proxy.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import type { Hosted } from '../support/visit.ts'
import { findWebKit, openWebKit, type WebKitPhone } from '../support/webkit.ts'
import { shareOf } from '../torture/share.ts'
import { aLine, fateOf, look, saidTooEarly, sideBySide, somewhere, stop, wake, WATCH, type Fate, type Seen } from './support/frozen.ts'

const share = shareOf('frozen-webkit')
const LONGEST_MS = 600_000
/** Each is a whole browser of its own. */
const WIDTH = 8
const BACK_MS = 60_000

const here = share.count > 0 && findWebKit()
if (share.count > 0 && !here) console.log('WebKitGTK is not tried: it is not here. On Debian: apt-get install webkit2gtk-driver xvfb.')

let server: ServerProcess
beforeAll(async () => {
  if (here) server = await spawnServer({ NODE_ENV: 'production', LOG_LEVEL: 'error' })
})
afterAll(async () => {
  await server?.close()
})

const SEND = 'form.write button[type="submit"]'
const tally = { frozen: 0, asleepSeconds: 0, lost: 0, doubled: 0, falselySaved: 0, worstBackMs: 0 }

async function sleepAndWake(session: Hosted, fate: Fate): Promise<void> {
  const phone = await openWebKit()
  try {
    await phone.goto(`${server.url}/#${session.joinToken}`)
    const written = fate.at === 'typing' ? fate.words.slice(0, fate.words.length / 2) : fate.words
    await phone.type('textarea', written)
    await phone.run(WATCH)
    const pids = phone.pids()
    expect(pids.length, 'a page of its own process').toBeGreaterThan(0)
    const tapped = fate.at === 'after' ? phone.click(SEND).catch(() => undefined) : undefined
    if (tapped !== undefined) await sleep(fate.delay)
    await stop(pids)
    const late = fate.at === 'before' ? phone.click(SEND).catch(() => undefined) : undefined
    await sleep(fate.asleep)
    wake(pids)
    await back(phone, fate, written)
    await Promise.all([tapped, late])
    tally.frozen += 1
    tally.asleepSeconds += Math.round(fate.asleep / 1_000)
  } finally {
    wake(phone.pids())
    await phone.close()
  }
}

/** Looks until the words stand where they belong; they are never nowhere. What is still in the box is sent then. */
async function back(phone: WebKitPhone, fate: Fate, written: string): Promise<void> {
  const woken = performance.now()
  const found = async () => {
    const now = JSON.parse(await phone.run<string>(`return ${look(fate.words)}`)) as Seen
    if (!somewhere(now, written)) tally.lost += 1
    return now
  }
  // A tap that came while the page slept is on its way for a moment after it has woken.
  const settled = await until(async () => {
    const now = await found()
    return (now.own > 0 || (now.box === written && fate.at === 'typing') || (now.box === written && performance.now() - woken > 5_000)) && now
  }, `the words of seed ${fate.seed} to be found`, BACK_MS)
  if (settled.own === 0) {
    if (fate.at === 'typing') await phone.type('textarea', fate.words.slice(written.length))
    await phone.click(SEND)
  }
  await until(async () => (await found()).own === 1, `the words of seed ${fate.seed} to be saved`, BACK_MS)
  tally.worstBackMs = Math.max(tally.worstBackMs, Math.round(performance.now() - woken))
  const watched = await phone.run<string[]>('return window.watched')
  if (saidTooEarly(watched, fate.words)) tally.falselySaved += 1
}

test.skipIf(!here)('F1 ID1 OB1 phones frozen at any point of a post in WebKitGTK: every word is still in the box or saved once, and “Saved” is never said too early', async () => {
  const session = await server.openSession(aLine)
  await server.move(session, 'start')
  const fates = share.seeds.map((seed) => fateOf(seed, LONGEST_MS)).sort((a, b) => b.asleep - a.asleep)
  await sideBySide(fates, WIDTH, (fate) =>
    sleepAndWake(session, fate).catch((error: unknown) => {
      throw new Error(`Seed ${fate.seed}, ${JSON.stringify(fate)}`, { cause: error })
    }),
  )
  const console = await server.facilitator(session)
  await console.done('step', { type: 'reveal' })
  const cards = Object.values((console.view('facilitator')?.step?.activity as { cards: Record<string, { text: string }> }).cards).map(({ text }) => text)
  for (const { words } of fates) {
    const there = cards.filter((text) => text === words).length
    if (there === 0) tally.lost += 1
    if (there > 1) tally.doubled += 1
  }
  share.report(tally)
  expect({ lost: tally.lost, doubled: tally.doubled, falselySaved: tally.falselySaved }).toEqual({ lost: 0, doubled: 0, falselySaved: 0 })
}, share.timeout(120_000, 1_200_000))

test.skipIf(!here || share.from > 0)('F1 F46 the phone’s main path in WebKitGTK: join, weather, a line, a reload, offline and back, the end', async () => {
  const session = await server.openSession((shipped: Plan) => {
    for (const [id, step] of Object.entries(shipped.steps)) step.hidden = id !== 'weather' && id !== 'serve'
    const { serve } = shipped.steps
    if (serve !== undefined) serve.activity.config = { ...(serve.activity.config as object), perPerson: 5, byDepartment: false }
    return shipped
  })
  await server.move(session, 'start')
  const network = await openNetwork({ origin: server.url, port: Number(new URL(server.url).port) })
  const phone = await openWebKit()
  const says = (words: string) => until(() => phone.run<boolean>(`return document.body.innerText.includes(${JSON.stringify(words)})`).catch(() => false), words, 40_000)
  const lines = (words: string) => phone.run<number>(`return [...document.querySelectorAll('li')].filter((line) => line.textContent.includes(${JSON.stringify(words)})).length`)
  try {
    await phone.goto(`${network.server.origin}/#${session.joinToken}`)
    await phone.type('[autocomplete="given-name"]', 'Ana')
    await phone.click('form button[type="submit"]')
    await says('Foggy')
    await phone.run(`document.querySelectorAll('input[type="radio"]')[1].click()`)
    await says('Saved')
    await server.move(session, 'next')
    await phone.type('textarea', 'Written in WebKit')
    await phone.click(SEND)
    await until(async () => (await lines('Written in WebKit')) === 1, 'the line, once')
    await phone.type('textarea', 'Half a sent')
    await phone.reload()
    await until(() => phone.run<boolean>(`return document.querySelector('textarea')?.value === 'Half a sent'`).catch(() => false), 'the draft', 20_000)
    network.cut()
    await phone.type('textarea', 'ence')
    await phone.click(SEND)
    await says('Not saved: still on your phone, tap to try again')
    network.heal()
    await until(async () => (await lines('Half a sentence')) === 1, 'the line from the tunnel, once', 40_000)
    await says('Saved')
    await server.move(session, 'end')
    await says('Thank you for being here.')
  } finally {
    await phone.close()
    await network.close()
  }
}, 240_000)
