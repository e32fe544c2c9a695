/** F51: a post removed for good from the notes, after the end, by who led the session. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { send, postedOnce } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, shortSession } from './support/session-short.ts'
import { axe, CONSOLE, joinByCode, launch, openConsole, person, PHONE, type Troubles } from './support/stage.ts'

let server: TestServer
let browser: Browser
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

test('F51 ER1 after the end a facilitator removes one post from the notes page, by keyboard and after being asked once more', async () => {
  const created = await shortSession(server, { steps: ['serve'], change: manyLines })
  const context = await person(browser, server, troubles, { viewport: CONSOLE })
  const notes = await openConsole(context, server, created.links.facilitator)
  const phone = await joinByCode(await person(browser, server, troubles, { viewport: PHONE }), server, created.code, 'Ana')
  await phone.getByRole('button', { name: 'Send', exact: true }).waitFor()
  for (const words of ['A line that may stay', 'A line about somebody']) {
    await send(phone, words)
    await postedOnce(phone, words)
  }
  await server.api('POST', `/api/sessions/${created.id}/end`)
  await notes.goto(`${server.origin}/host/${created.id}/notes`)
  await notes.locator('summary', { hasText: 'Remove something for good' }).click()
  const remove = notes.getByRole('button', { name: /^Remove: A line about somebody/u })
  await remove.focus()
  // A key that is pressed twice leaves everything as it is.
  await notes.keyboard.press('Enter')
  await notes.getByText('Remove this for good?').waitFor()
  await notes.keyboard.press('Enter')
  expect(await axe(notes)).toEqual([])
  await notes.getByRole('button', { name: /^Remove for good: A line about somebody/u }).click()
  await notes.getByText('It is removed.').waitFor()
  await expect.poll(() => notes.getByText('A line about somebody').count()).toBe(0)
  expect(await notes.getByText('A line that may stay').count()).toBeGreaterThan(0)
  for (const kind of ['send', 'record']) expect(JSON.stringify(await server.api('GET', `/api/sessions/${created.id}/notes/preview?kind=${kind}&posts=true`))).not.toContain('about somebody')
  // The phone that wrote it has lost it too.
  await expect.poll(() => phone.locator('body').innerText()).not.toContain('A line about somebody')
})
