/** What a phone owes to the words that are typed into it (faults F1, F3, F10, F11). */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openNetwork, type Network } from '../support/chaos-proxy.ts'
import { listenToSent, own, postedOnce, send } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, onward, peopleOf, shortSession } from './support/session-short.ts'
import { joinByCode, launch, person, PHONE, type Created, type Troubles } from './support/stage.ts'

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

describe('words written without a line', () => {
  test('are sent by themselves when the line is back, once', async () => {
    const { page } = await phone(await lines())
    const said = await listenToSent(page)
    network.cut()
    await send(page, 'Written in a tunnel')
    await page.getByText(WAITING).waitFor()
    network.heal()
    await postedOnce(page, 'Written in a tunnel')
    await page.getByText('Saved', { exact: true }).waitFor()
    expect((await said()).filter((words) => words === 'Saved')).toHaveLength(1)
    await page.reload()
    await postedOnce(page, 'Written in a tunnel')
  })

  test('survive a closed tab and a killed server, in the order in which they were written', async () => {
    const { context, page } = await phone(await lines())
    await page.getByRole('textbox').fill('Not sent yet')
    network.cut()
    await send(page, 'First of two')
    await page.getByText(WAITING).waitFor()
    await page.close()
    await server.kill()
    await server.start()
    network.heal()
    const again = await context.newPage()
    await again.goto(network.server.origin)
    await postedOnce(again, 'First of two')
    await send(again, 'Second of two')
    await postedOnce(again, 'Second of two')
    const texts = await again.getByRole('listitem').filter({ hasText: 'of two' }).allInnerTexts()
    expect(texts.map((text) => /First|Second/u.exec(text)?.[0])).toEqual(['First', 'Second'])
  })

  test('survive the browser’s own offline switch and a reload after it', async () => {
    const { context, page } = await phone(await lines())
    await context.setOffline(true)
    network.cut()
    await send(page, 'Flight mode')
    await page.getByText(WAITING).waitFor()
    network.heal()
    await context.setOffline(false)
    await page.reload()
    await postedOnce(page, 'Flight mode')
  })

  test('come back as a draft, letter by letter, when they were not sent', async () => {
    const { context, page } = await phone(await lines())
    await page.getByRole('textbox').pressSequentially('Half a sent')
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto(network.server.origin)
    await expect.poll(() => again.getByRole('textbox').inputValue()).toBe('Half a sent')
  })
})

describe('“Saved”', () => {
  test('waits for the durable answer: an answer that was lost is asked for again, and the line stands once', async () => {
    const { page } = await phone(await lines())
    const said = await listenToSent(page)
    const lost = network.lose((frame) => /43\d*\[\{"ok":true/u.test(frame))
    await send(page, 'The answer was lost')
    await lost
    await own(page, 'The answer was lost').waitFor()
    expect(await said()).not.toContain('Saved')
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: 20_000 })
    await page.reload()
    await postedOnce(page, 'The answer was lost')
  })

  test('is not said into a line that passes nothing up, and a new line is made', async () => {
    const { page } = await phone(await lines())
    const said = await listenToSent(page)
    network.silence('up')
    await send(page, 'Into nothing')
    await page.getByText('Saving', { exact: true }).waitFor()
    expect(await said()).not.toContain('Saved')
    await page.getByText('Saved', { exact: true }).waitFor({ timeout: 25_000 })
    await postedOnce(page, 'Into nothing')
  })
})

describe('a phone that hears nothing', () => {
  test('notices by itself, and is where the room is', async () => {
    const created = await lines('closing')
    const { page } = await phone(created)
    network.silence('down')
    await onward(server, created)
    await page.getByText('Mine alone').or(page.getByRole('radio').first()).first().waitFor({ timeout: 25_000 })
  })
})

describe('one thumb, one line', () => {
  test('a double tap, and two clicks in one instant, post once and complain of nothing', async () => {
    const { page } = await phone(await lines())
    await page.getByRole('textbox').fill('Tapped twice')
    await page.getByRole('button', { name: 'Send', exact: true }).dblclick()
    await postedOnce(page, 'Tapped twice')
    await page.getByRole('textbox').fill('Clicked in one instant')
    await page.getByRole('button', { name: 'Send', exact: true }).evaluate((button: HTMLButtonElement) => {
      for (let i = 0; i < 10; i += 1) button.click()
    })
    await postedOnce(page, 'Clicked in one instant')
    expect(await page.getByText('Write something first').count()).toBe(0)
    await page.reload()
    await postedOnce(page, 'Tapped twice')
    await postedOnce(page, 'Clicked in one instant')
  })

  test('Enter and a click at the door make one person', async () => {
    const created = await lines()
    const context = await person(browser, network.server, troubles, { viewport: PHONE })
    contexts.push(context)
    const page = await context.newPage()
    await page.goto(network.server.origin)
    await page.getByRole('textbox').fill(created.code)
    await page.getByRole('textbox').press('Enter')
    await page.locator('[autocomplete="given-name"]').fill('Ana')
    await page.locator('form').evaluate((form: HTMLFormElement) => {
      form.requestSubmit()
      form.querySelector('button')?.click()
    })
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    expect(await peopleOf(server, created)).toBe(1)
  })

  test('back and forward bring the page back, and post nothing again', async () => {
    const { page } = await phone(await lines())
    await send(page, 'Before the way back')
    await postedOnce(page, 'Before the way back')
    await page.goto(`${network.server.origin}/robots.txt`)
    await page.goBack()
    await postedOnce(page, 'Before the way back')
  })
})

