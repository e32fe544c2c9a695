/** Links that are keys: where they must never be seen, who may use them, and what happens when they are taken back (F14, F15, F16, F57). */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openNetwork, type Network } from '../support/chaos-proxy.ts'
import { kept, wiretap } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { shortSession } from './support/session-short.ts'
import { CONSOLE, launch, openConsole, openScreen, person, SCREEN, type Created, type Troubles } from './support/stage.ts'

/** "At once", for people: the sentence stands there before anybody asks what happened. ms */
const AT_ONCE = 1_000

let server: TestServer
let browser: Browser
let network: Network<TestServer>
const contexts: BrowserContext[] = []
const troubles: { list: string[] } & Troubles = { list: [] }

beforeAll(async () => {
  // Everything that the server could ever say about a request.
  server = await startServer({ LOG_LEVEL: 'trace' })
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
beforeEach(async () => {
  network = await openNetwork(server)
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  await network.close()
  expect(troubles.list.splice(0)).toEqual([])
})

async function device(viewport = CONSOLE): Promise<BrowserContext> {
  const context = await person(browser, network.server, troubles, { viewport })
  contexts.push(context)
  return context
}

const keyOf = (link: string) => new URL(link).hash.slice(1)

/** Whatever somebody could read, photograph or find later in this window. */
async function traces(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page)
  const { entries } = await cdp.send('Page.getNavigationHistory')
  const history = entries.map(({ url, title }) => `${url} ${title}`)
  await cdp.detach()
  const inside = await page.evaluate(() => [location.href, document.title, document.referrer, document.documentElement.outerHTML, document.body.innerText].join('\n'))
  return [...history, inside, await kept(page)].join('\n')
}

describe('a key', () => {
  test('F14 F15 is seen nowhere: no request line, header, history, title, page, storage, log line or file', async () => {
    const created = await shortSession(server, { steps: ['welcome', 'weather'], phase: 'draft' })
    const keys = [keyOf(created.links.facilitator), keyOf(created.links.screen)]
    expect(keys.every((key) => key.length >= 22), '128 bits at least').toBe(true)
    const lead = await device()
    const facilitator = await openConsole(lead, network.server, created.links.facilitator)
    const screen = await openScreen(await device(SCREEN), network.server, created.links.screen)
    const opening = facilitator.waitForEvent('popup')
    await facilitator.getByRole('button', { name: 'Open the screen' }).click()
    const own = await opening
    const pages = [facilitator, screen, own]
    async function nowhere(moment: string): Promise<void> {
      for (const page of pages) for (const key of keys) expect((await traces(page)).includes(key), moment).toBe(false)
    }
    await nowhere('before the doors are open')
    await facilitator.getByRole('button', { name: 'Open the doors' }).click()
    for (const page of [screen, own]) await page.getByText(created.code.slice(0, 4)).first().waitFor()
    await nowhere('with the code on the screen')
    await facilitator.getByRole('button', { name: 'Start the session' }).click()
    await facilitator.getByRole('button', { name: 'Code and QR' }).click()
    await nowhere('with the QR on the screen')
    await server.kill()
    await screen.getByText(created.code.slice(0, 4)).first().waitFor()
    await nowhere('without a server')
    await server.start()
    await facilitator.goto(`${network.server.origin}/host/${created.id}/links`)
    await facilitator.getByText('Links that are out').waitFor()
    await nowhere('where links are made and revoked')
    await server.api('POST', `/api/sessions/${created.id}/end`)
    await screen.getByText('Thank you', { exact: false }).first().waitFor()
    await nowhere('after the end')

    for (const key of keys) {
      const besides = network.sent.join('').replaceAll(JSON.stringify({ key }), '')
      expect(network.sent.join('').length, 'the exchange itself was seen').toBeGreaterThan(besides.length)
      expect(besides.includes(key), 'requests').toBe(false)
      expect(server.output().includes(key), 'log lines').toBe(false)
      for (const file of await readdir(server.dataDir)) expect((await readFile(join(server.dataDir, file))).includes(key), file).toBe(false)
    }
  })

  test('F14 is not in the QR for people', async () => {
    const created = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const keys = [created.links.facilitator, created.links.screen].map(keyOf)
    expect(keys).not.toContain(keyOf(created.links.join))
    const reply = await fetch(`${server.origin}/api/keys/exchange`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: keyOf(created.links.join) }) })
    expect(reply.status).toBeGreaterThanOrEqual(400)
  })

  test('F16 is not used up, nor used at all, by programs that look at links in messages', async () => {
    const created = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    for (const link of [created.links.facilitator, created.links.screen]) {
      const at = network.server.origin + new URL(link).pathname
      for (const method of ['HEAD', 'GET', 'GET']) {
        const reply = await fetch(at, { method })
        expect(reply.status).toBe(200)
        expect(reply.headers.get('set-cookie')).toBeNull()
      }
      // A scanner with a browser of its own: it loads the page, runs its script, and presses nothing.
      const scanner = await device()
      const page = await scanner.newPage()
      await page.goto(at + new URL(link).hash, { waitUntil: 'networkidle' })
      expect(await scanner.cookies()).toEqual([])
    }
    await openConsole(await device(), network.server, created.links.facilitator)
    await openScreen(await device(SCREEN), network.server, created.links.screen)
    await openConsole(await device(), network.server, created.links.facilitator)
  })

  test('F25 opens its own door only: a screen’s key is no console’s, nor of another session', async () => {
    const created = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const other = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const context = await device()
    const page = await context.newPage()
    await page.goto(`${network.server.origin}/f#${keyOf(created.links.screen)}`)
    await page.getByRole('button', { name: 'Open the console' }).click()
    await page.getByText('This link no longer opens anything').waitFor()
    await page.goto(`${network.server.origin}/host/${created.id}`)
    await page.getByRole('textbox').first().waitFor()
    expect(await page.getByRole('button', { name: 'Start the session' }).count()).toBe(0)
    const facilitator = await openConsole(await device(), network.server, created.links.facilitator)
    await facilitator.goto(`${network.server.origin}/host/${other.id}`)
    await facilitator.getByRole('textbox').first().waitFor()
    expect(await facilitator.getByRole('button', { name: 'Start the session' }).count()).toBe(0)
  })
})

