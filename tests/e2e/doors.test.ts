/** Ways in: codes as people type them, links, what the host asks for, and networks that get in between. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openNetwork } from '../support/chaos-proxy.ts'
import { postedOnce, send } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, onward, peopleOf, shortSession } from './support/session-short.ts'
import { joinByCode, launch, openConsole, openScreen, CONSOLE, person, PHONE, SCREEN, type Created, type Troubles } from './support/stage.ts'

const NO_SUCH_DOOR = 'That code doesn’t open a session right now. Check the eight digits on the screen, or scan the QR code.'

let server: TestServer
let browser: Browser
const contexts: BrowserContext[] = []
const troubles: { list: string[] } & Troubles = { list: [] }

beforeAll(async () => {
  server = await startServer()
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

async function visitor(at: TestServer = server, viewport = PHONE, from: Browser = browser): Promise<BrowserContext> {
  const context = await person(from, at, troubles, { viewport })
  contexts.push(context)
  return context
}

async function door(): Promise<Page> {
  const page = await (await visitor()).newPage()
  await page.goto(server.origin)
  return page
}

const linkOf = (created: Created, at = server.origin) => `${at}/${new URL(created.links.join).hash}`
const waitingRoom = (change?: (plan: Parameters<typeof manyLines>[0]) => void) => shortSession(server, { steps: ['welcome'], phase: 'open', ...(change === undefined ? {} : { change }) })
const nameless = (plan: Parameters<typeof manyLines>[0]) => { plan.naming = 'none' }

describe('a code', () => {
  test('opens the door however it is typed: with blanks, pasted with dashes, in Arabic-Indic or full-width digits', async () => {
    const created = await waitingRoom(nameless)
    const [a, b] = [created.code.slice(0, 4), created.code.slice(4)]
    const shifted = (zero: number) => [...created.code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')
    for (const typed of [`${a} ${b}`, ` ${a}-${b} `, `${a}\u00a0–\u00a0${b}`, shifted(0x660), shifted(0x6f0), shifted(0xff10)]) {
      const page = await door()
      await page.getByRole('textbox', { name: 'Code' }).fill(typed)
      expect(await page.getByRole('textbox', { name: 'Code' }).inputValue(), typed).toBe(`${a} ${b}`)
      await page.getByRole('button', { name: 'Join', exact: true }).click()
      await page.getByText('You are in.').waitFor()
    }
    const page = await door()
    await page.getByRole('textbox', { name: 'Code' }).pressSequentially(`${a} ${b}`)
    expect(await page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe(`${a} ${b}`)
  })

  test('that does not admit is answered in one sentence, whatever the reason, and the field is kept', async () => {
    const early = await shortSession(server, { steps: ['welcome'], phase: 'draft' })
    const ended = await shortSession(server, { steps: ['welcome'] })
    await server.api('POST', `/api/sessions/${ended.id}/end`)
    for (const code of ['98989897', early.code, ended.code]) {
      const page = await door()
      await page.getByRole('textbox', { name: 'Code' }).fill(code)
      await page.getByRole('textbox', { name: 'Code' }).press('Enter')
      await page.getByText(NO_SUCH_DOOR).waitFor()
      expect((await page.getByRole('textbox', { name: 'Code' }).inputValue()).replace(' ', '')).toBe(code)
      expect(await page.getByRole('textbox', { name: 'Code' }).getAttribute('aria-invalid')).toBe('true')
    }
  })
})

describe('a link', () => {
  test('says when its session has ended, and when it is too early', async () => {
    const early = await shortSession(server, { steps: ['welcome'], phase: 'draft', change: nameless })
    const page = await (await visitor()).newPage()
    await page.goto(linkOf(early))
    await page.getByText('This session isn’t open yet.').waitFor()
    await server.api('POST', `/api/sessions/${early.id}/open`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('You are in.').waitFor()
    expect(new URL(page.url()).hash).toBe('')

    await server.api('POST', `/api/sessions/${early.id}/end`)
    const late = await (await visitor()).newPage()
    await late.goto(linkOf(early))
    await late.getByText('This session has ended. Thank you for being part of it.').waitFor()
  })

  test('leads to the step that the room is in, for who comes late', async () => {
    const created = await shortSession(server, { steps: ['welcome', 'weather'], change: nameless })
    await onward(server, created)
    await onward(server, created)
    const page = await (await visitor()).newPage()
    await page.goto(linkOf(created))
    await page.getByRole('radio', { name: /^Foggy/u }).waitFor({ state: 'attached' })
  })
})

describe('what the host asks for', () => {
  test('nothing: who has the link is in', async () => {
    const created = await waitingRoom(nameless)
    const page = await (await visitor()).newPage()
    await page.goto(linkOf(created))
    await page.getByText('You are in. This phone is connected.').waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
  })

  test('a first name, which must be there; then the waiting room says what will come', async () => {
    const created = await waitingRoom()
    const page = await joinByCode(await visitor(), server, created.code, '   ')
    await page.getByText('Please type the name that you want to go by here.').waitFor()
    await page.getByRole('textbox', { name: 'Your first name' }).fill('Zoë 🌧 الاسم')
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.getByText('You are in, Zoë 🌧 الاسم').waitFor()
    await page.getByText('What will come').click()
    await page.getByRole('listitem').filter({ hasText: 'Welcome' }).waitFor()
    await server.api('POST', `/api/sessions/${created.id}/start`)
    await page.getByText('You are in, Zoë').waitFor({ state: 'hidden' })
  })

  test('a full name and a department', async () => {
    const created = await waitingRoom((plan) => {
      plan.naming = 'full'
      plan.askDepartment = true
    })
    const page = await (await visitor()).newPage()
    await page.goto(linkOf(created))
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ana Ruiz')
    await page.getByRole('combobox', { name: 'Your department or role' }).selectOption({ label: 'Safety & Security' })
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.getByText('You are in, Ana Ruiz').waitFor()
  })
})

describe('networks in between', () => {
  test('a Wi-Fi that answers for everybody is named, and the same code works once it lets through', async () => {
    const created = await waitingRoom(nameless)
    const network = await openNetwork(server)
    const page = await (await visitor(network.server)).newPage()
    await page.goto(network.server.origin)
    network.portal()
    await page.getByRole('textbox', { name: 'Code' }).fill(created.code)
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByText('The Wi-Fi answered instead of the session.').waitFor()
    network.heal()
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByText('You are in.').waitFor()
    await network.close()
  })

  test('where WebSockets are blocked everything goes by polling: joining, writing, following the room', async () => {
    const created = await shortSession(server, { steps: ['serve', 'closing'], change: manyLines })
    const network = await openNetwork(server)
    network.withoutWebSockets()
    const page = await joinByCode(await visitor(network.server), network.server, created.code, 'Ana')
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await send(page, 'By polling')
    await postedOnce(page, 'By polling')
    await page.getByText('Saved', { exact: true }).waitFor()
    await onward(server, created)
    await page.getByRole('radio', { name: /Mine alone/u }).waitFor({ state: 'attached' })
    expect(network.sent.some((text) => text.includes('transport=polling'))).toBe(true)
    await network.close()
  })
})

describe('a hall without TLS', () => {
  test('serves everybody under a name that is no secure context: phone, screen, console, copied links, keys of the screen', async () => {
    // A name that browsers do not trust as they trust localhost.
    const hall = await launch(['--host-resolver-rules=MAP hall.test 127.0.0.1'])
    const at = { ...server, origin: `http://hall.test:${server.port}` }
    const created = await shortSession(server, { steps: ['serve', 'closing'], change: manyLines })

    const page = await joinByCode(await visitor(at, PHONE, hall), at, created.code, 'Ana')
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await send(page, 'Without TLS')
    await postedOnce(page, 'Without TLS')
    await page.reload()
    await postedOnce(page, 'Without TLS')
    expect(await peopleOf(server, created)).toBe(1)

    const lead = await visitor(at, CONSOLE, hall)
    const facilitator = await openConsole(lead, at, created.links.facilitator)
    await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
    const screen = await openScreen(await visitor(at, SCREEN, hall), at, created.links.screen)
    await screen.getByText('Without TLS').waitFor()

    const opening = facilitator.waitForEvent('popup')
    await facilitator.getByRole('button', { name: 'Open the screen' }).click()
    const window = await opening
    await window.getByText('Without TLS').waitFor()
    await window.keyboard.press('PageDown')
    await facilitator.getByRole('heading', { name: 'Closing', level: 1 }).waitFor()

    await facilitator.goto(`${at.origin}/host/${created.id}/links`)
    const whose = facilitator.getByRole('textbox', { name: 'Whose link it is' })
    await whose.fill('Rosa')
    await facilitator.getByRole('button', { name: /^Make/u }).click()
    await facilitator.getByRole('button', { name: 'Copy', exact: true }).first().click()
    await facilitator.getByText('Copied', { exact: false }).first().waitFor()
    const link = await facilitator.locator('input[readonly]').first().inputValue()
    await whose.focus()
    await facilitator.keyboard.press('Control+V')
    await expect.poll(() => whose.inputValue()).toBe(link)
    for (const context of contexts.splice(0)) await context.close()
    await hall.close()
  })
})