describe('two tabs of one phone', () => {
  test('agree on what was sent, and share what waits', async () => {
    const created = await lines()
    const { context, page } = await phone(created)
    const other = await context.newPage()
    await other.goto(network.server.origin)
    await send(page, 'From the first tab')
    await postedOnce(other, 'From the first tab')
    network.cut()
    await send(page, 'First, without a line')
    await send(other, 'Second, without a line')
    await other.getByText(WAITING).waitFor()
    network.heal()
    for (const tab of [page, other]) {
      await postedOnce(tab, 'First, without a line')
      await postedOnce(tab, 'Second, without a line')
      await tab.getByText('Saved', { exact: true }).waitFor()
    }
    expect(await peopleOf(server, created)).toBe(1)
    await page.close()
    await send(other, 'The second tab alone')
    await postedOnce(other, 'The second tab alone')
  })
})

describe('two tabs of one phone, one of them closed in the middle of sending', () => {
  test.each(['the one that wrote first', 'the one that wrote last'])('F11 ID1 %s: every line stands once, and the one that is left says so', async (which) => {
    const created = await lines()
    const { context, page: first } = await phone(created)
    const last = await context.newPage()
    await last.goto(network.server.origin)
    await last.getByRole('button', { name: 'Send', exact: true }).waitFor()
    network.cut()
    for (const [tab, text] of [[first, 'One of four'], [first, 'Two of four'], [last, 'Three of four'], [last, 'Four of four']] as const) await send(tab, text)
    await last.getByText(WAITING).waitFor()
    // An answer is lost on its way: whichever tab waited for it is in the middle of sending.
    const lost = network.lose((frame) => /43\d*\[\{"ok":true/u.test(frame))
    network.heal()
    await lost
    const [closed, left] = which === 'the one that wrote first' ? [first, last] : [last, first]
    await closed.close()
    for (const number of ['One', 'Two', 'Three', 'Four']) await own(left, `${number} of four`).first().waitFor({ timeout: 25_000 })
    await left.getByText('Saved', { exact: true }).waitFor()
    await left.reload()
    for (const number of ['One', 'Two', 'Three', 'Four']) await postedOnce(left, `${number} of four`)
    expect(await peopleOf(server, created)).toBe(1)
  })

  test('F11 CI1 two tabs choose different weathers: one person has one, and both tabs agree', async () => {
    const created = await shortSession(server, { steps: ['weather'] })
    const context = await person(browser, network.server, troubles, { viewport: PHONE })
    contexts.push(context)
    const page = await joinByCode(context, network.server, created.code, 'Ana')
    await page.getByRole('radio', { name: /^Foggy/u }).waitFor({ state: 'attached' })
    const other = await context.newPage()
    await other.goto(network.server.origin)
    await other.getByRole('radio', { name: /^Cloudy/u }).waitFor({ state: 'attached' })
    await page.getByRole('radio', { name: /^Foggy/u }).check({ force: true })
    await page.getByText('Saved', { exact: true }).waitFor()
    await other.getByRole('radio', { name: /^Cloudy/u }).check({ force: true })
    for (const tab of [page, other]) await expect.poll(() => tab.getByRole('radio', { name: /^Cloudy/u }).isChecked()).toBe(true)
    expect(await peopleOf(server, created)).toBe(1)
  })
})

describe('when the room moves on while somebody types', () => {
  test('the draft stays, and sending it puts it where it was written', async () => {
    const created = await lines('closing')
    const { page } = await phone(created)
    await page.getByRole('textbox').pressSequentially('Nearly finished')
    await onward(server, created)
    await page.getByText('The room has moved on. Send it, or keep it on your phone.').waitFor()
    expect(await page.getByRole('textbox').inputValue()).toBe('Nearly finished')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('The room has moved on').waitFor({ state: 'hidden' })
    await page.getByRole('radio').first().waitFor()
    await server.api('POST', `/api/sessions/${created.id}/back`)
    await postedOnce(page, 'Nearly finished')
  })

  test('or it is kept on the phone, and is there when the room comes back', async () => {
    const created = await lines('closing')
    const { page } = await phone(created)
    await page.getByRole('textbox').pressSequentially('For later')
    await onward(server, created)
    await page.getByRole('button', { name: 'Keep it here and go on' }).click()
    await page.getByRole('radio').first().waitFor()
    await page.reload()
    await page.getByRole('radio').first().waitFor()
    await server.api('POST', `/api/sessions/${created.id}/back`)
    await expect.poll(() => page.getByRole('textbox').inputValue()).toBe('For later')
  })
})
