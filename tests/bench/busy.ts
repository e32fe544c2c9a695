/** A slow phone on a wall that others fill, forty changes a second: the longest that it does not answer a thumb. */
import { chromium } from 'playwright-core'
import type { AnswersConfig } from '#shared/activities/answers/model.ts'
import type { Cores } from './cores.ts'
import { BROWSER_FLAGS, SLOWER } from './arrival.ts'
import { card, fillRoom } from './room.ts'
import { goTo } from './product.ts'
import { tapEvenly } from './tapping.ts'
import type { Client } from '../support/cheap-client.ts'

const PER_SECOND = 40
/** So that nobody writes more than a person may. */
const WRITERS = 200
/** A browser tells of no task that is shorter, ms. */
export const SHORTEST_TOLD = 50

export interface Busy {
  /** ms; 0 where no task was as long as a browser tells of. */
  longest: number
  /** Tasks of 50 ms and more. */
  long: number
  /** Cards on the phone's wall in the end, so that we know that it showed them. */
  cards: number
}

/** The longest task of the phone's page while so many seconds of writing arrive. */
export async function measureBusy(cores: Cores, seconds: number): Promise<Busy> {
  const browser = await chromium.launch({ executablePath: process.env['GATHERWELL_BROWSER'] as string, args: BROWSER_FLAGS })
  const room = await fillRoom(cores, WRITERS, (plan) => {
    plan.naming = 'none'
    Object.assign(plan.steps['serve']?.activity.config as AnswersConfig, { perPerson: 5, byDepartment: false })
  })
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-US' })
    const page = await context.newPage()
    const protocol = await context.newCDPSession(page)
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.goto(room.created.links.join)
    await goTo(room.product, room.created.id, 'serve')
    await room.order('serve', { type: 'reveal' })
    const cards = page.getByText(/ #\d+;/u)
    room.phones[0]?.client.ask('act', card(0), () => undefined)
    // The wall is folded away until somebody wants to read it.
    await page.locator('details', { has: cards }).locator('summary').click()
    await cards.first().waitFor()
    await page.evaluate(() => {
      const told: number[] = []
      Object.assign(globalThis, { told })
      new PerformanceObserver((list) => told.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] })
    })
    await tapEvenly(seconds * PER_SECOND, seconds, (i) => room.phones[i % WRITERS]?.client as Client, (i) => card(i + 1))
    // The last of them has arrived, wherever on the wall it stands, and what it made the page do is over.
    await page.waitForTimeout(1_000)
    const told = await page.evaluate(() => (globalThis as unknown as { told: number[] }).told)
    return { longest: Math.max(0, ...told), long: told.length, cards: await cards.count() }
  } finally {
    await browser.close()
    await room.close()
  }
}
