/** F51, F59: a phone that others use. After leaving, and in shared use, the next visitor finds nothing, nor does who searches the profile's bytes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { kept, postedOnce, send } from '../e2e/support/pages.ts'
import { startServer, type TestServer } from '../e2e/support/server.ts'
import { manyLines, shortSession } from '../e2e/support/session-short.ts'
import { BROWSER, joinByCode, PHONE, type Created } from '../e2e/support/stage.ts'

const CANARY = 'canarywords'
const NAME = 'Canaryname'

let server: TestServer
let created: Created
let profile: string
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'gatherwell-profile-'))
  created = await shortSession(server, { steps: ['serve'], change: manyLines })
})
afterEach(() => rmSync(profile, { recursive: true, force: true }))

const open = (): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, { executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'], viewport: PHONE, locale: 'en-US' })

/** Files of the profile in which these words stand, in one byte or two a letter. */
function filesWith(...words: string[]): string[] {
  const forms = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')])
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  return files.filter((file) => forms.some((form) => readFileSync(file).includes(form))).map((file) => file.slice(profile.length))
}

async function write(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  await send(page, `${CANARY} that were saved`)
  await postedOnce(page, `${CANARY} that were saved`)
}

test('F59 F51 on a phone that other people use nothing is left: not for the next visitor, and not in the bytes of the profile', async () => {
  const context = await open()
  const page = await context.newPage()
  await page.goto(server.origin)
  await page.getByRole('checkbox', { name: 'Other people use this phone' }).check()
  await page.getByRole('textbox').fill(created.code)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByLabel('Your first name').fill(NAME)
  await page.getByRole('button', { name: 'Come in' }).click()
  await write(page)
  await page.getByRole('textbox').pressSequentially(`${CANARY} never sent`)
  expect(await kept(page)).not.toContain('canary')
  expect(JSON.parse(await kept(page))).toEqual([expect.not.objectContaining({ 'gw/last': expect.anything() }), {}, ''])
  await context.close()
  expect(filesWith(CANARY, NAME)).toEqual([])
  const next = await open()
  const visitor = await next.newPage()
  await visitor.goto(server.origin)
  await visitor.getByRole('heading', { name: 'Join your session' }).waitFor()
  expect(await visitor.locator('body').innerText()).not.toContain('canary')
  await next.close()
})

test('F59 F51 who leaves is first shown the words that no server has; then the phone holds nothing of them, nor do the bytes of its profile', async () => {
  const context = await open()
  const page = await joinByCode(context, server, created.code, NAME)
  await write(page)
  await page.getByRole('textbox').pressSequentially(`${CANARY} never sent`)
  await page.getByRole('button', { name: 'This phone' }).click()
  await page.getByText('Leave, or not you?').click()
  await page.getByRole('button', { name: 'Leave and forget on this phone' }).click()
  await page.getByText(`${CANARY} never sent`).last().waitFor()
  await page.getByRole('button', { name: 'Stay', exact: true }).click()
  expect(await kept(page)).toContain(`${CANARY} never sent`)
  await page.getByRole('button', { name: 'Leave and forget on this phone' }).click()
  const cleared = page.waitForResponse((response) => response.url().endsWith('/api/forget'))
  await page.getByRole('button', { name: 'I have them: forget this session' }).click()
  expect([(await cleared).status(), (await (await cleared).allHeaders())['clear-site-data']]).toEqual([204, '"storage"'])
  await page.getByRole('heading', { name: 'Join your session' }).waitFor()
  expect(await kept(page)).not.toContain('anary')
  await context.close()
  expect(filesWith(CANARY)).toEqual([])
  // The name of whoever owns a browser is in its own autofill, and among the pages that it would restore; in shared use it is not even there.
  expect(filesWith(NAME).filter((file) => !/\/Web Data$|\/Sessions\//u.test(file))).toEqual([])
  const next = await open()
  const visitor = await next.newPage()
  await visitor.goto(server.origin)
  await visitor.getByRole('heading', { name: 'Join your session' }).waitFor()
  expect(await visitor.locator('body').innerText()).not.toContain('anary')
  await next.close()
})

test('F51 who takes back what they sent is out, their phone forgets the session, and the room has nothing of them any more', async () => {
  const context = await open()
  const page = await joinByCode(context, server, created.code, NAME)
  await write(page)
  await page.getByRole('button', { name: 'This phone' }).click()
  await page.getByText('Erase what I sent').first().click()
  await page.getByRole('button', { name: 'Erase what I sent' }).click()
  await page.getByRole('button', { name: 'Erase it for good' }).click()
  await page.getByText('What you sent has been erased').waitFor()
  expect(await kept(page)).not.toContain('anary')
  const record = await server.api<{ sections: unknown[] }>('GET', `/api/sessions/${created.id}/notes/preview?kind=send`)
  expect(JSON.stringify(record)).not.toContain('anary')
  await context.close()
})
