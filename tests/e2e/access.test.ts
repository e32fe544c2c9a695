/** Session A for everybody: by night, on the narrowest phone, and from the back row. The whole run (session-a) has axe by day. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveThrough } from './support/live-through.ts'
import { cutOff, sideways, tooSmall } from './support/looks.ts'
import { startServer, type TestServer } from './support/server.ts'
import type { Cast, Moment } from './support/session-a.ts'
import { axe, launch, PHONE, type Troubles } from './support/stage.ts'

/** The narrowest phone that people still carry, and any page at 400 % (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 }
/** Four surfaces at two dozen moments take their time on a small machine, ms. */
const PATIENCE = 600_000

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

test('contrasts hold by night, phones never scroll sideways, and the screen can be read, at every moment', async () => {
  const troubles: Troubles = { list: [] }
  const found: string[] = []
  const note = (moment: Moment, who: string, what: readonly string[]) => found.push(...what.map((line) => `${moment}, ${who}: ${line}`))

  async function look(moment: Moment, { phone, telefono, screen, facilitator }: Cast): Promise<void> {
    note(moment, 'screen', [...(await cutOff(screen)), ...(await tooSmall(screen))])
    for (const [who, page] of Object.entries({ phone, telefono, console: facilitator })) note(moment, `${who} by night`, await byNight(page))
    for (const [who, page] of Object.entries({ phone, telefono })) {
      await page.setViewportSize(NARROW)
      note(moment, `narrow ${who}`, await sideways(page))
      await page.setViewportSize(PHONE)
    }
  }

  const cast = await liveThrough({ browser, server, troubles, at: look })
  for (const someone of cast.crowd) someone.drop()
  expect([...new Set(found)]).toEqual([])
  expect(troubles.list).toEqual([])
}, PATIENCE)

/** Only colours differ by night. */
async function byNight(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const found = await axe(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}
