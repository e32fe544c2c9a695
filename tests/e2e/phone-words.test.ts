/** Words that came too late are never lost (F46), and words for oneself never leave the phone. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openNetwork, type Network } from '../support/chaos-proxy.ts'
import { kept, postedOnce, send, wiretap } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, onward, shortSession } from './support/session-short.ts'
import { CONSOLE, joinByCode, launch, openConsole, person, PHONE, type Created, type Troubles } from './support/stage.ts'

const WAITING = /still on your phone/u

let server: TestServer
let browser: Browser
let network: Network<TestServer>
let troubles: { list: string[] } & Troubles
let contexts: BrowserContext[]

beforeAll(async () => {
  server = await startServer()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
beforeEach(async () => {
  network = await openNetwork(server)
  troubles = { list: [] }
  contexts = []
})
afterEach(async () => {
  for (const context of contexts) await context.close()
  await network.close()
  expect(troubles.list).toEqual([])
})

/** A phone behind the network, in a session whose first step takes lines. */
async function phone(created: Created, name = 'Ana'): Promise<{ context: BrowserContext; page: Page }> {
  const context = await person(browser, network.server, troubles, { viewport: PHONE })
  contexts.push(context)
  const page = await joinByCode(context, network.server, created.code, name)
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  return { context, page }
}
const lines = (...more: string[]) => shortSession(server, { steps: ['serve', ...more], change: manyLines })

describe('words that came too late', () => {
  test('are still there when the session ended meanwhile, sent or not', async () => {
    const created = await lines()
    const { page } = await phone(created)
    network.cut()
    await send(page, 'Too late for this one')
    await page.getByText(WAITING).waitFor()
    await server.api('POST', `/api/sessions/${created.id}/end`)
    network.heal()
    await page.getByText('Thank you for being here.').waitFor()
    await page.getByText('Too late for this one').waitFor()
    await page.reload()
    await page.getByText('Too late for this one').waitFor()
  })

  test('are back in the field when the line was one too many or the step was locked', async () => {
    const created = await lines()
    const { page } = await phone(created)
    const lead = await person(browser, server, troubles, { viewport: CONSOLE })
    contexts.push(lead)
    const facilitator = await openConsole(lead, server, created.links.facilitator)
    network.cut()
    await send(page, 'Too late by a lock')
    await page.getByText(WAITING).waitFor()
    await facilitator.getByRole('button', { name: 'Lock', exact: true }).click()
    await facilitator.getByRole('button', { name: 'Unlock', exact: true }).waitFor()
    network.heal()
    await page.getByText('Not saved. Your words are still here.').first().waitFor()
    await page.getByText('Too late by a lock').first().waitFor()
    await facilitator.getByRole('button', { name: 'Unlock', exact: true }).click()
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe('Too late by a lock')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await postedOnce(page, 'Too late by a lock')
  })

  test('are kept to be copied when the page that sent them is gone', async () => {
    const created = await lines()
    const { context, page } = await phone(created)
    network.cut()
    await send(page, 'Oneword')
    await page.getByText(WAITING).waitFor()
    await page.close()
    await server.api('POST', `/api/sessions/${created.id}/end`)
    network.heal()
    const again = await context.newPage()
    await again.goto(network.server.origin)
    await again.getByText('Oneword').waitFor()
    await again.reload()
    await again.getByText('Oneword').waitFor()
    await again.getByRole('button', { name: 'I have them' }).click()
    await again.getByText('Oneword').waitFor({ state: 'hidden' })
  })
})

describe('what is for oneself', () => {
  test('never leaves the phone: neither the second line of the weather nor a commitment for oneself', async () => {
    const created = await shortSession(server, { steps: ['weather', 'closing'] })
    const context = await person(browser, network.server, troubles, { viewport: PHONE })
    contexts.push(context)
    const sent = wiretap(context)
    const page = await joinByCode(context, network.server, created.code, 'Ana')
    await page.getByRole('radio', { name: /^Foggy/u }).check({ force: true })
    await page.getByRole('textbox').fill('canary-of-the-weather')
    await onward(server, created)
    await page.getByRole('radio', { name: /alone/iu }).check({ force: true })
    await page.getByRole('textbox').fill('canary-of-the-closing')
    await page.getByRole('button', { name: 'Keep', exact: false }).first().click()
    await page.reload()
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe('canary-of-the-closing')
    await server.api('POST', `/api/sessions/${created.id}/end`)
    await page.getByText('Thank you for being here.').waitFor()
    expect(sent.some((frame) => frame.includes('foggy')), 'the tap itself was seen').toBe(true)
    expect([...sent, ...network.sent].filter((text) => text.includes('canary'))).toEqual([])
  })

  test('is forgotten with everything else when the phone is told to', async () => {
    const created = await shortSession(server, { steps: ['weather', 'serve', 'closing'], change: manyLines })
    const context = await person(browser, network.server, troubles, { viewport: PHONE })
    contexts.push(context)
    const page = await joinByCode(context, network.server, created.code, 'Ana')
    await page.getByRole('radio', { name: /^Foggy/u }).check({ force: true })
    await page.getByRole('textbox').fill('canary-one')
    await onward(server, created)
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await send(page, 'canary-two')
    await postedOnce(page, 'canary-two')
    await page.getByRole('textbox').fill('canary-three')
    expect(await kept(page)).toContain('canary-three')
    await server.api('POST', `/api/sessions/${created.id}/end`)
    await page.getByRole('button', { name: 'Forget this session on this phone' }).click()
    // What was never sent is shown once more before it goes.
    await page.getByRole('button', { name: 'I have them: forget this session' }).click()
    await page.getByRole('heading', { name: 'Join your session' }).waitFor()
    const left = await kept(page)
    expect(left).not.toContain('canary')
    expect(left).not.toContain(created.id)
    expect(left).not.toContain('veil')
  })
})
