/** SE, FL, TI: from draft to end, from step to step, and the clock on the way. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { enoughCalled } from '#shared/session/calls.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import { runOrder } from '#shared/session/plan.ts'
import { facilitatorView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { planOf } from '../../support/kinds.ts'
import { MINUTE, sessionRun, type SessionRun } from '../../support/session-run.ts'

/** Steps of every kind; moves within a step are the kinds' own rules. */
function live(): SessionRun {
  const run = sessionRun(planOf(structuredClone(smartGoals), () => false))
  run.lead({ type: 'session.start' })
  run.join('ana')
  return run
}

describe('a session', () => {
  test('SE1 is a draft, then open, then live, then ended, and nothing twice', () => {
    const run = sessionRun(structuredClone(smartGoals))
    expect([run.join('ana'), run.lead({ type: 'session.end' }), run.lead({ type: 'flow.next' })]).toEqual(['not-open', 'not-open', 'not-open'])
    expect([run.lead({ type: 'session.open' }), run.lead({ type: 'session.open' })]).toEqual([undefined, 'already'])
    expect(run.state.phase).toBe('open')
    expect([run.lead({ type: 'session.start' }), run.lead({ type: 'session.start' })]).toEqual([undefined, 'already'])
    expect(run.state.phase).toBe('live')
    run.end()
    expect(run.state.phase).toBe('ended')
  })

  test('SE2 that was never opened is opened by its start, and begins with the first step that is not hidden', () => {
    const plan = structuredClone(smartGoals)
    const [first, second] = runOrder(plan) as [string, string]
    Object.assign(plan.steps[first] as object, { hidden: true })
    const run = sessionRun(plan)
    run.lead({ type: 'session.start' })
    expect(run.state).toMatchObject({ phase: 'live', current: second })
    expect(run.join('ana')).toBeUndefined()
  })

  test.each([[2, false], [3, true]])('CS5 that ends keeps no call of %i people, and of them only whether it may be told: %s', (callers, told) => {
    const run = live()
    const people = Array.from({ length: callers }, (_, i) => `person-${i}`)
    for (const person of people) {
      run.join(person)
      run.person(person, { type: 'call.raise', what: 'that-hurt' })
    }
    expect(enoughCalled(run.state)).toBe(told)
    run.end()
    expect(run.state.calls).toEqual({})
    expect(enoughCalled(run.state)).toBe(told)
    expect(facilitatorView(run.state).calls).toEqual({})
  })

  test('SE4 that has ended takes nothing from anybody', () => {
    const run = live()
    run.end()
    const asked: SessionCommand[] = [{ type: 'session.open' }, { type: 'session.start' }, { type: 'session.end' }, { type: 'flow.next' }, { type: 'timer.start', total: MINUTE }, { type: 'pause.set', paused: true }, { type: 'plan.change', plan: run.state.plan }]
    for (const command of asked) expect(run.lead(command), command.type).toBe('ended')
    expect(run.personIn('answers', 'ana', { type: 'write', text: 'x', lang: 'en' })).toBe('ended')
    expect(run.person('ana', { type: 'call.raise', what: 'slow-down' })).toBe('ended')
    expect(run.join('ben')).toBe('ended')
  })
})

