/** A wall that is laid out again after each change is the wall that is laid out once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FACILITATORS, type Surroundings } from '#shared/activities/activity.ts'
import { copyCards, evolveCards } from '#shared/activities/cards/evolve.ts'
import { cardsJson } from '#shared/activities/cards/json.ts'
import { emptyCards, type CardsEvent, type CardsState } from '#shared/activities/cards/model.ts'
import { everyoneCards, facilitatorCards, screenCards } from '#shared/activities/cards/views.ts'
import { diff } from '#shared/wire/merge-patch.ts'

const around: Surroundings<unknown> = {
  config: {},
  step: 'step',
  title: {},
  anonymous: false,
  k: 3,
  steps: {},
  currentStep: 'step',
  departments: { north: { order: 1, name: { en: 'North', es: 'Norte' } }, south: { order: 0, name: { en: 'South', es: 'Sur' } } },
  nameOf: (author) => `Name of ${author}`,
  departmentOf: (author) => ({ p0: 'north', p1: 'south', p2: 'gone' })[author],
  stateOf: () => undefined,
  sameFor: {},
}

/** Of few lines and of many: pages break by their number, and by their length. */
const text = fc.integer({ min: 1, max: 900 }).map((length) => 'x'.repeat(length))
const at = fc.nat({ max: 400 })
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('write' as const), text, by: fc.nat({ max: 5 }), waits: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('edit' as const), at, text }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('take-back' as const, 'hide' as const, 'unhide' as const, 'park' as const, 'echo' as const, 'release' as const, 'look' as const), at }) },
)

function eventsOf(state: CardsState, one: typeof change extends fc.Arbitrary<infer C> ? C : never, n: number): CardsEvent[] {
  if (one.type === 'write') {
    const id = `new-${n}`
    const written: CardsEvent = { type: 'written', id, by: one.by === 5 ? FACILITATORS : `p${one.by}`, text: one.text }
    return one.waits ? [written] : [written, { type: 'released', ids: [id], by: [] }]
  }
  // What waits can be hidden and changed as well.
  const ids = one.type === 'release' ? Object.keys(state.waiting) : one.at % 3 === 0 ? Object.keys(state.cards) : state.wall
  const id = ids[one.at % Math.max(1, ids.length)]
  if (id === undefined) return []
  const by = state.cards[id]?.by ?? ''
  switch (one.type) {
    case 'edit':
      return [{ type: 'edited', id, by, text: one.text }]
    case 'take-back':
      return [{ type: 'taken-back', id, by }]
    case 'hide':
      return [{ type: 'hidden', id, by, reason: 'other' }]
    case 'unhide':
      return [{ type: 'unhidden', id, by }]
    case 'park':
      if (state.cards[id]?.order === undefined) return []
      return [{ type: 'parked', id }]
    case 'echo':
      return [{ type: 'echoed', id, by: 'p9', on: true }]
    case 'release':
      return [{ type: 'released', ids: [id], by: [by] }]
    case 'look':
      return []
  }
}

test.each([false, true])('VW1 CA3 the wall is the same for who remembers how it was; by department: %s', (byDepartment) => {
  fc.assert(
    fc.property(fc.nat({ max: 120 }), fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { maxLength: 25 }), (cards, rounds) => {
      let state = emptyCards()
      evolveCards(state, { type: 'revealed' })
      for (let n = 0; n < cards; n++) for (const event of eventsOf(state, { type: 'write', text: 'x'.repeat(1 + ((n * 97) % 500)), by: n % 6, waits: false }, -n)) evolveCards(state, event)
      const views = (of: CardsState) => [facilitatorCards(of, around, byDepartment), screenCards(of, around, byDepartment), everyoneCards(of, around, byDepartment)]
      const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
      let before = views(state)
      let told = plain(before)
      let n = 0
      for (const round of rounds) {
        for (const one of round) {
          const events = eventsOf(state, one, (n += 1))
          const whole = JSON.stringify(state)
          const left = copyCards(state)
          for (const event of events) evolveCards(left, event)
          expect(JSON.stringify(state)).toBe(whole)
          for (const event of events) evolveCards(state, event)
          expect(JSON.stringify(left)).toBe(JSON.stringify(state))
          // As an erasure does, which stands for all that was before it.
          if (one.type === 'take-back') state = left
          expect(cardsJson(state), 'as it is stored').toBe(JSON.stringify(state))
        }
        const now = views(state)
        expect(JSON.stringify(now)).toBe(JSON.stringify(views(plain(state))))
        now.forEach((view, i) => expect(JSON.stringify(diff(before[i], view))).toBe(JSON.stringify(diff(told[i], plain(view)))))
        before = now
        told = plain(now)
      }
    }),
    { numRuns: 60 },
  )
})

test('CA5 what facilitators hid while it waited is in their list once it is on the wall', () => {
  const state = emptyCards()
  for (const id of ['one', 'two']) evolveCards(state, { type: 'written', id, by: `of ${id}`, text: 'A word' })
  evolveCards(state, { type: 'hidden', id: 'one', by: 'of one', reason: 'other' })
  expect(Object.keys(facilitatorCards(state, around).cards)).toEqual(['one', 'two'])
  evolveCards(state, { type: 'revealed' })
  evolveCards(state, { type: 'released', ids: ['one', 'two'], by: ['of one', 'of two'] })
  expect(facilitatorCards(state, around).cards).toMatchObject({ one: { hidden: { reason: 'other' } }, two: { page: 0 } })
  expect(Object.keys(screenCards(state, around).cards)).toEqual(['two'])
})
