/** SE, VW: what each audience holds, from the waiting room to the end, over real sockets and real storage. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { tagOf } from '../../../server/access/veil.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { until, untilSame } from '../../support/until.ts'
import type { Hosted, Ticket } from '../../support/visit.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

const weather = (line: Line, step = 'step') => (line.view('mine')?.steps[step] as { weather?: string } | undefined)?.weather

/** What the log alone says that each audience sees. */
async function fromTheLog(session: Hosted) {
  const rows = await it.app.deps.log.read(session.id)
  const state = fold(session.id, rows.map(({ data, at }) => ({ event: JSON.parse(data) as SessionEvent, at })))
  if (state === undefined) throw new Error('no log')
  return {
    everyone: everyoneView(state),
    screen: screenView(state),
    facilitator: facilitatorView(state),
    mine: ({ person, veil }: Ticket) => mineView(state, person, (scope) => tagOf(veil, session.id, scope)),
  }
}

describe('a session from its doors to its end', () => {
  test('SE1 SE2 waits in the waiting room, starts for all at once, takes an answer, shows it to whom it concerns', async () => {
    const session = await it.openSession(planWith('check-in', { anonymous: true }))
    const ana = await it.participant(session, { name: 'Ana' })
    const ben = await it.participant(session, { name: 'Ben' })
    const [console, wall] = [await it.facilitator(session), await it.screen(session)]
    expect(ana.view('everyone')).toMatchObject({ phase: 'open', agenda: { step: { order: 0 } } })
    expect(ana.view('everyone')?.step).toBeUndefined()
    expect(ana.view('mine')?.person).toMatchObject({ id: ana.ticket.person, name: 'Ana' })

    await console.done(undefined, { type: 'session.start' })
    await until(() => [ana.view('everyone'), wall.view('screen'), console.view('facilitator')].every((view) => view?.step?.id === 'step'))

    await ana.done('step', { type: 'answer', weather: 'foggy' })
    await until(() => weather(ana) === 'foggy')
    expect(weather(ben)).toBeUndefined()
    expect(Object.keys(console.view('facilitator')?.people ?? {}).sort()).toEqual([ana.ticket.person, ben.ticket.person].sort())
  })

  test('VW1 VW2 a latecomer sees what those see who were there, role by role, and both see what the log says', async () => {
    const session = await it.openSession(planWith('answers'))
    const ana = await it.participant(session, { name: 'Ana' })
    const [console, wall] = [await it.facilitator(session), await it.screen(session)]
    await console.done(undefined, { type: 'session.start' })
    for (const text of ['light', 'like rain', 'ligero 👩‍👩‍👧‍👦']) await (await it.participant(session)).done('step', { type: 'write', text, lang: 'en' })
    await ana.done('step', { type: 'write', text: 'mine', lang: 'en' })
    await console.done('step', { type: 'reveal' })
    await console.done(undefined, { type: 'timer.start', total: 60_000 })

    const late = await it.participant(session, ana.ticket)
    const [lateConsole, lateWall] = [await it.facilitator(session), await it.screen(session)]
    const truth = await fromTheLog(session)
    await untilSame(() => ana.view('everyone'), () => truth.everyone, 'who was there to see what the log says')
    expect(late.view('everyone')).toEqual(ana.view('everyone'))
    expect(late.view('mine')).toEqual(ana.view('mine'))
    expect(late.view('mine')).toEqual(truth.mine(ana.ticket))
    await untilSame(() => console.view('facilitator'), () => truth.facilitator)
    expect(lateConsole.view('facilitator')).toEqual(console.view('facilitator'))
    await untilSame(() => wall.view('screen'), () => truth.screen)
    expect(lateWall.view('screen')).toEqual(wall.view('screen'))
  })

  test('VW3 whoever comes back gets the whole view, with what happened meanwhile', async () => {
    const session = await it.openSession(planWith('check-in'))
    const ana = await it.participant(session)
    const console = await it.facilitator(session)
    ana.close()
    await console.done(undefined, { type: 'session.start' })
    await console.done(undefined, { type: 'pause.set', paused: true })
    await ana.again('everyone', 'mine')
    expect(ana.view('everyone')).toMatchObject({ phase: 'live', paused: true, step: { id: 'step' } })
  })

  test('SE6 an ended session takes nothing, and everybody who comes back is told that it ended', async () => {
    const session = await it.openSession(planWith('check-in'))
    const ana = await it.participant(session)
    await it.move(session, 'start')
    await it.move(session, 'end')
    await until(() => ana.view('everyone')?.phase === 'ended')
    expect(await ana.act('step', { type: 'answer', weather: 'foggy' })).toEqual({ ok: false, code: 'ended' })
    await ana.again('everyone', 'mine')
    expect(ana.view('everyone')?.phase).toBe('ended')
  })
})

describe('a client that missed something', () => {
  /** Loses the next message that `hits` likes, once. */
  function losing() {
    const lossy = { hits: (_event: string, _audience: string) => false, lost: 0 }
    const loses = (event: string, message: unknown) => {
      if (lossy.lost > 0 || !lossy.hits(event, (message as { audience?: string })?.audience ?? '')) return false
      lossy.lost += 1
      return true
    }
    return { lossy, loses }
  }

  test('VW4 heals itself with the next patch, which does not fit', async () => {
    const session = await it.openSession(planWith('check-in'))
    const { lossy, loses } = losing()
    const ana = await it.participant(session, {}, { loses })
    const console = await it.facilitator(session)
    lossy.hits = (event, audience) => event === 'patch' && audience === 'everyone'
    await console.done(undefined, { type: 'session.start' })
    await until(() => lossy.lost === 1, 'a lost patch')
    expect(ana.view('everyone')?.phase).toBe('open')
    const before = ana.wholes
    await console.done(undefined, { type: 'pause.set', paused: true })
    await until(() => ana.view('everyone')?.paused === true && ana.view('everyone')?.step?.id === 'step')
    expect(ana.wholes).toBe(before + 1)
  })

  test.each(['everyone', 'mine'] as const)('VW4 heals its view for %s by the heartbeat, where no patch follows', async (audience) => {
    await it.close()
    it = await startApp({ beat: 100 })
    const session = await it.openSession(planWith('check-in'))
    const { lossy, loses } = losing()
    const ana = await it.participant(session, {}, { loses })
    await it.move(session, 'start')
    await until(() => ana.view('everyone')?.step !== undefined)
    lossy.hits = (event, whose) => event === 'patch' && whose === audience
    if (audience === 'mine') await ana.done('step', { type: 'answer', weather: 'foggy' })
    else await (await it.facilitator(session)).done(undefined, { type: 'pause.set', paused: true })
    await until(() => lossy.lost === 1, 'a lost patch')
    await until(() => (audience === 'mine' ? weather(ana) === 'foggy' : ana.view('everyone')?.paused === true), 'the view to heal')
  })
})
