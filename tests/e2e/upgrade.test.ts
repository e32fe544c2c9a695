/** F20: the server was upgraded in the middle of a session, and a phone still runs the page of before. */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'
import { shortSession } from './support/session-short.ts'
import { joinByCode, launch, person, PHONE, type Troubles } from './support/stage.ts'

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

/** Makes pages show the version of an older release at its handshake, for as long as `old.is`. */
async function speakOld(context: BrowserContext, old: { is: boolean }): Promise<void> {
  await context.routeWebSocket(/socket\.io/u, (line) => {
    const real = line.connectToServer()
    line.onMessage((message) => real.send(old.is && typeof message === 'string' ? message.replace(/^40\{"v":\d+/u, '40{"v":0') : message))
  })
}

describe('a page of before the upgrade', () => {
  test('is refused, loads itself anew once, and nothing that was typed is gone', async () => {
    const troubles: Troubles = { list: [] }
    const created = await shortSession(server, { steps: ['change'] })
    const context = await person(browser, server, troubles, { viewport: PHONE })
    const old = { is: false }
    await speakOld(context, old)
    const page = await joinByCode(context, server, created.code, 'Ana')
    await page.getByLabel('Your words').fill('Half a sentence about')

    old.is = true
    const reloaded = page.waitForEvent('load')
    await server.kill()
    await server.start()
    await reloaded
    old.is = false

    // The page of the new release, or the old one's notice with the words still on the phone.
    await page.reload()
    expect(await page.getByLabel('Your words').inputValue()).toBe('Half a sentence about')
    await page.getByLabel('Your words').pressSequentially(' change')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Half a sentence about change').waitFor()
    await page.getByText('Saved').first().waitFor()
    expect(troubles.list).toEqual([])
  })
})
