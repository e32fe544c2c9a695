/** Erasing, by the rules alone: a contribution, a person by others, a person by their own phone; live, ended, of every kind. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindOf } from '#shared/activities/registry.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { replacedBy, stepOf } from '#shared/session/events.ts'
import { decideActivity, decideSession } from '#shared/session/decide.ts'
import { withoutPeople } from '#shared/session/erased.ts'
import { evolve, fold } from '#shared/session/evolve.ts'
import type { Plan } from '#shared/session/plan.ts'
import { arbitraries, planOf } from '../../support/kinds.ts'
import { sessionRun, type SessionRun } from '../../support/session-run.ts'
import { tagOf } from '../../support/stage.ts'
import { canonical } from '../../support/until.ts'

const PEOPLE = ['person-Ana', 'person-Ben', 'person-Chus', 'person-Dia']
const all = (anonymous: boolean): Plan => ({ ...planOf(structuredClone(smartGoals), () => anonymous), naming: 'first', k: 3 })

/** A live session with a step of every kind, all of which have begun. */
function room(anonymous: boolean): SessionRun {
  const run = sessionRun(all(anonymous))
  run.lead({ type: 'session.open' })
  for (const person of PEOPLE) run.join(person, { name: `name of ${person}` })
  run.lead({ type: 'session.start' })
  for (const step of Object.keys(run.state.plan.steps)) run.goTo(step)
  return run
}

/** What one person of the room would say in each step that takes texts. */
const said = (person: string) => `words of ${person}`

function write(run: SessionRun, step: string, person: string, text = said(person)): string {
  const command = { type: 'write', text, ...(step === 'board' ? { kind: 'question' } : {}) }
  expect(run.personIn(step, person, command)).toBeUndefined()
  return run.lastId
}

function whole(anonymous: boolean): SessionRun {
  const run = room(anonymous)
  for (const person of PEOPLE) {
    for (const step of ['answers', 'board', 'closing']) write(run, step, person)
    run.personIn('check-in', person, { type: 'answer', weather: 'foggy' })
    run.goTo('board')
    run.personIn('moments', person, { type: 'mark', moment: 'reminding' })
    run.goTo('answers')
    run.personIn('moments', person, { type: 'mark', moment: 'reminding' })
    run.person(person, { type: 'call.raise', what: 'slow-down' })
    run.person(person, { type: 'call.raise', what: 'find-me' })
  }
  return run
}

const bytes = (run: SessionRun) => JSON.stringify(run.state)
const tagsOf = (person: string) => ['answers', 'board', 'closing', 'check-in', 'moments/board', 'moments/answers', 'calls/answers', 'calls/board'].map((scope) => tagOf(person, scope))

describe('F60 one post', () => {
  test.each([false, true])('ER1 of any wall is gone from the state, and the step stands for all that was before (anonymous: %s)', (anonymous) => {
    for (const step of ['answers', 'board', 'closing']) {
      const run = whole(anonymous)
      run.join('person-Eli')
      const id = write(run, step, 'person-Eli', 'a student named Zoe')
      expect(run.lead({ type: 'post.erase', step, id })).toBeUndefined()
      expect(bytes(run)).not.toContain('Zoe')
      expect(bytes(run)).toContain(said('person-Ben'))
      expect(run.lead({ type: 'post.erase', step, id })).toBe('not-found')
    }
  })
  test('ER1 also where a kind knows its texts by their places, and once the session has ended', () => {
    const run = room(false)
    const node = Object.keys((run.state.plan.steps['goal-tree']?.activity.config as { objectives: object }).objectives)[0] ?? ''
    run.leadIn('goal-tree', { type: 'write', node, text: 'Zoe reads', seen: 0 })
    run.leadIn('goal-tree', { type: 'judge', criterion: 'specific', verdict: 'yes', note: 'names Zoe', seen: 0 })
    run.end()
    expect(run.lead({ type: 'post.erase', step: 'goal-tree', id: node })).toBeUndefined()
    expect(run.lead({ type: 'post.erase', step: 'goal-tree', id: '@criteria' })).toBeUndefined()
    expect(bytes(run)).not.toContain('Zoe')
  })
  test('ER1 a sealed step is sealed anew, without it', () => {
    const run = whole(true)
    const id = write(run, 'board', 'person-Ana', 'a student named Zoe')
    run.end()
    expect(run.state.steps.board?.sealed).toBe(true)
    expect(run.lead({ type: 'post.erase', step: 'board', id })).toBeUndefined()
    expect(run.state.steps.board?.sealed).toBe(true)
    expect(bytes(run)).not.toContain('Zoe')
  })
})

