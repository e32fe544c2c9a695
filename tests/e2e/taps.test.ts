/** F10: thumbs that tap twice, keys that repeat, pages that come back: each post stands once. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { own, postedOnce } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, shortSession } from './support/session-short.ts'
import { joinByCode, launch, person, PHONE, type Troubles } from './support/stage.ts'

const WITHIN_MS = 400

let server: TestServer
let browser: Browser
let context: BrowserContext
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

async function phone(): Promise<Page> {
  const created = await shortSession(server, { steps: ['serve'], change: manyLines })
  context = await person(browser, server, troubles, { viewport: PHONE })
  const page = await joinByCode(context, server, created.code, 'Ana')
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  return page
}

/** Presses Send so often within 400 ms: by clicks, by the key on the button, and by submitting the form, each at its drawn moment. */
function press(page: Page, times: { at: number; how: 'click' | 'submit' | 'key' }[]): Promise<void> {
  return page.evaluate(async (presses) => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Send') as HTMLButtonElement
    const form = button.closest('form') as HTMLFormElement
    button.focus()
    await Promise.all(
      presses.map(
        ({ at, how }) =>
          new Promise<void>((done) =>
            setTimeout(() => {
              if (how === 'click') button.click()
              else if (how === 'submit') form.requestSubmit()
              else if (button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true }))) button.click()
              done()
            }, at),
          ),
      ),
    )
  }, times)
}

test('F10 ID1 two to twenty taps, keys and submits within 400 ms: one post each time, and no complaint', async () => {
  const page = await phone()
  const dice = random('taps')
  for (let round = 0; round < 5; round += 1) {
    const words = `Round ${round} of taps`
    await page.getByRole('textbox').fill(words)
    const count = 2 + dice.below(19)
    await press(page, Array.from({ length: count }, (_, i) => ({ at: i === 0 ? 0 : dice.below(WITHIN_MS + 1), how: (['click', 'submit', 'key'] as const)[dice.below(3)] ?? 'click' })))
    await postedOnce(page, words)
    expect(await page.getByText('Write something first').count(), `round ${round}`).toBe(0)
    // The field is gone once all has been said.
    if (round < 4) expect(await page.getByRole('textbox').inputValue()).toBe('')
  }
  await page.reload()
  await own(page, 'of taps').first().waitFor()
  expect(await own(page, 'of taps').count()).toBe(5)
  await context.close()
})

test('F10 ID1 a key that is held down on the button, and Enter with a click: one post', async () => {
  const page = await phone()
  await page.getByRole('textbox').fill('Held down')
  await page.getByRole('button', { name: 'Send', exact: true }).focus()
  // Further presses of a key that is already down are repeats.
  for (let i = 0; i < 8; i += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await postedOnce(page, 'Held down')
  await page.getByRole('textbox').fill('Enter and a click')
  await page.getByRole('button', { name: 'Send', exact: true }).focus()
  await Promise.all([page.keyboard.press('Enter'), page.getByRole('button', { name: 'Send', exact: true }).click()])
  await postedOnce(page, 'Enter and a click')
  await page.reload()
  for (const words of ['Held down', 'Enter and a click']) await postedOnce(page, words)
  await context.close()
})

test('F10 F1 a page that comes back from the browser’s memory of pages, in the middle of a post, posts once', async () => {
  const page = await phone()
  await page.getByRole('textbox').fill('On the way out')
  await page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Send') as HTMLButtonElement
    button.click()
    location.href = '/robots.txt'
  })
  await page.waitForURL(/robots/u)
  await page.goBack()
  await postedOnce(page, 'On the way out')
  await page.goForward()
  await page.goBack()
  await postedOnce(page, 'On the way out')
  await page.getByRole('textbox').fill('And it still works')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await postedOnce(page, 'And it still works')
  await context.close()
})
