/** F30: newcomers let in one by one, and a session that is full, in real browsers. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { visit, type Hosted } from '../support/visit.ts'
import { useDevices } from './support/devices.ts'
import { manyLines, peopleOf, shortSession } from './support/session-short.ts'
import { axe, CONSOLE, joinByCode, openConsole, type Created } from './support/stage.ts'

const stage = useDevices()

const nameless = (plan: Parameters<typeof manyLines>[0]) => {
  manyLines(plan)
  plan.naming = 'none'
}
const linkOf = (created: Created) => `${stage.server.origin}/${new URL(created.links.join).hash}`
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

/** The list of people on the console, opened by keyboard. */
async function people(page: Page): Promise<void> {
  await page.getByRole('button', { name: /here$/u }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'At the door' }).waitFor()
}

test('F30 PE13 a newcomer waits over a reload and without a connection, is told “not now”, and goes in by itself when the facilitator lets them; who is in notices nothing', async () => {
  const created = await shortSession(stage.server, { steps: ['serve'], change: manyLines })
  const ana = await joinByCode(await stage.device(), stage.server, created.code, 'Ana')
  await ana.getByRole('button', { name: 'Send', exact: true }).waitFor()
  const console = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
  await people(console)
  await console.getByRole('checkbox', { name: 'Let newcomers in one by one' }).press('Space')
  await console.getByText('Nobody waits.').waitFor()
  await console.keyboard.press('Escape')

  const phone = await stage.device()
  const ben = await joinByCode(phone, stage.server, created.code, 'Ben')
  await heading(ben, 'You are at the door').waitFor()
  await ben.getByText('Your number at the door 1').waitFor()
  expect(await ben.locator('main').innerText()).not.toContain('serve')
  expect(await axe(ben)).toEqual([])
  await console.getByRole('button', { name: '1 at the door' }).click()
  await console.getByRole('button', { name: 'Not now: Ben' }).press('Enter')
  await heading(ben, 'Not just now').waitFor()
  await phone.setOffline(true)
  await ben.reload().catch(() => undefined)
  await phone.setOffline(false)
  await ben.goto(stage.server.origin)
  await heading(ben, 'Not just now').waitFor()

  await console.getByText('Told “not now”: 1').click()
  expect(await axe(console)).toEqual([])
  await console.getByRole('button', { name: 'Let in Ben' }).press('Enter')
  await console.getByText('Ben is in.').waitFor()
  await ben.getByRole('button', { name: 'Send', exact: true }).waitFor()
  await ana.reload()
  await ana.getByRole('button', { name: 'Send', exact: true }).waitFor()
  expect(await peopleOf(stage.server, created)).toBe(2)

  // Two more wait; taken off, all of them come in. In another language too.
  const cleo = await joinByCode(await stage.device(), stage.server, created.code, 'Cleo')
  await heading(cleo, 'You are at the door').waitFor()
  await cleo.getByRole('button', { name: 'Español' }).click()
  await heading(cleo, 'Está en la puerta').waitFor()
  await console.getByRole('button', { name: 'Let in Cleo' }).waitFor()
  await console.getByRole('checkbox', { name: 'Let newcomers in one by one' }).press('Space')
  await cleo.getByRole('button', { name: 'Enviar', exact: true }).waitFor()
})

test('F30 PE14 who was never let in is told that it is over, also by a phone that slept through the end', async () => {
  const created = await shortSession(stage.server, { steps: ['serve'], change: manyLines })
  const console = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
  await people(console)
  await console.getByRole('checkbox', { name: 'Let newcomers in one by one' }).press('Space')
  await console.getByText('Nobody waits.').waitFor()
  const [ben, phone] = [await joinByCode(await stage.device(), stage.server, created.code, 'Ben'), await stage.device()]
  const cleo = await joinByCode(phone, stage.server, created.code, 'Cleo')
  for (const page of [ben, cleo]) await heading(page, 'You are at the door').waitFor()
  await cleo.goto('about:blank')
  await stage.server.api('POST', `/api/sessions/${created.id}/end`)
  await heading(ben, 'The session is over').waitFor()
  await ben.getByRole('button', { name: 'Back to the door' }).click()
  await ben.getByRole('textbox', { name: 'Code' }).waitFor()
  await cleo.goto(stage.server.origin)
  await heading(cleo, 'The session is over').waitFor()
})

test('F30 JO10 a full session says to newcomers what to do, and lets them in after one press on the console', async () => {
  const created = await shortSession(stage.server, { steps: ['serve'], change: nameless })
  const console = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
  await console.getByRole('button', { name: /here$/u }).waitFor()
  // As a thousand people leave it.
  const visits = visit(stage.server.origin)
  await (await visits.facilitator(created as Hosted)).done(undefined, { type: 'doors.cap', most: 1 })
  visits.hangUp()
  const ana = await (await stage.device()).newPage()
  await ana.goto(linkOf(created))
  await ana.getByRole('button', { name: 'Send', exact: true }).waitFor()
  const ben = await (await stage.device()).newPage()
  await ben.goto(linkOf(created))
  await ben.getByText('The session is full: please tell your facilitator').waitFor()
  await console.getByRole('button', { name: 'Make room for 500 more' }).press('Enter')
  await console.getByRole('button', { name: 'Make room for 500 more' }).waitFor({ state: 'detached' })
  await ben.getByRole('button', { name: 'Try again' }).click()
  await ben.getByRole('button', { name: 'Send', exact: true }).waitFor()
})
