/** PE13, PE14, JO10: who is let in, who waits, and when there is no more room. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutPeople } from '#shared/session/erased.ts'
import { howManyCame } from '#shared/session/known.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { doorView, everyoneView, facilitatorView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { planOf } from '../../support/kinds.ts'
import { sessionRun, type SessionRun } from '../../support/session-run.ts'

function open(change: (plan: ReturnType<typeof planOf>) => void = () => undefined): SessionRun {
  const plan = planOf(structuredClone(smartGoals), () => true)
  plan.naming = 'first'
  change(plan)
  const run = sessionRun(plan)
  run.lead({ type: 'session.open' })
  return run
}

const guard = (run: SessionRun, guarded = true) => run.lead({ type: 'doors.guard', guarded })
const inside = ({ state }: SessionRun) => Object.keys(state.people)
const atDoor = ({ state }: SessionRun) => Object.entries(facilitatorView(state).waiting ?? {}).map(([id, { number, notNow }]) => `${id} ${number}${notNow === true ? ' not now' : ''}`)

describe('a guarded door', () => {
  test('PE13 keeps whoever is new outside, known by a number; who is in stays in, and is not asked again', () => {
    const run = open()
    run.join('ana', { name: 'Ana' })
    guard(run)
    expect([run.join('ben', { name: 'Ben' }), run.join('cleo', { name: 'Cleo' }), run.join('ana'), run.join('ben', { name: 'Another' })]).toEqual([undefined, undefined, undefined, undefined])
    expect([inside(run), atDoor(run)]).toEqual([['ana'], ['ben 1', 'cleo 2']])
    expect(facilitatorView(run.state).waiting?.ben).toEqual({ number: 1, name: 'Ben' })
    expect(run.lead({ type: 'person.admit', person: 'cleo' })).toBeUndefined()
    expect(run.state.people.cleo).toEqual({ number: 11, name: 'Cleo' })
    expect(atDoor(run)).toEqual(['ben 1'])
    // Two facilitators at once: the second finds it done.
    expect([run.lead({ type: 'person.admit', person: 'cleo' }), run.lead({ type: 'person.admit', person: 'nobody' }), run.lead({ type: 'person.defer', person: 'cleo' })]).toEqual([undefined, 'not-found', 'not-found'])
  })

  test('PE13 who was told “not now” stays outside, takes nobody’s place, and may be let in after all; “all” are those who wait', () => {
    const run = open()
    guard(run)
    for (const person of ['ana', 'ben', 'cleo']) run.join(person)
    run.lead({ type: 'person.defer', person: 'ana' })
    expect(doorView(run.state, 'ana').is).toBe('not-now')
    expect(run.join('ana')).toBeUndefined()
    expect(atDoor(run)).toEqual(['ana 1 not now', 'ben 2', 'cleo 3'])
    run.lead({ type: 'people.admit' })
    expect([inside(run), atDoor(run)]).toEqual([['ben', 'cleo'], ['ana 1 not now']])
    run.join('dan')
    run.lead({ type: 'people.defer' })
    expect(atDoor(run)).toEqual(['ana 1 not now', 'dan 4 not now'])
    run.lead({ type: 'person.admit', person: 'ana' })
    expect(inside(run)).toEqual(['ben', 'cleo', 'ana'])
  })

  test('PE13 taken off, all who wait come in; who was told “not now” comes in by coming again', () => {
    const run = open()
    guard(run)
    for (const person of ['ana', 'ben', 'cleo']) run.join(person)
    run.lead({ type: 'person.defer', person: 'ben' })
    guard(run, false)
    expect([inside(run), atDoor(run)]).toEqual([['ana', 'cleo'], ['ben 2 not now']])
    run.join('ben')
    expect([inside(run), atDoor(run)]).toEqual([['ana', 'cleo', 'ben'], []])
  })

  test('PE13 lets people in as if each had come alone: with their look-alikes numbered, and into the groups that are there', () => {
    const run = open((plan) => {
      plan.groupings = { pairs: { order: 0, how: 'random', size: 2 } }
      for (const step of Object.values(plan.steps)) step.place = 'pairs'
    })
    for (let i = 0; i < 4; i += 1) run.join(`p${i}`, { name: `P ${i}` })
    run.lead({ type: 'session.start' })
    run.lead({ type: 'groups.form' })
    guard(run)
    for (let i = 0; i < 5; i += 1) run.join(`late${i}`, { name: i < 2 ? 'Ana' : `L ${i}` })
    const alone = structuredClone(run.state)
    run.lead({ type: 'people.admit' })
    expect([run.state.people.late0?.alike, run.state.people.late1?.alike]).toEqual([undefined, true])
    const members = Object.values(run.state.groupings.pairs?.groups ?? {}).flatMap(({ members: of }) => of)
    expect(new Set(members).size).toBe(members.length)
    expect(members).toHaveLength(9)
    for (const { members: of } of Object.values(run.state.groupings.pairs?.groups ?? {})) expect(of.length).toBeGreaterThan(1)
    // Deciding wrote into nothing of the room's own.
    expect(Object.keys(alone.people)).toHaveLength(4)
  })

  test('PE13 PE6 keeps no name that is not asked for, at the door or behind it', () => {
    const run = open()
    guard(run)
    run.join('ana', { name: 'Ana' })
    run.lead({ type: 'plan.change', plan: { ...run.state.plan, naming: 'none' } })
    for (const view of [facilitatorView(run.state), doorView(run.state, 'ana')]) expect(JSON.stringify(view)).not.toContain('Ana')
    run.lead({ type: 'person.admit', person: 'ana' })
    expect(JSON.stringify(run.state.people)).not.toContain('Ana')
  })
})

test('PE14 who is not in is in no view but the facilitators’ and their own, which has nothing of the session but its title', () => {
  const run = open((plan) => Object.assign(plan, { hosts: 'canary hosts', support: 'canary support' }))
  run.lead({ type: 'session.start' })
  guard(run)
  run.join('stranger', { name: 'Canary Name' })
  for (const view of [everyoneView(run.state), screenView(run.state), notesToSend(run.state, 'en'), facilitatorRecord(run.state, run.now, 'en')]) expect(JSON.stringify(view)).not.toMatch(/stranger|Canary Name/u)
  expect(doorView(run.state, 'stranger')).toEqual({ is: 'waiting', title: run.state.plan.title, languages: run.state.plan.languages, number: 1, name: 'Canary Name' })
})

test('PE14 once the session is over nothing is left of who was not let in; to them it is over', () => {
  const run = open()
  run.lead({ type: 'session.start' })
  guard(run)
  run.join('stranger', { name: 'Canary Name' })
  run.end()
  expect(JSON.stringify(run.state)).not.toMatch(/stranger|Canary/u)
  expect(doorView(run.state, 'stranger')).toEqual({ is: 'over', title: run.state.plan.title, languages: run.state.plan.languages })
  expect(run.join('stranger')).toBe('ended')
})

test('PE14 ER2 a name told at the door is erased with its person', () => {
  expect(withoutPeople({ type: 'person.knocked', person: 'ana', name: 'Ana', department: 'safety' }, new Set(['ana']))).toEqual({ type: 'person.knocked', person: 'ana' })
})

describe('room', () => {
  test('JO10 no more people than there is room for: who is in comes back, who left makes room, and one press makes more', () => {
    const run = open()
    run.lead({ type: 'doors.cap', most: 2 })
    expect(['ana', 'ben', 'cleo'].map((person) => run.join(person))).toEqual([undefined, undefined, 'full'])
    expect(run.join('ana')).toBeUndefined()
    run.lead({ type: 'doors.cap', most: 1 })
    expect(inside(run)).toEqual(['ana', 'ben'])
    run.lead({ type: 'doors.cap', most: 2 })
    run.lead({ type: 'person.remove', person: 'ana' })
    expect(run.join('cleo')).toBeUndefined()
    expect(run.join('dan')).toBe('full')
    expect(facilitatorView(run.state).most).toBe(2)
    run.lead({ type: 'doors.cap', most: 3 })
    expect(run.join('dan')).toBeUndefined()
  })

  test('JO10 who waits is counted, who was told “not now” is not; a room holds a thousand before anybody says otherwise', () => {
    const run = open()
    expect(facilitatorView(run.state).most).toBe(1_000)
    run.lead({ type: 'doors.cap', most: 2 })
    guard(run)
    for (const person of ['ana', 'ben']) run.join(person)
    expect(run.join('cleo')).toBe('full')
    run.lead({ type: 'person.defer', person: 'ana' })
    expect(run.join('cleo')).toBeUndefined()
  })
})

/** Whatever facilitators do with the door, and whoever comes in which order. */
const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'] as const
type Deed = { come: string } | { type: 'doors.guard'; guarded: boolean } | { type: 'doors.cap'; most: number } | { type: 'doors.lock'; locked: boolean } | { type: 'person.admit' | 'person.defer' | 'person.remove'; person: string } | { type: 'people.admit' | 'people.defer' }
const person = fc.constantFrom(...PEOPLE)
const deeds = fc.array(
  fc.oneof<fc.Arbitrary<Deed>[]>(
    { weight: 4, arbitrary: fc.record({ come: person }) } as never,
    fc.record({ type: fc.constant('doors.guard' as const), guarded: fc.boolean() }),
    fc.record({ type: fc.constant('doors.cap' as const), most: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ type: fc.constant('doors.lock' as const), locked: fc.boolean() }),
    fc.record({ type: fc.constantFrom('person.admit' as const, 'person.defer' as const, 'person.remove' as const), person }),
    fc.constantFrom({ type: 'people.admit' as const }, { type: 'people.defer' as const }),
  ),
  { maxLength: 40 },
)

