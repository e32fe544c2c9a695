/** F14 F15: keys of every kind on every page, where people make, show, renew and lose them: never left where somebody could read or find them. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { kept, wiretap } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { shortSession } from './support/session-short.ts'
import { CONSOLE, joinByCode, launch, openConsole, openScreen, person, PHONE, SCREEN, type Created, type Troubles } from './support/stage.ts'

/** ms */
const AT_ONCE = 1_000
const PASSPHRASE = 'four words of my own'

let server: TestServer
let browser: Browser
const contexts: BrowserContext[] = []
/** Requests to other sites are troubles, too. */
const troubles: { list: string[] } & Troubles = { list: [] }

beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: 'trace' })
  await server.api('POST', '/api/host/passphrase', { passphrase: PASSPHRASE })
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  expect(troubles.list.splice(0)).toEqual([])
})

async function device(viewport = CONSOLE): Promise<BrowserContext> {
  const context = await person(browser, server, troubles, { viewport })
  contexts.push(context)
  return context
}

const keyOf = (link: string) => new URL(link).hash.slice(1)

/** Whatever could be found in this window later, or read off a photograph of it. `onPage`: what the page itself may show on purpose. */
async function traces(page: Page, { onPage = true } = {}): Promise<string> {
  const cdp = await page.context().newCDPSession(page)
  const { entries } = await cdp.send('Page.getNavigationHistory')
  await cdp.detach()
  const inside = await page.evaluate(() => [location.href, document.title, document.referrer])
  const drawn = onPage ? await page.evaluate(() => [document.documentElement.outerHTML, document.body.innerText, ...Array.from(document.querySelectorAll('input'), ({ value }) => value)]) : []
  return [...entries.map(({ url, title }) => `${url} ${title}`), ...inside, ...drawn, await kept(page)].join('\n')
}

async function asHost(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.origin}/host`)
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sessions', exact: true }).waitFor()
  return page
}

describe('keys', () => {
  test('F14 F15 a passphrase, a new session’s links, a phone’s secret and a cookie stand nowhere but where they must, on any page', async () => {
    const context = await device()
    const sent = wiretap(context)
    const host = await asHost(context)
    const created = await shortSession(server, { steps: ['welcome', 'weather'], phase: 'open' })
    const console = await openConsole(await device(), server, created.links.facilitator)
    const screen = await openScreen(await device(SCREEN), server, created.links.screen)
    const phone = await joinByCode(await device(PHONE), server, created.code, 'Ana')
    await console.getByRole('button', { name: 'Start the session' }).waitFor()
    await phone.getByRole('textbox').first().waitFor({ state: 'hidden' })

    const cookies = (await Promise.all(contexts.map((one) => one.cookies()))).flat().map(({ value }) => value)
    expect(cookies).toHaveLength(3)
    const keys = [keyOf(created.links.facilitator), keyOf(created.links.screen), PASSPHRASE, ...cookies]
    for (const path of ['', `/${created.id}`, `/${created.id}/prepare`, `/${created.id}/links`, `/${created.id}/notes`]) {
      await host.goto(`${server.origin}/host${path}`, { waitUntil: 'networkidle' })
      for (const page of [host, console, screen, phone]) {
        const found = await traces(page)
        for (const key of keys) expect(found.includes(key), `/host${path}, ${page.url()}`).toBe(false)
      }
    }
    // A phone keeps its own secret, since it is all that it is known by; it stands in no address and on no page.
    const secrets = JSON.parse(await phone.evaluate(() => JSON.stringify(Object.values(localStorage)))) as string[]
    const tokens = secrets.flatMap((text) => text.match(/[\w-]{43}/gu) ?? [])
    expect(tokens.length).toBeGreaterThan(0)
    const page = await phone.evaluate(() => [location.href, document.title, document.documentElement.outerHTML].join('\n'))
    for (const token of tokens) {
      expect(page.includes(token)).toBe(false)
      expect(server.output().includes(token)).toBe(false)
    }
    for (const key of keys) expect(server.output().includes(key), 'log lines').toBe(false)
    // The passphrase is sent once, in a body; cookies in their own header; nothing in any address.
    const addresses = sent.map((line) => line.split(' ').slice(0, 2).join(' ')).join('\n')
    for (const key of [...keys, ...tokens]) expect(addresses.includes(key), 'request lines').toBe(false)
  })

  test('F14 F27 “New link” ends the old one in one press: its console says so within a second and does not come back; the new one is shown once', async () => {
    const created = await shortSession(server, { steps: ['welcome', 'weather'] })
    const old = await openConsole(await device(), server, created.links.facilitator)
    await old.getByRole('button', { name: 'Next', exact: true }).waitFor()
    const host = await asHost(await device())
    await host.goto(`${server.origin}/host/${created.id}/links`)
    await host.getByRole('button', { name: 'New link: Facilitator' }).click()
    await host.getByRole('button', { name: 'Make the new link' }).click()
    await old.getByRole('heading', { name: 'This link or sign-in no longer opens the console.' }).waitFor({ timeout: AT_ONCE })
    const link = await host.getByRole('textbox', { name: 'Link: Facilitator' }).inputValue()
    expect(keyOf(link)).not.toBe(keyOf(created.links.facilitator))
    expect((await traces(host, { onPage: false })).includes(keyOf(link))).toBe(false)
    await host.reload({ waitUntil: 'networkidle' })
    expect((await traces(host)).includes(keyOf(link))).toBe(false)
    const again = await (await device()).newPage()
    await again.goto(server.origin + new URL(created.links.facilitator).pathname + new URL(created.links.facilitator).hash)
    await again.getByRole('button', { name: 'Open the console' }).click()
    await again.getByText('This link no longer opens anything').waitFor()
    const fresh = await openConsole(await device(), server, link)
    await fresh.getByRole('button', { name: 'Next', exact: true }).waitFor()
  })

  test('F29 “New code” on the console is on the screen at once, and locked doors say so to who comes by the link', async () => {
    const created: Created = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const console = await openConsole(await device(), server, created.links.facilitator)
    const screen = await openScreen(await device(SCREEN), server, created.links.screen)
    await screen.getByText(created.code.slice(0, 4)).first().waitFor()
    await console.getByRole('button', { name: 'More', exact: true }).click()
    await console.getByRole('button', { name: 'New code', exact: true }).click()
    await console.getByRole('button', { name: 'Yes, make a new code' }).click()
    const now = () => server.api<{ code: string; links: { join: string } }>('GET', `/api/sessions/${created.id}`)
    await expect.poll(async () => (await now()).code).not.toBe(created.code)
    const { code, links } = await now()
    await screen.getByText(code.slice(0, 4)).first().waitFor({ timeout: AT_ONCE })
    await console.getByRole('checkbox', { name: 'Lock the doors' }).click()
    await expect.poll(async () => (await fetch(`${server.origin}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: keyOf(links.join) }) })).status).toBe(409)
    const phone = await (await device(PHONE)).newPage()
    await phone.goto(`${server.origin}/${new URL(links.join).hash}`)
    const name = phone.locator('[autocomplete="given-name"]')
    await name.fill('Late')
    await name.press('Enter')
    await phone.getByText('The doors are closed for newcomers right now').waitFor()
  })
})