describe('F51 a person', () => {
  test('ER2 whom facilitators erase has no name, no words under it and no place in lists; a number stays for their place', () => {
    const run = whole(false)
    run.lead({ type: 'groups.apart', a: 'person-Ana', b: 'person-Ben', apart: true })
    const { number } = run.state.people['person-Ana'] ?? {}
    expect(run.lead({ type: 'person.erase', person: 'person-Ana' })).toBeUndefined()
    expect(run.state.people['person-Ana']).toEqual({ number, removed: true, erased: true })
    expect(bytes(run)).not.toContain('words of person-Ana')
    expect(bytes(run)).not.toContain('name of person-Ana')
    expect(run.state.apart).toEqual({})
    expect(Object.values(run.state.calls).some((call) => call.by === 'person-Ana')).toBe(false)
    expect(bytes(run)).toContain(said('person-Ben'))
    expect(run.lead({ type: 'person.erase', person: 'person-Ana' })).toBe('already')
    expect(run.lead({ type: 'person.erase', person: 'nobody-here' })).toBe('not-found')
  })
  test('ER2 without their phone nobody finds what they said without a name', () => {
    const run = whole(true)
    run.lead({ type: 'person.erase', person: 'person-Ana' })
    expect(bytes(run)).toContain(said('person-Ana'))
  })
  test('ER3 who asks with their own phone loses every trace, of every step, mark and call', () => {
    const run = whole(true)
    for (const tag of tagsOf('person-Ana').slice(0, 7)) expect(bytes(run), 'the search finds what is there').toContain(tag)
    expect(run.person('person-Ana', { type: 'own.erase' })).toBeUndefined()
    for (const tag of tagsOf('person-Ana')) expect(bytes(run)).not.toContain(tag)
    expect(bytes(run)).not.toContain('words of person-Ana')
    for (const tag of tagsOf('person-Ben').slice(0, 7)) expect(bytes(run)).toContain(tag)
  })
  test('ER3 after the end, what was sealed can be linked to nobody any more, and stays', () => {
    const [anonymous, named] = [whole(true), whole(false)]
    for (const run of [anonymous, named]) {
      run.end()
      expect(run.person('person-Ana', { type: 'own.erase' })).toBeUndefined()
      expect(bytes(run)).not.toContain('name of person-Ana')
    }
    expect(bytes(anonymous)).toContain(said('person-Ana'))
    expect(bytes(named)).not.toContain('words of person-Ana')
  })
})

/** Every act of anybody, decided, folded and kept as a room and its log do it. */
function kept(anonymous: boolean) {
  const run = room(anonymous)
  let log: SessionEvent[] = [{ type: 'session.created', plan: run.state.plan }]
  const plain = sessionRun(structuredClone(run.state.plan))
  let commands = 0
  return {
    run: plain,
    act(person: string | undefined, step: string | undefined, command: { type: string }): boolean {
      commands += 1
      const context = { tag: (scope: string) => tagOf(person ?? 'nobody', scope), now: 1, seed: `s${commands}`, id: `id-${commands}`, ...(person === undefined ? { sender: 'facilitator' as const } : { sender: 'participant' as const, person }) }
      const decision = step === undefined ? decideSession(plain.state, command as never, context) : decideActivity(plain.state, step, command, context)
      if ('refused' in decision) return false
      this.keep(decision.events)
      return true
    },
    keep(events: SessionEvent[]) {
      for (const event of events) {
        const step = replacedBy(event)
        if (step !== undefined) log = log.filter((before) => stepOf(before) !== step)
        const people = new Set(event.type === 'person.erased' ? [event.person] : [])
        log = log.map((before) => withoutPeople(before, people) ?? before)
        log.push(structuredClone(event))
        evolve(plain.state, structuredClone(event), 1)
      }
    },
    log: () => log,
  }
}

test('F51 ER4 a log that erasing wrote anew folds into the state that the room has, whatever happened', () => {
  const kinds = arbitraries.filter(({ kind }) => kindOf(kind) !== undefined)
  const act = fc.oneof(
    ...kinds.map(({ kind, participant }) => participant.map((command) => ({ who: true, step: kind as string | undefined, command }))),
    ...kinds.map(({ kind, facilitator }) => facilitator.map((command) => ({ who: false, step: kind as string | undefined, command }))),
    fc.constantFrom('flow.next', 'flow.back').map((type) => ({ who: false, step: undefined, command: { type } })),
    fc.constant({ who: true, step: undefined, command: { type: 'own.erase' } }),
    fc.constant({ who: true, step: undefined, command: { type: 'call.raise', what: 'slow-down' } }),
    fc.constantFrom(...PEOPLE).map((person) => ({ who: false, step: undefined, command: { type: 'person.erase', person } })),
    fc.tuple(fc.constantFrom('answers', 'board', 'closing'), fc.integer({ min: 1, max: 60 })).map(([step, n]) => ({ who: false, step: undefined, command: { type: 'post.erase', step, id: `id-${n}` } })),
  )
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...PEOPLE), act), { maxLength: 60, minLength: 20 }), fc.boolean(), (moves, anonymous) => {
    const it = kept(anonymous)
    it.keep([{ type: 'session.opened' }])
    for (const person of PEOPLE) it.keep([{ type: 'person.joined', person, name: `name of ${person}` }])
    for (const step of Object.keys(it.run.state.plan.steps)) it.keep([{ type: 'step.entered', step }])
    for (const [person, { who, step, command }] of moves) it.act(who ? person : undefined, step, command)
    const again = fold('session', it.log().map((event) => ({ event: structuredClone(event), at: 1 })))
    expect(canonical(again)).toBe(canonical(it.run.state))
    for (const person of PEOPLE) if (it.run.state.people[person]?.erased === true) expect(JSON.stringify(it.log())).not.toContain(`name of ${person}`)
  }), { numRuns: 60, seed: 51 })
})