describe('the flow', () => {
  test('FL1 next and back walk the run in order, by way of what steps have inside, and stop at its ends', () => {
    const run = live()
    const order = runOrder(run.state.plan)
    const seen = [run.state.current]
    for (let i = 0; i < 200 && run.lead({ type: 'flow.next' }) === undefined; i += 1) if (seen.at(-1) !== run.state.current) seen.push(run.state.current)
    expect(seen).toEqual(order)
    expect(run.lead({ type: 'flow.next' })).toBe('not-found')
    for (let i = 0; i < 200 && run.lead({ type: 'flow.back' }) === undefined; i += 1);
    expect(run.state.current).toBe(order[0])
    expect(run.lead({ type: 'flow.back' })).toBe('not-found')
  })

  test('FL2 a step that the room comes back to has what it had', () => {
    const run = live()
    run.goTo('answers')
    run.personIn('answers', 'ana', { type: 'write', text: 'still here', lang: 'en' })
    run.goTo('board')
    expect(run.personIn('answers', 'ana', { type: 'write', text: 'also from afar', lang: 'en' })).toBeUndefined()
    run.goTo('answers')
    expect(JSON.stringify(run.state.steps.answers?.state)).toMatch(/still here.*also from afar/u)
  })

  test('FL3 of any moves that saw the same, one moves the room', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<SessionCommand>({ type: 'flow.next' }, { type: 'flow.back' }, { type: 'flow.goto', step: 'board' }), { minLength: 2, maxLength: 6 }), (moves) => {
      const run = live()
      run.goTo('closing')
      const flow = run.state.flow
      const answers = moves.map((move) => run.lead({ ...move, flow } as SessionCommand))
      expect(answers[0]).toBeUndefined()
      for (const answer of answers.slice(1)) expect(answer).toBe('moved-on')
      expect(run.state.flow).toBe(flow + 1)
    }))
  })

  test('FL4 one goes straight to any step of the run, but not to where one is, nor to what is hidden', () => {
    const run = live()
    expect(run.lead({ type: 'flow.goto', step: 'board' })).toBeUndefined()
    expect(run.lead({ type: 'flow.goto', step: 'board' })).toBe('already')
    expect(run.lead({ type: 'flow.goto', step: 'no-such-step' })).toBe('not-found')
    const plan = structuredClone(run.state.plan)
    Object.assign(plan.steps.closing as object, { hidden: true })
    run.lead({ type: 'plan.change', plan })
    expect(run.lead({ type: 'flow.goto', step: 'closing' })).toBe('not-found')
  })

  test('FL5 a step counts its time over all visits, and begins with no timer and with the screen on itself', () => {
    const run = live()
    run.goTo('answers')
    run.lead({ type: 'timer.start', total: MINUTE })
    run.lead({ type: 'screen.show', shows: 'blank' })
    run.now += 3 * MINUTE
    run.goTo('board')
    expect(run.state.timer).toBeUndefined()
    expect(run.state.screen).toBe('step')
    run.now += MINUTE
    run.goTo('answers')
    run.now += 2 * MINUTE
    run.goTo('board')
    expect(facilitatorView(run.state).run.answers?.spent).toBe(5 * MINUTE)
  })

  test('FL6 a locked step takes nothing from participants, and everything from facilitators', () => {
    const run = live()
    run.goTo('answers')
    run.lead({ type: 'step.lock', step: 'answers', locked: true })
    expect(run.personIn('answers', 'ana', { type: 'write', text: 'late', lang: 'en' })).toBe('locked')
    expect(run.leadIn('answers', { type: 'reveal' })).toBeUndefined()
    run.lead({ type: 'step.lock', step: 'answers', locked: false })
    expect(run.personIn('answers', 'ana', { type: 'write', text: 'in time', lang: 'en' })).toBeUndefined()
    expect(run.lead({ type: 'step.lock', step: 'not-begun', locked: true })).toBe('not-open')
  })

  test('FL7 a step that has not begun takes nothing', () => {
    expect(live().personIn('closing', 'ana', { type: 'write', text: 'early', lang: 'en' })).toBe('not-open')
  })
})

describe('the timer', () => {
  const left = (run: SessionRun) => {
    const timer = run.state.timer
    return timer === undefined ? undefined : 'ends' in timer ? Math.max(0, timer.ends - run.now) : timer.left
  }

  test('TI2 a minute more is a minute more of what is left, also when it is over or there was none', () => {
    const run = live()
    run.lead({ type: 'timer.add', more: MINUTE })
    expect(left(run)).toBe(MINUTE)
    run.now += MINUTE / 2
    run.lead({ type: 'timer.add', more: MINUTE })
    expect(left(run)).toBe(1.5 * MINUTE)
    run.now += 10 * MINUTE
    expect(left(run)).toBe(0)
    run.lead({ type: 'timer.add', more: MINUTE })
    expect(left(run)).toBe(MINUTE)
    run.lead({ type: 'timer.add', more: -5 * MINUTE })
    expect(left(run)).toBe(0)
  })

  test('TI3 paused, it keeps what is left, however long', () => {
    const run = live()
    expect(run.lead({ type: 'timer.pause' })).toBe('already')
    run.lead({ type: 'timer.start', total: 5 * MINUTE })
    expect(run.lead({ type: 'timer.resume' })).toBe('already')
    run.now += MINUTE
    run.lead({ type: 'timer.pause' })
    expect(run.lead({ type: 'timer.pause' })).toBe('already')
    run.now += 60 * MINUTE
    expect(left(run)).toBe(4 * MINUTE)
    run.lead({ type: 'timer.add', more: MINUTE })
    run.lead({ type: 'timer.resume' })
    expect(left(run)).toBe(5 * MINUTE)
    run.lead({ type: 'timer.clear' })
    expect(left(run)).toBeUndefined()
  })

  test('TI2 TI3 whatever is done to it, it never has less than nothing left', () => {
    const asked = fc.constantFrom<SessionCommand>({ type: 'timer.start', total: MINUTE }, { type: 'timer.add', more: MINUTE }, { type: 'timer.add', more: -MINUTE }, { type: 'timer.pause' }, { type: 'timer.resume' }, { type: 'timer.clear' })
    fc.assert(fc.property(fc.array(fc.tuple(asked, fc.integer({ min: 0, max: 2 * MINUTE })), { maxLength: 20 }), (steps) => {
      const run = live()
      for (const [command, wait] of steps) {
        run.lead(command)
        const rest = left(run)
        if (rest !== undefined) expect(rest).toBeGreaterThanOrEqual(0)
        run.now += wait
      }
    }))
  })
})
