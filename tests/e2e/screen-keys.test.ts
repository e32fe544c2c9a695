/** Presenter keys, on the console and in the screen's own window, and what they must leave alone. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useDevices } from './support/devices.ts'
import { manyLines, shortSession } from './support/session-short.ts'
import { CONSOLE, openConsole, type Created } from './support/stage.ts'

const STEPS = ['serve', 'change', 'smart-goal', 'closing']

const stage = useDevices()

interface Desk {
  created: Created
  console: Page
  screen: Page
}

/** A console with the screen in a window that it opened. */
async function desk(): Promise<Desk> {
  const created = await shortSession(stage.server, { steps: STEPS, change: manyLines })
  const facilitator = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
  const opening = facilitator.waitForEvent('popup')
  await facilitator.getByRole('button', { name: 'Open the screen' }).click()
  const screen = await opening
  await screen.getByText('How will, or can, your department serve?').waitFor()
  await facilitator.getByRole('button', { name: 'Next', exact: true }).waitFor()
  // The button that opened the window keeps the focus: keys are pressed where nothing is focused.
  await facilitator.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  return { created, console: facilitator, screen }
}

const at = (page: Page, number: number) => page.getByText(`Step ${number} of ${STEPS.length}`).waitFor()
const blank = (screen: Page) => screen.getByRole('main', { name: 'The screen is blank on purpose' })
const qr = (screen: Page) => screen.getByRole('img', { name: 'QR code to join with a phone' })

describe.each(['console', 'screen'] as const)('in the window of the %s', (where) => {
  test('arrows and a clicker’s keys go on and back', async () => {
    const { console: facilitator, ...windows } = await desk()
    const press = (key: string) => (where === 'console' ? facilitator : windows.screen).keyboard.press(key)
    for (const key of ['ArrowRight', 'ArrowDown', 'PageDown']) {
      await press(key)
      await at(facilitator, 2)
      await press(key === 'PageDown' ? 'PageUp' : key === 'ArrowDown' ? 'ArrowUp' : 'ArrowLeft')
      await at(facilitator, 1)
    }
  })

  test('b blanks the screen, q shows the way in, Esc goes back to the step', async () => {
    const { console: facilitator, screen } = await desk()
    const press = (key: string) => (where === 'console' ? facilitator : screen).keyboard.press(key)
    await press('b')
    await blank(screen).waitFor()
    expect(await screen.evaluate(() => document.body.innerText.trim())).toBe('')
    await press('b')
    await blank(screen).waitFor({ state: 'detached' })
    await press('.')
    await blank(screen).waitFor()
    await press('q')
    await qr(screen).waitFor()
    await press('Escape')
    await qr(screen).waitFor({ state: 'detached' })
    await screen.getByText('How will, or can, your department serve?').waitFor()
  })

  test('t starts, pauses and resumes the timer; space shows and hides the results', async () => {
    const { console: facilitator, screen } = await desk()
    const press = (key: string) => (where === 'console' ? facilitator : screen).keyboard.press(key)
    await press('t')
    await facilitator.getByRole('button', { name: 'Pause the timer' }).waitFor()
    await press('t')
    await facilitator.getByRole('button', { name: 'Resume the timer' }).waitFor()
    await press('t')
    await facilitator.getByRole('button', { name: 'Pause the timer' }).waitFor()
    await press(' ')
    await facilitator.getByRole('button', { name: 'Veil again' }).waitFor()
    await press(' ')
    await facilitator.getByRole('button', { name: 'Reveal', exact: true }).waitFor()
  })

  test('? opens the list on the console, never on the screen, and Esc closes it', async () => {
    const { console: facilitator, screen } = await desk()
    await (where === 'console' ? facilitator : screen).keyboard.press('?')
    const list = facilitator.getByRole('dialog', { name: 'Keys' })
    await list.waitFor()
    expect(await screen.getByRole('dialog').count()).toBe(0)
    await facilitator.keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
  })

  test('letters can be switched off, in both windows at once; arrows and clickers go on working', async () => {
    const { console: facilitator, screen } = await desk()
    await facilitator.getByRole('button', { name: 'More', exact: true }).click()
    await facilitator.getByRole('button', { name: 'Keys', exact: true }).click()
    await facilitator.getByRole('checkbox', { name: 'Single letters are keys' }).uncheck({ force: true })
    await facilitator.keyboard.press('Escape')
    await facilitator.getByRole('dialog').waitFor({ state: 'hidden' })
    await facilitator.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const window = where === 'console' ? facilitator : screen
    for (const key of ['b', 'q', '.', '?', 't']) await window.keyboard.press(key)
    // Keys are heard in order: once this one has worked, those before it have had no effect.
    await window.keyboard.press('PageDown')
    await at(facilitator, 2)
    expect(await blank(screen).count()).toBe(0)
    expect(await qr(screen).count()).toBe(0)
    expect(await facilitator.getByRole('dialog').count()).toBe(0)
    expect(await facilitator.getByRole('button', { name: 'Pause the timer' }).count()).toBe(0)
  })

  test('f fills the screen', async () => {
    const { console: facilitator, screen } = await desk()
    const window = where === 'console' ? facilitator : screen
    await window.bringToFront()
    await window.keyboard.press('f')
    await expect.poll(() => window.evaluate(() => document.fullscreenElement !== null)).toBe(true)
    await window.keyboard.press('f')
    await expect.poll(() => window.evaluate(() => document.fullscreenElement !== null)).toBe(false)
  })
})

describe('keys leave alone', () => {
  test('a focused button: space presses it, and nothing else', async () => {
    const { console: facilitator, screen } = await desk()
    await facilitator.getByRole('button', { name: 'Blank', exact: true }).focus()
    await facilitator.keyboard.press(' ')
    await blank(screen).waitFor()
    expect(await facilitator.getByRole('button', { name: 'Reveal', exact: true }).count()).toBe(1)
    await facilitator.getByRole('button', { name: 'Next', exact: true }).focus()
    await facilitator.keyboard.press(' ')
    await at(facilitator, 2)
    await facilitator.getByRole('button', { name: 'Next', exact: true }).focus()
    await facilitator.keyboard.press('Enter')
    await at(facilitator, 3)
  })

  test('who has clicked a button: arrows and a clicker go on and back all the same', async () => {
    const { console: facilitator } = await desk()
    await facilitator.getByRole('button', { name: 'Next', exact: true }).click()
    await at(facilitator, 2)
    for (const [key, step] of [['ArrowLeft', 1], ['ArrowRight', 2], ['PageDown', 3]] as const) {
      await facilitator.keyboard.press(key)
      await at(facilitator, step)
    }
    await facilitator.getByRole('button', { name: 'Back', exact: true }).click()
    await at(facilitator, 2)
    await facilitator.keyboard.press('ArrowUp')
    await at(facilitator, 1)
  })

  test('a field that is being typed in, and what browsers do with modifiers', async () => {
    const { created, console: facilitator, screen } = await desk()
    await stage.server.api('POST', `/api/sessions/${created.id}/next`)
    await stage.server.api('POST', `/api/sessions/${created.id}/next`)
    await at(facilitator, 3)
    const field = facilitator.getByRole('textbox').first()
    await field.fill('')
    await field.pressSequentially('b q? t.')
    await field.press('ArrowLeft')
    await field.press('PageDown')
    expect(await field.inputValue()).toBe('b q? t.')
    await facilitator.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await facilitator.keyboard.press('Control+b')
    await facilitator.keyboard.press('Alt+ArrowRight')
    await at(facilitator, 3)
    expect(await blank(screen).count()).toBe(0)
  })
})
