/** F34: a facilitator's key that sends without end over HTTP is slowed down, as it is over a line; nobody else is. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { SERVERS } from '../../support/storage.ts'

let it: TestApp
let clock = 1_800_000_000_000
beforeEach(async () => { it = await startApp({ now: () => clock }) })
afterEach(async () => { await it.close() })

// Each server has a measure of its own.
test('F34 plans that a co-facilitator sends without end do not fill the log: forty at once, five a second, and others are served', async () => {
  const session = await it.openSession()
  const plan = (await it.host('GET', `/api/sessions/${session.id}/plan`)).body as Plan
  const { link } = await it.link(session, 'cofacilitator', 'Rosa')
  const [rosa, lead] = [{ cookie: await it.cookieFor(link), origin: it.url }, { cookie: await it.cookieFor(session.links.facilitator), origin: it.url }]
  const put = (i: number, who: Record<string, string>) => it.nobody('PUT', `/api/sessions/${session.id}/plan`, { ...plan, title: { en: `Plan ${i}` } }, who)
  const statuses = (await Promise.all(Array.from({ length: 60 * SERVERS }, (_, i) => put(i, rosa)))).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(40 * SERVERS)
  expect(statuses.filter((status) => status === 429)).toHaveLength(20 * SERVERS)
  expect((await it.nobody('GET', `/api/sessions/${session.id}/plan`, undefined, rosa)).status).toBe(200)
  expect((await put(100, lead)).status).toBe(200)
  clock += 1_000
  const later = (await Promise.all(Array.from({ length: 10 * SERVERS }, (_, i) => put(200 + i, rosa)))).map(({ status }) => status)
  expect(later.filter((status) => status === 200)).toHaveLength(5 * SERVERS)
})