describe('two facilitators', () => {
  async function cofacilitator(created: Created): Promise<{ link: string; handle: string }> {
    return server.api('POST', `/api/sessions/${created.id}/links`, { role: 'cofacilitator', name: 'Rosa' })
  }

  test('F57 who press Next at once make one move', async () => {
    const steps = ['weather', 'change', 'board', 'serve', 'closing']
    const created = await shortSession(server, { steps })
    const contexts = [await device(), await device()]
    const sent = contexts.map(wiretap)
    const one = await openConsole(contexts[0]!, network.server, created.links.facilitator)
    const two = await openConsole(contexts[1]!, network.server, (await cofacilitator(created)).link)
    const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true })
    for (let at = 0; at < 3; at += 1) {
      await expect.poll(() => stepOf(created)).toBe(steps[at])
      for (const page of [one, two]) {
        await page.getByText(`Step ${at + 1} of 5`).waitFor()
        await expect.poll(() => next(page).getAttribute('aria-busy')).toBeNull()
      }
      // Neither command reaches the server before both have left: nobody has heard of the other's.
      const release = network.hold()
      await Promise.all([one, two].map((page) => next(page).click()))
      const moves = (frames: string[]) => frames.filter((frame) => frame.includes('flow.next')).length
      await expect.poll(() => sent.map(moves)).toEqual([at + 1, at + 1])
      release()
      for (const page of [one, two]) {
        await page.getByText(`Step ${at + 2} of 5`).waitFor()
        expect(await page.getByText('That was not possible').count()).toBe(0)
      }
    }
    expect(await stepOf(created)).toBe(steps[3])
  })

  test('F27 of whom one is let go: their console says so within a second, and opens no more', async () => {
    const created = await shortSession(server, { steps: ['welcome', 'weather'] })
    const { link, handle } = await cofacilitator(created)
    const rosa = await openConsole(await device(), network.server, link)
    const lead = await openConsole(await device(), network.server, created.links.facilitator)
    await rosa.getByRole('button', { name: 'Next', exact: true }).waitFor()
    await server.api('DELETE', `/api/sessions/${created.id}/links/${handle}`)
    await rosa.getByRole('heading', { name: 'This link or sign-in no longer opens the console.' }).waitFor({ timeout: AT_ONCE })
    expect(await rosa.getByRole('button', { name: 'Next', exact: true }).count()).toBe(0)
    await rosa.reload()
    await rosa.getByRole('textbox').first().waitFor()
    const again = await (await device()).newPage()
    await again.goto(network.server.origin + new URL(link).pathname + new URL(link).hash)
    await again.getByRole('button', { name: 'Open the console' }).click()
    await again.getByText('This link no longer opens anything').waitFor()
    await lead.getByRole('button', { name: 'Next', exact: true }).click()
    await lead.getByRole('button', { name: 'Back', exact: true }).waitFor()
  })

  test('of whom one’s laptop dies: any other device with the link goes on where the room is', async () => {
    const created = await shortSession(server, { steps: ['welcome', 'weather', 'closing'] })
    const laptop = await device()
    const before = await openConsole(laptop, network.server, created.links.facilitator)
    await before.getByRole('button', { name: 'Next', exact: true }).waitFor()
    while ((await stepOf(created)) !== 'weather') await server.api('POST', `/api/sessions/${created.id}/next`)
    await before.getByRole('heading', { name: 'Emotional weather', level: 1 }).waitFor()
    await laptop.close()
    const phone = await openConsole(await device({ width: 390, height: 844 }), network.server, created.links.facilitator)
    await phone.getByRole('heading', { name: 'Emotional weather', level: 1 }).waitFor()
    await phone.getByRole('button', { name: 'Next', exact: true }).click()
    await phone.getByRole('heading', { name: 'Closing', level: 1 }).waitFor()
  })

  const stepOf = async (created: Created) => (await server.api<{ step?: string }>('GET', `/api/sessions/${created.id}`)).step
})
