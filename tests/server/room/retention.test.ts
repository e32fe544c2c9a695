/** F52: sessions go by themselves when their time is over; drafts, running ones and those on hold stay. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FORGETS_IDS } from '../../support/storage.ts'
import { until } from '../../support/until.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import type { Hosted } from '../../support/visit.ts'

const DAY = 24 * 3_600_000
let clock = Date.UTC(2027, 1, 27, 20)
let it: TestApp
const start = async (folder?: string) => { it = await startApp({ now: () => clock, ...(folder === undefined ? {} : { folder }) }) }
beforeEach(() => start())
afterEach(() => it.close())

const titles = async () => ((await it.host('GET', '/api/sessions')).body as { id: string }[]).map(({ id }) => id)
async function ended(): Promise<Hosted> {
  const session = await it.openSession()
  await it.move(session, 'end')
  await until(async () => (await it.app.deps.log.session(session.id))?.endedAt !== undefined)
  return session
}
/** Time passes on a server that looks now and then. */
async function pass(ms: number): Promise<void> {
  const until = clock + ms
  while (clock < until) {
    clock = Math.min(until, clock + 30 * DAY)
    await it.app.deps.retention.purge()
  }
}
const hold = (session: Hosted, held: boolean) => it.host('PUT', `/api/sessions/${session.id}/hold`, { held })

test.each([1, 30, 400])('F52 ER6 after %i days exactly the due sessions go, also over a leap day and a change of the clocks', async (days) => {
  expect((await it.host('PUT', '/api/retention', { days })).status).toBe(200)
  const draft = await it.createSession()
  const running = await it.openSession()
  const first = await ended()
  const onHold = await ended()
  expect((await hold(onHold, true)).status).toBe(200)
  clock += 2 * 3_600_000
  const later = await ended()
  await pass(days * DAY - 2 * 3_600_000 - 1)
  expect((await titles()).sort()).toEqual([draft.id, running.id, onHold.id, first.id, later.id].sort())
  expect(await it.app.deps.retention.purge()).toBe(0)
  clock += 1
  expect(await it.app.deps.retention.purge()).toBe(1)
  expect((await titles()).sort()).toEqual([draft.id, running.id, onHold.id, later.id].sort())
  const left = await it.stored()
  for (const word of [first.joinToken, ...(FORGETS_IDS ? [first.id] : [])]) expect(left.includes(word)).toBe(false)
  clock += DAY
  expect(await it.app.deps.retention.purge()).toBe(1)
  await hold(onHold, false)
  expect(await it.app.deps.retention.purge()).toBe(1)
  expect((await titles()).sort()).toEqual([draft.id, running.id].sort())
})

test('F38 F52 ER6 a clock that was set far ahead deletes nothing before it has stood by that for two days, nor after it was set right', async () => {
  const session = await ended()
  await it.app.deps.retention.purge()
  const right = clock
  clock += 3_000 * DAY
  expect(await it.app.deps.retention.purge()).toBe(0)
  await until(() => it.logged.some((line) => line.includes('clock-doubted')))
  clock += 2 * DAY - 1
  expect(await it.app.deps.retention.purge()).toBe(0)
  clock = right + 3 * DAY
  expect(await it.app.deps.retention.purge()).toBe(0)
  // Another leap, over a restart, counts anew.
  clock = right + 3_003 * DAY
  const { folder } = it
  await it.close({ keeps: true })
  await start(folder)
  expect(await it.app.deps.retention.purge()).toBe(0)
  expect(await titles()).toEqual([session.id])
  clock += 2 * DAY
  expect(await it.app.deps.retention.purge()).toBe(1)
})

test('F52 ER6 a server that was off looks as soon as it starts, and two days later after a long time; a year unless somebody chose, for ever where they chose that', async () => {
  expect((await it.host('GET', '/api/retention')).body).toEqual({ days: 365 })
  const one = await ended()
  const { folder } = it
  await it.close({ keeps: true })
  clock += 364 * DAY
  await start(folder)
  expect(await titles()).toEqual([one.id])
  expect((await it.host('PUT', '/api/retention', { days: 0 })).status).toBe(200)
  await it.close({ keeps: true })
  clock += 9_000 * DAY
  await start(folder)
  await it.app.deps.retention.purge()
  expect(await titles()).toEqual([one.id])
  await it.host('PUT', '/api/retention', { days: 365 })
  await it.close({ keeps: true })
  clock += 7 * DAY
  await start(folder)
  await until(async () => (await titles()).length === 0)
})

test('F52 ER6 on hold nobody deletes it, and the list says so and when the others go', async () => {
  const session = await ended()
  const listed = async () => ((await it.host('GET', '/api/sessions')).body as { held: boolean; goesAt?: string }[])[0]
  expect(await listed()).toMatchObject({ held: false, goesAt: new Date(clock + 365 * DAY).toISOString() })
  await hold(session, true)
  const held = await listed()
  expect(held?.held).toBe(true)
  expect(held?.goesAt).toBeUndefined()
  const refused = await it.host('DELETE', `/api/sessions/${session.id}`)
  expect([refused.status, refused.body.code]).toEqual([409, 'on-hold'])
  await hold(session, false)
  expect((await it.host('DELETE', `/api/sessions/${session.id}`)).status).toBe(204)
})

test('F52 whose time is over is told goodbye, if anybody is still there', async () => {
  const session = await it.openSession()
  const ana = await it.participant(session)
  await it.move(session, 'end')
  await until(async () => (await it.app.deps.log.session(session.id))?.endedAt !== undefined)
  await pass(365 * DAY)
  await until(() => ana.byes.includes('deleted'))
})

test.each([-1, 1.5, 4000, 'soon'])('F52 %s is no time that a session is kept for', async (days) => {
  expect((await it.host('PUT', '/api/retention', { days })).status).toBe(400)
})
