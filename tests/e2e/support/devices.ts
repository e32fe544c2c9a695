/** One server and one browser for a file of journeys, and a device of its own for everybody in a test. */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startServer, type TestServer } from './server.ts'
import { launch, person, PHONE, type Troubles } from './stage.ts'

export interface Devices {
  readonly server: TestServer
  /** A phone, or a device of another size, put away after the test; what went wrong on any of them fails it. `server`: as it is reached through a network. */
  device(viewport?: { width: number; height: number }, options?: { still?: boolean; locale?: string; server?: TestServer }): Promise<BrowserContext>
}

/** Call it once, at the top of a test file. */
export function useDevices(): Devices {
  let server: TestServer
  let browser: Browser
  const contexts: BrowserContext[] = []
  const troubles: Troubles = { list: [] }
  beforeAll(async () => {
    server = await startServer()
    browser = await launch()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    expect(troubles.list.splice(0)).toEqual([])
  })
  return {
    get server() {
      return server
    },
    async device(viewport = PHONE, { server: through = server, ...options } = {}) {
      const context = await person(browser, through, troubles, { viewport, ...options })
      contexts.push(context)
      return context
    },
  }
}
