/** One phone is one person: after a reload, in a new tab, after a dead battery, asleep. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openNetwork } from '../support/chaos-proxy.ts'
import { postedOnce, send } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, peopleOf, shortSession } from './support/session-short.ts'
import { BROWSER, joinByCode, launch, person, PHONE, type Created, type Troubles } from './support/stage.ts'

const YOU_ARE_IN = 'You are in, Ana'

let server: TestServer
let browser: Browser
const troubles: Troubles = { list: [] }

beforeAll(async () => {
  server = await startServer()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.close()
  expect(troubles.list).toEqual([])
})

async function oneAna(created: Created): Promise<void> {
  expect(await peopleOf(server, created)).toBe(1)
}

describe('the same person', () => {
  test('after a reload, in a new tab, and by the link and the code a second time: nothing is asked again', async () => {
    const created = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const context = await person(browser, server, troubles, { viewport: PHONE })
    const page = await joinByCode(context, server, created.code, 'Ana')
    await page.getByText(YOU_ARE_IN).waitFor()
    await page.reload()
    await page.getByText(YOU_ARE_IN).waitFor()
    const tab = await context.newPage()
    await tab.goto(server.origin)
    await tab.getByText(YOU_ARE_IN).waitFor()
    const scanned = await context.newPage()
    await scanned.goto(`${server.origin}/${new URL(created.links.join).hash}`)
    await scanned.getByText(YOU_ARE_IN).waitFor()
    await oneAna(created)
    await context.close()
  })

  test('in another session too, and back again', async () => {
    const one = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const other = await shortSession(server, { steps: ['welcome'], phase: 'open' })
    const context = await person(browser, server, troubles, { viewport: PHONE })
    const page = await joinByCode(context, server, one.code, 'Ana')
    await page.getByText(YOU_ARE_IN).waitFor()
    const link = (created: Created) => `${server.origin}/${new URL(created.links.join).hash}`
    const scanned = await context.newPage()
    await scanned.goto(link(other))
    await scanned.locator('[autocomplete="given-name"]').fill('Anita')
    await scanned.getByRole('textbox').press('Enter')
    await scanned.getByText('You are in, Anita').waitFor()
    const back = await context.newPage()
    await back.goto(link(one))
    await back.getByText(YOU_ARE_IN).waitFor()
    await oneAna(one)
    await oneAna(other)
    await context.close()
  })

  test('after the browser was closed and started again on the same phone', async () => {
    const created = await shortSession(server, { steps: ['serve'], change: manyLines })
    const profile = await mkdtemp(join(tmpdir(), 'gatherwell-phone-'))
    const open = (): Promise<BrowserContext> => chromium.launchPersistentContext(profile, { executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'], viewport: PHONE, locale: 'en-US' })
    const before = await open()
    const page = await joinByCode(before, server, created.code, 'Ana')
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await send(page, 'Before the battery died')
    await postedOnce(page, 'Before the battery died')
    await page.getByRole('textbox').pressSequentially('Half a')
    await before.close()
    const after = await open()
    const again = await after.newPage()
    await again.goto(server.origin)
    await postedOnce(again, 'Before the battery died')
    await expect.poll(() => again.getByRole('textbox').inputValue()).toBe('Half a')
    await oneAna(created)
    await after.close()
    await rm(profile, { recursive: true, force: true })
  })
})

describe('a phone that sleeps', () => {
  test('in the middle of a post has posted once when it wakes, and is where the room is', async () => {
    const created = await shortSession(server, { steps: ['serve', 'closing'], change: manyLines })
    // A browser of its own: its pages are put to sleep as a system does it, by stopping their process.
    const phone = await launch()
    const network = await openNetwork(server)
    const context = await person(phone, network.server, troubles, { viewport: PHONE })
    const page = await joinByCode(context, network.server, created.code, 'Ana')
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    const system = await phone.newBrowserCDPSession()
    const { processInfo } = await system.send('SystemInfo.getProcessInfo')
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
    expect(renderers.length).toBeGreaterThan(0)
    const signal = (name: 'SIGSTOP' | 'SIGCONT') => renderers.forEach((id) => process.kill(id, name))

    const asleep = network.lose((frame) => /43\d*\[\{"ok":true/u.test(frame))
    await send(page, 'Written just before sleep')
    await asleep
    signal('SIGSTOP')
    try {
      await network.gone()
      await server.api('POST', `/api/sessions/${created.id}/next`)
    } finally {
      signal('SIGCONT')
    }
    await page.getByRole('radio', { name: /Mine alone/u }).waitFor()
    await server.api('POST', `/api/sessions/${created.id}/back`)
    await postedOnce(page, 'Written just before sleep')
    await page.getByText('Saved', { exact: true }).waitFor()
    await oneAna(created)
    await phone.close()
    await network.close()
  })
})
