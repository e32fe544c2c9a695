/** The smallest phone that people still carry, without a line: what is said of it leaves room for what one does. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openNetwork } from '../support/chaos-proxy.ts'
import { sideways } from './support/looks.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, onward, shortSession } from './support/session-short.ts'
import { joinByCode, launch, person, type Troubles } from './support/stage.ts'

const SMALL = { width: 320, height: 568 }
/** The same at 400 % of a desk's window (WCAG 1.4.10). */
const ENLARGED = { width: 320, height: 256 }

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** The share of the window that the lower edge covers. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const edge = document.querySelector('nav')?.parentElement
    if (!edge || getComputedStyle(edge).position === 'static') return 0
    return edge.getBoundingClientRect().height / innerHeight
  })

/** Things that have the focus, Tab by Tab, and lie under the lower edge. */
async function underTheEdge(page: Page): Promise<string[]> {
  const found: string[] = []
  for (let i = 0; i < 14; i += 1) {
    await page.keyboard.press('Tab')
    found.push(
      ...(await page.evaluate(() => {
        const [has, edge] = [document.activeElement, document.querySelector('nav')?.parentElement]
        if (!has || !edge || has === document.body || edge.contains(has)) return []
        return has.getBoundingClientRect().bottom > edge.getBoundingClientRect().top + 1 ? [has.outerHTML.slice(0, 120)] : []
      })),
    )
  }
  return found
}

test('without a line a phone of 320 by 568 shows its step: with letters of double size too, on its side, and to who goes on by Tab; in Spanish, whose words are longer', async () => {
  const troubles: Troubles = { list: [] }
  const network = await openNetwork(server)
  const created = await shortSession(server, { steps: ['agreements', 'moments', 'serve'], change: manyLines })
  const context = await person(browser, network.server, troubles, { viewport: SMALL, locale: 'es-MX' })
  try {
    const page = await joinByCode(context, network.server, created.code, 'Ana')
    await page.getByRole('navigation').waitFor()
    for (let i = 0; i < 5; i += 1) await onward(server, created)
    await page.getByRole('navigation').getByRole('button').nth(2).waitFor()
    network.cut()
    await page.getByText('Sin conexión por ahora. Seguimos intentando.').waitFor()
    expect(await covered(page)).toBeLessThan(0.3)
    expect(await sideways(page)).toEqual([])
    expect(await underTheEdge(page)).toEqual([])
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
    expect(await covered(page)).toBeLessThanOrEqual(0.51)
    expect(await sideways(page)).toEqual([])
    await page.evaluate(() => { document.documentElement.style.fontSize = '' })
    await page.setViewportSize(ENLARGED)
    expect(await covered(page)).toBe(0)
    expect(troubles.list.filter((trouble) => !/imported module|preload CSS/u.test(trouble))).toEqual([])
  } finally {
    await context.close()
    await network.close()
  }
})
