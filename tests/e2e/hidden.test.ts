/** F39: the console and the screen's window behind another tab for minutes, as a browser throttles them: right again at once when they are shown. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { shareOf } from '../torture/share.ts'
import { until } from '../support/until.ts'
import { startServer, type TestServer } from './support/server.ts'
import { shortSession } from './support/session-short.ts'
import type { Created } from './support/stage.ts'
import { hasDisplay, openTabs, type Tab, type Tabs } from './support/tabs.ts'

/** Right again so soon after it is shown. */
const RIGHT_MS = 2_000
/** A browser lets a hidden page's clock tick once a minute after five minutes; here after a second, but in the full run, which has the time. */
const full = shareOf('frozen').full
const HIDDEN_MS = full ? 6 * 60_000 : 4_000
const THROTTLED = full ? [] : ['--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1', '--intensive-wake-up-throttling-policy=force-enable']
const display = hasDisplay()
if (!display) console.log('Hidden tabs are not tried: they need a display. On Debian: apt-get install xvfb.')

let server: TestServer
let tabs: Tabs
beforeAll(async () => {
  if (!display) return
  server = await startServer()
  tabs = await openTabs(THROTTLED)
})
afterAll(async () => {
  await tabs?.close()
  await server?.close()
})

const says = (tab: Tab, words: string) => until(() => tab.evaluate<boolean>(`document.body.innerText.includes(${JSON.stringify(words)})`).catch(() => false), words, 20_000)

/** In the page: notes when it is shown, and how long after that it says these words, ms. */
const watch = (words: string) => `(() => {
  window.seen = undefined
  window.ticks = 0
  setInterval(() => document.visibilityState === 'hidden' && (window.ticks += 1), 100)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || window.seen !== undefined) return
    const shown = performance.now()
    window.seen = -1
    const look = () => document.body.innerText.includes(${JSON.stringify(words)}) ? (window.seen = performance.now() - shown) : requestAnimationFrame(look)
    look()
  })
  return document.visibilityState
})()`

/** What the screen asks in the two steps; the console says their titles. */
async function prompts(created: Created): Promise<[string, string]> {
  const { steps } = await server.api<Plan>('GET', `/api/sessions/${created.id}/plan`)
  const of = (step: string) => (steps[step]?.activity.config as { prompt: { en: string } }).prompt.en.split('\n')[0] ?? ''
  return [of('serve'), of('closing')]
}

async function enter(link: string): Promise<Tab> {
  const tab = await tabs.open(server.origin + new URL(link).pathname + new URL(link).hash)
  await until(() => tab.evaluate<boolean>(`(() => { const button = [...document.querySelectorAll('button')].find((one) => /console|consola|screen|pantalla/iu.test(one.textContent)); button?.click(); return button !== undefined })()`).catch(() => false), 'the button of the door', 20_000)
  return tab
}

test.skipIf(!display).each(['facilitator', 'screen'] as const)('F39 VW3 the page of the %s, hidden while the room moved on and the server was started again, is right within two seconds of being shown', async (who) => {
  const created = await shortSession(server, { steps: ['serve', 'closing'] })
  const [before, after] = who === 'facilitator' ? ['How will your department serve?', 'Closing'] : await prompts(created)
  const page = await enter(created.links[who])
  await says(page, before)
  await page.evaluate(watch(after))
  const other = await tabs.open('about:blank')
  await other.show()
  await until(() => page.evaluate<boolean>(`document.visibilityState === 'hidden'`), 'the page to be hidden')
  await sleep(HIDDEN_MS)
  // A clock of a tenth of a second ticks once a second at most: the browser does hold the page back.
  expect(await page.evaluate<number>('window.ticks')).toBeLessThan(HIDDEN_MS / 1_000 + 5)
  await server.kill()
  await server.start()
  await server.api('POST', `/api/sessions/${created.id}/next`)
  await page.show()
  const took = await until(() => page.evaluate<number | null>('window.seen ?? null').then((ms) => ms !== null && ms >= 0 && ms), 'the page to be right', 20_000)
  expect(took).toBeLessThan(RIGHT_MS)
}, 60_000 + 2 * HIDDEN_MS)
