/** F19, F21: storage that says no. Only who asked hears of it, nothing of it is seen by anybody, and trying again works. */
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import { everyoneView, facilitatorView } from '#shared/session/views/views.ts'
import type { Log } from '../../../server/log/port.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { failing, type Failing } from '../../support/failing-log.ts'
import { planWith } from '../../support/kinds.ts'
import { until, untilSame } from '../../support/until.ts'
import type { Hosted } from '../../support/visit.ts'

let it: TestApp
let storage: Failing
const died: unknown[] = []
const note = (error: unknown) => void died.push(error)

async function open(names: readonly (keyof Log)[]): Promise<void> {
  storage = failing(names)
  it = await startApp({ around: storage.around })
}
beforeEach(() => {
  died.length = 0
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  storage.heal()
  await it.close()
  process.off('unhandledRejection', note)
  expect(died).toEqual([])
})

async function truth(session: Hosted) {
  const rows = await it.app.deps.log.read(session.id)
  const state = fold(session.id, rows.map(({ data, at }) => ({ event: JSON.parse(data) as SessionEvent, at })))
  if (state === undefined) throw new Error('no log')
  return state
}

describe('an append that is refused', () => {
  test('ST1 ST2 whichever of them it is: its sender is told, the same id works again, and all see what the log has', async () => {
    await open(['append', 'rewrite'])
    const APPENDS = 10
    for (let n = 1; n <= APPENDS; n += 1) {
      const session = await it.openSession(planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } }))
      await it.move(session, 'start')
      const [ana, ben] = [await it.participant(session), await it.participant(session)]
      const console = await it.facilitator(session)
      storage.failAt(n)
      let refused = 0
      for (let i = 0; i < APPENDS / 2; i += 1) {
        for (const who of [ana, ben]) {
          const id = nanoid()
          const answer = await who.act('step', { type: 'write', text: `card ${i}`, lang: 'en' }, id)
          if (answer.ok) continue
          refused += 1
          expect(answer).toEqual({ ok: false, code: 'storage' })
          expect(await who.act('step', { type: 'write', text: `card ${i}`, lang: 'en' }, id)).toMatchObject({ ok: true })
        }
      }
      expect(refused).toBe(1)
      storage.heal()
      const state = await truth(session)
      await untilSame(() => ana.view('everyone'), () => everyoneView(state))
      await untilSame(() => console.view('facilitator'), () => facilitatorView(state))
      for (const who of [ana, ben]) await until(() => Object.keys((who.view('mine')?.steps.step as { cards: object }).cards).length === APPENDS / 2)
      it.hangUp()
    }
  })

  test('ST3 what was refused is seen by nobody, although its batch was decided already', async () => {
    await open(['append'])
    const session = await it.openSession(planWith('check-in'))
    await it.move(session, 'start')
    const ana = await it.participant(session)
    const console = await it.facilitator(session)
    storage.failAt(1)
    expect(await console.act(undefined, { type: 'pause.set', paused: true })).toEqual({ ok: false, code: 'storage' })
    const late = await it.participant(session)
    expect(late.view('everyone')?.paused).toBe(false)
    await ana.done('step', { type: 'answer', weather: 'foggy' })
    await until(() => ana.view('mine')?.steps.step !== undefined)
    expect(ana.view('everyone')?.paused).toBe(false)
  })

  test('ST4 a room that can neither write nor read takes nothing and shows nothing wrong, until storage is back', async () => {
    await open(['append', 'whole', 'missed'])
    const session = await it.openSession(planWith('check-in'))
    await it.move(session, 'start')
    const ana = await it.participant(session)
    const console = await it.facilitator(session)
    storage.failAt(1, Infinity)
    expect(await console.act(undefined, { type: 'pause.set', paused: true })).toEqual({ ok: false, code: 'storage' })
    expect(await ana.act('step', { type: 'answer', weather: 'foggy' })).toEqual({ ok: false, code: 'storage' })
    expect((await it.host('GET', `/api/sessions/${session.id}`)).status).toBe(503)
    storage.heal()
    expect(await ana.act('step', { type: 'answer', weather: 'foggy' })).toMatchObject({ ok: true })
    expect((await truth(session)).paused).toBe(false)
    expect(ana.view('everyone')?.paused).toBe(false)
    await until(() => ana.view('mine')?.steps.step !== undefined)
  })
})

describe('storage that fails at any call at all', () => {
  const CALLS: readonly (keyof Log)[] = [
    'append', 'rewrite', 'read', 'receipts', 'whole', 'missed', 'createSession', 'sessions', 'session', 'sessionByCode', 'sessionByJoinToken', 'codeTaken',
    'updateSession', 'deleteSession', 'addKey', 'key', 'keys', 'revokeKey', 'setting', 'healthy',
  ]

  /** All that a short session asks of the server, each asked again until it is done. */
  async function aShortSession(): Promise<void> {
    let why: unknown
    const insist = <T>(ask: () => Promise<T>): Promise<T> =>
      (until(() => ask().catch((error: unknown) => void (why = error)), 'the server to do it in the end') as Promise<T>).catch((error: Error) => {
        throw new Error(`${error.message}: ${String(why)}`)
      })
    const session = await insist(() => it.openSession(planWith('check-in', { anonymous: true })))
    const ana = await insist(() => it.participant(session, {}, { reconnects: true }))
    const console = await insist(() => it.facilitator(session))
    await insist(() => it.screen(session))
    await insist(() => console.done(undefined, { type: 'session.start' }))
    await insist(() => ana.done('step', { type: 'answer', weather: 'foggy' }))
    const { handle } = await insist(() => it.link(session, 'cofacilitator', 'Co'))
    await until(async () => (await it.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)).status !== 503)
    await insist(() => console.done(undefined, { type: 'session.end' }))
    expect((await until(async () => { const list = await it.host('GET', '/api/sessions'); return list.status === 200 && list })).body).not.toEqual([])
    storage.heal()
    expect((await truth(session)).phase).toBe('ended')
    it.hangUp()
  }

  test('ST5 the process lives, no promise is left unhandled, and everything can be done at the second try', async () => {
    await open(CALLS)
    storage.failAt(Infinity)
    await aShortSession()
    const all = storage.calls()
    expect(all).toBeGreaterThan(30)
    for (let n = 1; n <= all; n += 1) {
      storage.failAt(n)
      await aShortSession()
    }
    expect((await it.nobody('GET', '/healthz')).status).toBe(200)
    // A session whose making failed half-way is in nobody's list.
    for (const { id } of (await it.host('GET', '/api/sessions')).body) expect((await it.host('GET', `/api/sessions/${id}`)).status).toBe(200)
  }, 120_000)
})
