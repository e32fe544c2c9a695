/** Real browsers on a real server: a console, a screen and phones, each a person of their own. */
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { TestServer } from './server.ts'

export interface Created {
  id: string
  code: string
  links: { join: string; facilitator: string; screen: string }
}

export const PHONE = { width: 390, height: 844 }
export const SCREEN = { width: 1920, height: 1080 }
export const CONSOLE = { width: 1440, height: 900 }

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** The browser that `npm test` found. */
export const BROWSER = process.env['GATHERWELL_BROWSER'] ?? '/usr/bin/chromium'

/** Starts it. `flags` for what one test needs on top. */
export function launch(flags: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER, args: [...FLAGS, ...flags] })
}

export interface Troubles {
  /** What pages complained of: errors, refused policies, requests to elsewhere. Empty at the end of every test. */
  readonly list: string[]
}

/** A context that writes down everything a page complains of. */
export async function person(browser: Browser, server: TestServer, troubles: Troubles, options: { viewport: { width: number; height: number }; locale?: string; dark?: boolean; still?: boolean }): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: options.viewport,
    locale: options.locale ?? 'en-US',
    colorScheme: options.dark === true ? 'dark' : 'light',
    reducedMotion: options.still === false ? 'no-preference' : 'reduce',
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => troubles.list.push(`error: ${error.message}`))
    page.on('console', (message) => {
      // A server that was killed on purpose makes the browser itself print failed requests; scripts' own errors are page errors.
      if (message.type() === 'error' && /Content Security Policy|violat/iu.test(message.text())) troubles.list.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(server.origin) && !/^(blob|data):/u.test(request.url())) troubles.list.push(`elsewhere: ${request.url()}`)
    })
  })
  return context
}

/** A phone that comes by the code, with a name. */
export async function joinByCode(context: BrowserContext, server: TestServer, code: string, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.origin)
  await page.getByRole('textbox').fill(code)
  await page.getByRole('textbox').press('Enter')
  await page.getByRole('textbox').and(page.locator('[autocomplete="given-name"]')).fill(name)
  await page.getByRole('textbox').press('Enter')
  return page
}

/** The console by the facilitator's link, clicked as a person would. */
export async function openConsole(context: BrowserContext, server: TestServer, link: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.origin + new URL(link).pathname + new URL(link).hash)
  await page.getByRole('button', { name: /console|consola/iu }).click()
  await page.waitForURL(/\/host\//u)
  return page
}

/** The screen by its own link. */
export async function openScreen(context: BrowserContext, server: TestServer, link: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.origin + new URL(link).pathname + new URL(link).hash)
  await page.getByRole('button', { name: /screen|pantalla/iu }).click()
  await page.waitForURL(/\/screen\/.+/u)
  return page
}

/**
 * What axe finds on a page by WCAG 2.2 AA, each as one readable line. Bars that stick to an edge lie over whatever is scrolled
 * under them at the moment; scrolling brings that out again, so they are judged in their place in the page. `rules`: these alone.
 */
export async function axe(page: Page, rules?: string[]): Promise<string[]> {
  await stick(page, false)
  // Its newer way opens a page for each look, for the sake of frames; there are none here.
  const builder = new AxeBuilder({ page }).setLegacyMode()
  const chosen = rules === undefined ? builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']) : builder.withRules(rules)
  const { violations } = await chosen.analyze()
  await stick(page, true)
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

function stick(page: Page, sticks: boolean): Promise<void> {
  return page.evaluate((on) => {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (on) element.style.removeProperty('position')
      else if (getComputedStyle(element).position === 'sticky') element.style.setProperty('position', 'static')
    }
  }, sticks)
}