test('PE13 JO10 nobody is both in and at the door; nobody new comes in unless let in, nor beyond the room; nobody who is in goes by anything but being removed', () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const run = open()
      for (const deed of all) {
        const { plan: _, ...held } = run.state
        const before = structuredClone(held)
        if ('come' in deed) {
          const refused = run.join(deed.come, { name: deed.come })
          const isNew = run.state.people[deed.come] !== undefined && before.people[deed.come] === undefined
          if (isNew) {
            expect([before.guarded === true, before.doorsLocked === true]).toEqual([false, false])
            expect(Object.values(before.people).filter(({ removed }) => removed !== true).length).toBeLessThan(before.most ?? 1_000)
          }
          if (refused !== undefined) expect(run.state).toMatchObject(before)
        } else run.lead(deed as never)
        for (const [id, one] of Object.entries(before.people)) expect(run.state.people[id]).toMatchObject(one)
        expect(Object.keys(run.state.waiting).filter((id) => id in run.state.people)).toEqual([])
        if (run.state.guarded !== true) expect(Object.values(run.state.waiting).every(({ notNow }) => notNow === true)).toBe(true)
        const numbers = Object.values(run.state.waiting).map(({ number }) => number)
        expect(new Set(numbers).size).toBe(numbers.length)
        const everybody = Object.values(run.state.people)
        expect(howManyCame(run.state)).toBe(everybody.length)
        expect(new Set(everybody.map(({ number }) => number)).size).toBe(everybody.length)
      }
    }),
    { numRuns: 200 },
  )
})
