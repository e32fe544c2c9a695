/** F12: the same person on another phone, in real browsers: cleared storage, another browser, a lost phone. */
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useDevices } from './support/devices.ts'
import { postedOnce, send } from './support/pages.ts'
import { manyLines, peopleOf, shortSession } from './support/session-short.ts'
import { axe, CONSOLE, joinByCode, openConsole, type Created } from './support/stage.ts'

const stage = useDevices()

/** At the door of the session, as somebody who was here before. */
async function atTheDoor(context: BrowserContext, created: Created): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${stage.server.origin}/${new URL(created.links.join).hash}`)
  await page.getByText('Were you here before, on another phone?').click()
  return page
}

async function comeBack(page: Page, code: string): Promise<void> {
  await page.getByLabel('Your own code').fill(code)
  await page.getByRole('button', { name: 'Come back', exact: true }).click()
}

async function codeOn(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'This phone' }).click()
  const code = await page.getByRole('dialog').locator('.code').innerText()
  expect(code).toMatch(/^[23456789CDFHJKMNPQRTVWXY]{6}$/u)
  return code
}

describe('the same person on another phone', () => {
  test('F12 PE9 comes back with the code of the first one: one person, the name and the lines, and the code works no more', async () => {
    const created = await shortSession(stage.server, { steps: ['serve'], change: manyLines })
    const first = await joinByCode(await stage.device(), stage.server, created.code, 'Ana')
    await first.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await send(first, 'From the first phone')
    await postedOnce(first, 'From the first phone')
    const code = await codeOn(first)
    expect(await axe(first)).toEqual([])
    await first.getByRole('button', { name: 'Close' }).click()

    const second = await atTheDoor(await stage.device(), created)
    expect(await axe(second)).toEqual([])
    await comeBack(second, `${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`)
    await postedOnce(second, 'From the first phone')
    await send(second, 'From the second phone')
    for (const page of [first, second]) await postedOnce(page, 'From the second phone')
    expect(await peopleOf(stage.server, created)).toBe(1)
    await second.reload()
    await postedOnce(second, 'From the second phone')
    // Shown anew where it was used up; and no use to a third.
    expect(await codeOn(first)).not.toBe(code)
    const third = await atTheDoor(await stage.device(), created)
    await comeBack(third, code)
    await third.getByText('That code doesn’t bring anybody back.', { exact: false }).waitFor()
    expect(await peopleOf(stage.server, created)).toBe(1)
  })

  test('F12 PE9 PE10 who lost their phone, or has cleared it and guessed too often, is given a code by the facilitator', async () => {
    const created = await shortSession(stage.server, { steps: ['serve'], change: manyLines })
    const lost = await stage.device()
    const before = await joinByCode(lost, stage.server, created.code, 'Ana')
    await before.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await send(before, 'Before it was cleared')
    await postedOnce(before, 'Before it was cleared')
    await before.evaluate('localStorage.clear()')
    await before.close()
    const page = await atTheDoor(lost, created)
    for (let i = 0; i < 5; i += 1) {
      await comeBack(page, `CCCCC${'2345678'[i]}`)
      await page.getByText('That code doesn’t bring anybody back.', { exact: false }).waitFor()
    }
    await comeBack(page, 'CCCCCC')
    await page.getByText('Too many wrong codes.', { exact: false }).waitFor()

    const console = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
    await console.getByRole('button', { name: /here/u }).click()
    await console.getByRole('button', { name: 'New code for Ana' }).click()
    const code = await console.locator('.made strong').innerText()
    expect(await axe(console)).toEqual([])
    await comeBack(page, code)
    await postedOnce(page, 'Before it was cleared')
    expect(await peopleOf(stage.server, created)).toBe(1)
    expect(stage.server.output()).not.toContain(code)
  })

  test('F12 DR1 what is typed at the door outlives a reload, and is gone once its person is in', async () => {
    const created = await shortSession(stage.server, { steps: ['welcome'], phase: 'open' })
    const page = await (await stage.device()).newPage()
    await page.goto(`${stage.server.origin}/${new URL(created.links.join).hash}`)
    await page.locator('[autocomplete="given-name"]').fill('Ana Lu')
    await page.reload()
    await expect.poll(() => page.locator('[autocomplete="given-name"]').inputValue()).toBe('Ana Lu')
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.getByText('You are in, Ana Lu').waitFor()
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('Ana')
  })
})
