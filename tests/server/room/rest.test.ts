/** F47: rooms that nobody is in take no memory for ever, and nobody who comes back notices that theirs was let go. */
import { afterEach, expect, test } from 'vitest'
import { StorageRefused, type Log } from '../../../server/log/port.ts'
import type { Order } from '../../../server/room/room.ts'
import type { Running } from '../../../server/room/rooms.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { onlyOn } from '../../support/storage.ts'
import { until } from '../../support/until.ts'

const MINUTE = 60_000

let it: TestApp
let now: number
let loads: number
afterEach(async () => { await it.close() })

/** A server whose clock is ours, and that counts how often a session is read whole. */
async function start(): Promise<void> {
  now = Date.now()
  loads = 0
  const around = (log: Log): Log => ({
    ...log,
    whole: (id) => {
      loads += 1
      return log.whole(id)
    },
  })
  it = await startApp({ now: () => now, around })
}

const rooms = () => it.app.deps.rooms
/** Whether the room had been let go, and is there anew since this was asked. */
const wasLetGo = async (id: string) => {
  const before = loads
  await rooms().get(id)
  return loads > before
}

test('F47 a room that everybody has left is let go, and is there again with everything for whoever comes', async () => {
  await start()
  const session = await it.openSession(planWith('answers'))
  await it.move(session, 'start')
  const ana = await it.participant(session)
  await ana.done('step', { type: 'write', text: 'before the evening', lang: 'en' })
  ana.close()
  await until(() => it.app.gateway.here(session.id) === 0)
  now += 9 * MINUTE
  await rooms().rest()
  expect(await wasLetGo(session.id)).toBe(false)
  now += 11 * MINUTE
  await rooms().rest()
  expect(await wasLetGo(session.id)).toBe(true)
  const again = await it.participant(session, ana.ticket)
  expect(JSON.stringify(again.view('mine'))).toContain('before the evening')
  expect(await again.done('step', { type: 'write', text: 'the next morning', lang: 'en' })).toBeGreaterThan(0)
})

test('F47 a room in which somebody is, on whatever device, stays', async () => {
  await start()
  const session = await it.openSession(planWith('answers'))
  const screen = await it.screen(session)
  now += 60 * MINUTE
  await rooms().rest()
  expect(await wasLetGo(session.id)).toBe(false)
  await it.move(session, 'start')
  await until(() => screen.view('screen')?.phase === 'live')
})

test('F47 who still has a room in hand that was let go is told to try again, and a session never runs twice', async () => {
  await start()
  const session = await it.openSession(planWith('answers'))
  const held = (await rooms().get(session.id)) as Running
  now += 60 * MINUTE
  await rooms().rest()
  const ana = await it.participant(session)
  const pause = { sender: 'facilitator', decide: () => ({ events: [{ type: 'pause.changed', paused: true }] }) } satisfies Order
  expect(await held.room.submit(pause)).toEqual({ ok: false, code: 'storage' })
  await expect(held.room.committed((state) => state)).rejects.toThrow(StorageRefused)
  const running = (await rooms().get(session.id)) as Running
  expect((await running.room.submit(pause)).ok).toBe(true)
  await until(() => ana.view('everyone')?.paused === true)
})

test.runIf(onlyOn(['sqlite', 'postgres'], 'it looks into the memory of one server, and people may be with the other'))('F47 of an ended session that everybody has left not even who was there is kept in memory', async () => {
  await start()
  const session = await it.openSession(planWith('answers'))
  await it.move(session, 'start')
  const ana = await it.participant(session)
  const over: string[] = []
  rooms().onOver((people) => over.push(...people))
  const rest = async () => {
    now += 60 * MINUTE
    await rooms().rest()
  }
  await it.move(session, 'end')
  await rest()
  expect(over).toEqual([])
  ana.close()
  await until(() => it.app.gateway.here(session.id) === 0)
  await rest()
  expect(over).toEqual([ana.ticket.person])
})
