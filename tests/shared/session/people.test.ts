/** PE, PL: who is in a session, and what may become of its plan while they are. */
import { describe, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { planOf } from '../../support/kinds.ts'
import { sessionRun } from '../../support/session-run.ts'

function open(change: (plan: Plan) => void = () => undefined) {
  const plan = planOf(structuredClone(smartGoals), () => true)
  change(plan)
  const run = sessionRun(plan)
  run.lead({ type: 'session.open' })
  return run
}

describe('people', () => {
  test('PE2 the same person again is no event, and keeps number and name', () => {
    const run = open()
    run.join('ana', { name: 'Ana' })
    const before = structuredClone(run.state)
    expect(run.join('ana', { name: 'Another' })).toBeUndefined()
    expect(run.state).toEqual(before)
  })

  test('PE6 where no names are asked for none is kept, whatever the door was told', () => {
    const run = open((plan) => (plan.naming = 'none'))
    run.join('ana', { name: 'Ana' })
    expect(JSON.stringify(run.state.people)).not.toContain('Ana')
  })

  test('PE7 a department is one of the plan’s, or none', () => {
    const run = open()
    run.join('ana', { department: 'safety' })
    run.join('ben', { department: 'no-such' })
    expect([run.state.people.ana?.department, run.state.people.ben?.department]).toEqual(['safety', undefined])
    expect(run.person('ben', { type: 'person.place', department: 'attendance' })).toBeUndefined()
    expect(run.state.people.ben?.department).toBe('attendance')
    expect(run.person('ben', { type: 'person.place', department: 'no-such' })).toBe('not-found')
  })

  test('PE8 everybody has a number of their own, and keeps it', () => {
    const run = open()
    for (const person of ['ana', 'ben', 'cleo']) run.join(person)
    run.lead({ type: 'person.remove', person: 'ben' })
    run.join('dan')
    const numbers = Object.values(run.state.people).map(({ number }) => number)
    expect(new Set(numbers).size).toBe(4)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })

  test('PE5 who was removed is gone from every view, and may not come back', () => {
    const run = open()
    run.join('ana', { name: 'Ana' })
    run.lead({ type: 'person.remove', person: 'ana' })
    expect(run.join('ana')).toBe('not-permitted')
    expect(run.lead({ type: 'person.remove', person: 'ana' })).toBe('not-found')
    for (const view of [everyoneView(run.state), screenView(run.state), facilitatorView(run.state)]) expect(JSON.stringify(view)).not.toMatch(/"ana"|Ana/u)
  })

  test('VW6 names are in the facilitators’ view and one’s own, in no other', () => {
    const run = open()
    run.join('ana', { name: 'Ana Marker' })
    run.join('ben', { name: 'Ben' })
    run.lead({ type: 'session.start' })
    expect(JSON.stringify(facilitatorView(run.state))).toContain('Ana Marker')
    expect(JSON.stringify(mineView(run.state, 'ana', (scope) => scope))).toContain('Ana Marker')
    for (const view of [everyoneView(run.state), screenView(run.state), mineView(run.state, 'ben', (scope) => scope)]) expect(JSON.stringify(view)).not.toContain('Ana Marker')
  })
})

describe('a plan that changes on the day', () => {
  const changed = (run: ReturnType<typeof open>, change: (plan: Plan) => void) => {
    const plan = structuredClone(run.state.plan)
    change(plan)
    return run.lead({ type: 'plan.change', plan })
  }
  const step = (plan: Plan, id: string) => plan.steps[id] as Plan['steps'][string]
  const live = () => {
    const run = open()
    for (const person of ['ana', 'ben', 'cleo']) run.join(person)
    run.lead({ type: 'session.start' })
    run.goTo('answers')
    return run
  }

  test('PL1 keeps every step that has begun, with its kind', () => {
    const run = live()
    expect(changed(run, (plan) => void delete plan.steps.answers)).toBe('frozen')
    expect(changed(run, (plan) => (step(plan, 'answers').activity = step(plan, 'board').activity))).toBe('frozen')
    expect(changed(run, (plan) => void delete plan.steps.closing)).toBeUndefined()
    expect(run.lead({ type: 'flow.goto', step: 'closing' })).toBe('not-found')
  })

  test('PL2 keeps an anonymous step’s anonymity and its threshold from its beginning: a try does not tell whether anybody has answered', () => {
    const run = live()
    const tries = () => [
      changed(run, (plan) => (step(plan, 'answers').anonymous = false)),
      changed(run, (plan) => (plan.k += 1)),
      changed(run, (plan) => (plan.k -= 1)),
    ]
    const before = tries()
    expect(before).toEqual(['frozen', undefined, 'frozen'])
    run.personIn('answers', 'ana', { type: 'write', text: 'in trust', lang: 'en' })
    expect(tries()).toEqual(before)
    run.personIn('answers', 'ana', { type: 'take-back', id: run.lastId })
    expect(tries()).toEqual(before)
  })

  test('PL2 F53 lets a named step become anonymous until somebody has answered, and never the other way round', () => {
    const run = live()
    expect(changed(run, (plan) => (step(plan, 'board').anonymous = false))).toBeUndefined()
    run.goTo('board')
    expect(changed(run, (plan) => (step(plan, 'board').anonymous = true))).toBeUndefined()
    expect(changed(run, (plan) => (step(plan, 'board').anonymous = false))).toBe('frozen')
    const other = live()
    changed(other, (plan) => (step(plan, 'board').anonymous = false))
    other.goTo('board')
    other.personIn('board', 'ana', { type: 'write', text: 'with my name', kind: 'thought', lang: 'en' })
    expect(changed(other, (plan) => (step(plan, 'board').anonymous = true))).toBe('frozen')
  })

  test('PL2 F5 a step keeps the threshold that it began with: a k that rises step by step counts nobody', () => {
    const run = live()
    const { k } = run.state.plan
    for (let i = 0; i < k + 1; i += 1) {
      run.join(`p${i}`)
      run.personIn('answers', `p${i}`, { type: 'write', text: `of ${i}`, lang: 'en' })
    }
    const seen = () => (facilitatorView(run.state).step?.activity as { wrote?: number }).wrote
    const before = seen()
    expect(before).toBe(k)
    for (let more = 1; more <= 4; more += 1) {
      expect(changed(run, (plan) => (plan.k += 1))).toBeUndefined()
      expect(seen()).toBe(before)
    }
  })

  test('PL3 may hide any step but the one that the room is in, and none but has a step left', () => {
    const run = live()
    expect(changed(run, (plan) => (step(plan, 'answers').hidden = true))).toBe('frozen')
    expect(changed(run, (plan) => (step(plan, 'board').hidden = true))).toBeUndefined()
    const draft = open()
    expect(changed(draft, (plan) => Object.values(plan.steps).forEach((each) => (each.hidden = true)))).toBe('bad-shape')
  })

  test('PL4 loses nothing of what was collected', () => {
    const run = live()
    run.personIn('answers', 'ana', { type: 'write', text: 'kept', lang: 'en' })
    const before = structuredClone(run.state.steps)
    expect(changed(run, (plan) => {
      plan.title = { en: 'Another title' }
      step(plan, 'answers').title = { en: 'Another step' }
      step(plan, 'answers').minutes = 99
      step(plan, 'answers').order = -1
    })).toBeUndefined()
    expect(run.state.steps).toEqual(before)
    expect(everyoneView(run.state).step?.title).toEqual({ en: 'Another step' })
  })
})
