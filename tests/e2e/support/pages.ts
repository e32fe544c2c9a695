/** What tests do on a phone's page, in the words of the product's first language. */
import { expect } from 'vitest'
import type { BrowserContext, Locator, Page } from 'playwright-core'

/** Writes a line and sends it as a thumb does. */
export async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

/** One's own cards with these words, as the server sent them. */
export function own(page: Page, text: string): Locator {
  return page.getByRole('listitem').filter({ hasText: text })
}

/** The server has it, once. */
export async function postedOnce(page: Page, text: string): Promise<void> {
  await own(page, text).first().waitFor()
  expect(await own(page, text).count(), text).toBe(1)
}

/** Everything that the page's sentence about the newest act says from now on, in order. */
export async function listenToSent(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver(() => {
      const words = document.querySelector('.sent')?.textContent?.trim() ?? ''
      if (words !== '' && said.at(-1) !== words) said.push(words)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said)
}

/** Everything that pages of this context send: addresses, heads and bodies of requests, and frames. */
export function wiretap(context: BrowserContext): string[] {
  const sent: string[] = []
  context.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`))
  context.on('page', (page) => page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload)))))
  return sent
}

/** All that the page's origin keeps on the device. */
export function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))
}
