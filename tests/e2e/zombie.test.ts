/** F46: a phone that slept over the end, the deletion or a restored backup of its session: a page of its own, and no word lost. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openNetwork, type Network } from '../support/chaos-proxy.ts'
import { own, postedOnce, send } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { manyLines, shortSession } from './support/session-short.ts'
import { joinByCode, launch, person, PHONE, type Created, type Troubles } from './support/stage.ts'

let server: TestServer
let browser: Browser
let network: Network<TestServer>
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
beforeEach(async () => {
  network = await openNetwork(server)
  context = await person(browser, network.server, troubles, { viewport: PHONE })
})
afterEach(async () => {
  await context.close()
  await network.close()
})

async function phone(created: Created): Promise<Page> {
  const page = await joinByCode(context, network.server, created.code, 'Ana')
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  return page
}

test('F46 SE6 over the end of its session: the farewell, and the words that were not sent, to copy', async () => {
  const created = await shortSession(server, { steps: ['serve'], change: manyLines })
  const page = await phone(created)
  await page.getByRole('textbox').pressSequentially('Half a sentence')
  network.cut()
  await server.api('POST', `/api/sessions/${created.id}/end`)
  network.heal()
  await page.getByText('Thank you for being here.').waitFor()
  await page.getByText('You had not sent this. Your words are still here, to copy:').waitFor()
  await page.getByText('Half a sentence').waitFor()
})

test('F46 SE7 over the deletion of its session: told so, without a claim that anything was saved, and the words to copy', async () => {
  const created = await shortSession(server, { steps: ['serve'], change: manyLines })
  const page = await phone(created)
  await page.getByRole('textbox').pressSequentially('Half a sentence')
  network.cut()
  await server.api('DELETE', `/api/sessions/${created.id}`)
  network.heal()
  await page.getByText('This session is no longer here.').waitFor()
  await page.getByText('Half a sentence').waitFor()
  expect(await page.getByText('Saved', { exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Back to the door' }).click()
  await page.getByRole('button', { name: 'I have them: forget this session' }).click()
  await page.getByRole('heading', { name: 'Join your session' }).waitFor()
})

test('F46 VW3 over a server that was put back to an older day: it sees what the server has, nothing newer, and goes on', async () => {
  const created = await shortSession(server, { steps: ['serve'], change: manyLines })
  const page = await phone(created)
  await send(page, 'Before the copy')
  await postedOnce(page, 'Before the copy')
  const copies = await mkdtemp(join(tmpdir(), 'gatherwell-copy-'))
  await server.kill()
  await cp(server.dataDir, copies, { recursive: true })
  await server.start()
  await postedOnce(page, 'Before the copy')
  for (const line of ['After the copy, one', 'After the copy, two']) {
    await send(page, line)
    await postedOnce(page, line)
  }
  await page.getByRole('textbox').pressSequentially('Not sent yet')
  await server.kill()
  await rm(server.dataDir, { recursive: true })
  await cp(copies, server.dataDir, { recursive: true })
  await server.start()
  await own(page, 'After the copy, two').waitFor({ state: 'detached', timeout: 20_000 })
  await postedOnce(page, 'Before the copy')
  expect(await own(page, 'After the copy').count()).toBe(0)
  expect(await page.getByRole('textbox').inputValue()).toBe('Not sent yet')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await postedOnce(page, 'Not sent yet')
  await rm(copies, { recursive: true })
})
