/** From opening the join link to the waiting room, on a slow phone over a slow network, in a real browser with an empty cache. */
import { chromium, type Browser } from 'playwright-core'
import type { Cores } from './cores.ts'
import { median } from './numbers.ts'
import { openSession, startProduct } from './product.ts'

/** What Lighthouse calls slow 4G, and a phone four times slower than this machine. */
export const SLOWER = 4
const NETWORK = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 }
const LONGEST_MS = 60_000
export const BROWSER_FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update']

export interface Arrival {
  /** To the first words of ours on the page, ms. */
  door: number
  /** To the first view of the session: connected, in the waiting room, ms. */
  inside: number
  /** What came over the network, bytes. */
  bytes: number
}

export async function measureArrival(cores: Cores, times: number): Promise<Arrival> {
  const product = await startProduct(cores.server)
  const browser = await chromium.launch({ executablePath: process.env['GATHERWELL_BROWSER'] as string, args: BROWSER_FLAGS })
  try {
    // Without names, the link alone leads into the waiting room: nothing waits for a thumb.
    const created = await openSession(product, (plan) => void (plan.naming = 'none'))
    const runs: Arrival[] = []
    // The first is not counted: it warms the browser, not its cache, which each run has for itself.
    for (let run = 0; run <= times; run++) {
      const arrival = await arrive(browser, created.links.join)
      if (run > 0) runs.push(arrival)
    }
    return { door: median(runs.map((run) => run.door)), inside: median(runs.map((run) => run.inside)), bytes: median(runs.map((run) => run.bytes)) }
  } finally {
    await browser.close()
    await product.close()
  }
}

async function arrive(browser: Browser, link: string): Promise<Arrival> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-US' })
  try {
    const page = await context.newPage()
    const protocol = await context.newCDPSession(page)
    await protocol.send('Network.enable')
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: false })
    await protocol.send('Network.emulateNetworkConditions', NETWORK)
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    let bytes = 0
    protocol.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    const began = performance.now()
    const opened = page.goto(link, { waitUntil: 'commit' })
    const door = page.locator('#app p, #app h1').first().waitFor({ timeout: LONGEST_MS }).then(() => performance.now() - began)
    const inside = page.getByText('You are in').waitFor({ timeout: LONGEST_MS }).then(() => performance.now() - began)
    await opened
    return { door: await door, inside: await inside, bytes }
  } finally {
    await context.close()
  }
}
