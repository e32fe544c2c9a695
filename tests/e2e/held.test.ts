/** F30, CA9: one press holds a wall that is shown, in real browsers. */
import { expect, test } from 'vitest'
import { useDevices } from './support/devices.ts'
import { manyLines, shortSession } from './support/session-short.ts'
import { axe, CONSOLE, joinByCode, openConsole, openScreen, SCREEN } from './support/stage.ts'

const stage = useDevices()

test('F30 CA9 what comes to a wall that is held waits with the facilitator, who hides one and lets the others through; phones say so, also after a reload', async () => {
  const created = await shortSession(stage.server, {
    steps: ['serve'],
    change(plan) {
      manyLines(plan)
      if (plan.steps['serve'] !== undefined) plan.steps['serve'].anonymous = false
    },
  })
  const ana = await joinByCode(await stage.device(), stage.server, created.code, 'Ana')
  const console = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
  const screen = await openScreen(await stage.device(SCREEN), stage.server, created.links.screen)
  const send = async (text: string) => {
    await ana.getByRole('textbox', { name: 'Your words' }).fill(text)
    await ana.getByRole('button', { name: 'Send', exact: true }).click()
    await ana.getByText(text).first().waitFor()
  }
  await send('We answer every letter')
  await console.getByRole('button', { name: 'Reveal' }).click()
  await screen.getByText('We answer every letter').waitFor()
  await console.getByRole('button', { name: 'Hold new cards' }).click()
  await console.getByText('New cards are held.').waitFor()
  await send('Something unkind')
  await send('We call every family')
  await ana.getByText('The facilitator is holding new words').first().waitFor()
  await ana.reload()
  await ana.getByText('The facilitator is holding new words').first().waitFor()
  expect(await axe(ana)).toEqual([])
  expect(await axe(console)).toEqual([])
  expect(await screen.locator('body').innerText()).not.toMatch(/unkind|call every/u)
  await console.getByRole('button', { name: 'Hide: Something unkind' }).click()
  const sheet = console.getByRole('dialog')
  await sheet.getByRole('radio', { name: 'It may hurt somebody' }).check()
  await sheet.getByRole('button', { name: 'Hide', exact: true }).click()
  await console.getByRole('button', { name: 'Let them through' }).click()
  await screen.getByText('We call every family').waitFor()
  expect(await screen.locator('body').innerText()).not.toContain('unkind')
})
