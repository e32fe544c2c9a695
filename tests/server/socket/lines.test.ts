/** F27, F32: lines that do not read, keys that run out while they are in use, and rooms that are never idle. */
import { afterEach, expect, test } from 'vitest'
import { decideSession } from '#shared/session/decide.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { NOISE, type Line } from '../../support/line.ts'
import { until } from '../../support/until.ts'

/** The product's own types let it send events of the protocol only. */
interface Noisy {
  emit(event: typeof NOISE, noise: string): void
}

let it: TestApp
afterEach(async () => { await it.close() })

/** A phone whose browser is frozen: its line is there, and nothing is read from it. */
function freeze(line: Line): { thaw(): void } {
  const { ws } = line.socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }
  ws._socket.pause()
  return { thaw: () => ws._socket.resume() }
}

test('LI1 who reads nothing is let go before what waits for it grows, and comes back to a whole view; others notice nothing', async () => {
  it = await startApp({ beat: 100 })
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  const [frozen, steady] = [await it.participant(session), await it.participant(session)]
  const { thaw } = freeze(frozen)
  const lines = it.homeOf(frozen).gateway.io.sockets.sockets
  const theirs = [...lines.values()].find(({ id }) => id === frozen.socket.id)
  // More than the buffers of any system between the two: a long session in a busy room.
  const noise = 'x'.repeat(256 * 1024)
  for (let i = 0; i < 200 && lines.has(theirs?.id ?? ''); i += 1) {
    ;(theirs as unknown as Noisy | undefined)?.emit(NOISE, noise)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => !lines.has(theirs?.id ?? ''), 'the frozen line to be let go')
  expect(await steady.act('step', { type: 'answer', weather: 'foggy' })).toMatchObject({ ok: true })
  expect(steady.lost).toBeUndefined()
  thaw()
  await until(() => !frozen.socket.connected, 'the phone to notice')
  await frozen.again('everyone', 'mine')
  expect(frozen.view('everyone')?.step?.id).toBe('step')
})

test('RI5 a cookie’s twelve hours end on a line that is open, too', async () => {
  let clock = 1_800_000_000_000
  it = await startApp({ beat: 50, now: () => clock })
  const session = await it.openSession()
  const [console, phone] = [await it.facilitator(session), await it.participant(session)]
  clock += 12 * 3_600_000 - 1
  expect(await console.act(undefined, { type: 'screen.show', shows: 'qr' })).toMatchObject({ ok: true })
  clock += 2
  await until(() => console.byes.includes('revoked') && !console.socket.connected, 'the goodbye')
  expect(phone.socket.connected).toBe(true)
})

test('LI2 a room that is never idle lets people in after the commit that is going on, not after the last', async () => {
  it = await startApp()
  const session = await it.openSession(planWith('check-in'))
  const { room } = (await it.app.deps.rooms.get(session.id)) ?? {}
  if (room === undefined) throw new Error('no room')
  let commits = 0
  let busy = true
  room.onCommit(() => (commits += 1))
  const forEver = async (paused: boolean) => {
    for (let i = 0; busy; i += 1) {
      const answer = await room.submit({ sender: 'facilitator', decide: (state, context) => decideSession(state, { type: 'pause.set', paused }, context) })
      expect(answer.ok).toBe(true)
    }
  }
  const writers = [forEver(true), forEver(false), forEver(true)]
  await until(() => commits > 5)
  for (let i = 0; i < 10; i += 1) {
    const before = commits
    await room.committed(() => undefined)
    expect(commits - before).toBeLessThanOrEqual(2)
  }
  const ana = await it.participant(session)
  expect(ana.view('everyone')?.phase).toBe('open')
  busy = false
  await Promise.all(writers)
})

test('LI3 what a rule throws is told to its sender alone, the room goes on, and nothing of it is kept', async () => {
  it = await startApp()
  const session = await it.openSession(planWith('check-in'))
  const ana = await it.participant(session)
  const { room } = (await it.app.deps.rooms.get(session.id)) ?? {}
  if (room === undefined) throw new Error('no room')
  const before = (await it.app.deps.log.read(session.id)).length
  const fine = () => room.submit({ sender: 'facilitator', decide: (state, context) => decideSession(state, { type: 'pause.set', paused: true }, context) })
  const throws = room.submit({ sender: 'facilitator', decide: () => { throw new TypeError('a bug') } })
  const spoils = room.submit({ sender: 'facilitator', decide: () => ({ events: [{ type: 'pause.changed', paused: false }, null as never] }) })
  const answers = await Promise.all([fine(), throws, spoils, fine()])
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code))).toEqual(['ok', 'bad-shape', 'bad-shape', 'ok'])
  expect((await it.app.deps.log.read(session.id)).length).toBe(before + 2)
  await until(() => ana.view('everyone')?.paused === true)
  expect(it.logged.join('')).toContain('a rule or a view failed')
})

test('LI4 a frozen phone keeps no server from closing', async () => {
  it = await startApp()
  const session = await it.openSession(planWith('check-in'))
  const frozen = await it.participant(session)
  freeze(frozen)
  const home = it.homeOf(frozen)
  for (let i = 0; i < 100; i += 1) (home.gateway.io as unknown as Noisy).emit(NOISE, 'x'.repeat(256 * 1024))
  const began = performance.now()
  await home.close()
  expect(performance.now() - began).toBeLessThan(4_000)
})
