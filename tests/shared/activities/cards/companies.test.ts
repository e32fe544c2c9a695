/** What is looked up of an anonymous wall, and what is stored of it, is what who remembers nothing finds. */
import { expect, test } from 'vitest'
import { companyOf } from '#shared/activities/cards/companies.ts'
import { decideCards } from '#shared/activities/cards/decide.ts'
import { copyCards, evolveCards } from '#shared/activities/cards/evolve.ts'
import { cardsJson } from '#shared/activities/cards/json.ts'
import { emptyCards, type CardsCommand, type CardsState } from '#shared/activities/cards/model.ts'
import { redactCards } from '#shared/activities/cards/seal.ts'
import { random } from '#shared/random.ts'

const AUTHORS = Array.from({ length: 7 }, (_, i) => `tag-${i}`)

const slowly = (state: CardsState, company: number | undefined) => state.wall.filter((id) => state.cards[id]?.company === company)

test.each([0, 1, 2])('CA4 ER1 who waits with whom, and what is left once cards are gone, however it came to be: wall %i', (seed) => {
  const dice = random(`companies/${seed}`)
  let state = emptyCards()
  const seen = { settled: 0, gone: 0 }
  evolveCards(state, { type: 'revealed' })
  for (let i = 0; i < 400; i += 1) {
    const author = AUTHORS[dice.below(AUTHORS.length)] ?? ''
    const own = Object.keys(state.people[author]?.cards ?? {})
    const id = own[dice.below(Math.max(1, own.length))] ?? ''
    const command: CardsCommand = ([{ type: 'write', text: `first ${i}` }, { type: 'edit', id, text: `then ${i}` }, { type: 'take-back', id }, { type: 'echo', id: state.wall[dice.below(Math.max(1, state.wall.length))] ?? '', on: true }] as const)[dice.below(4)] ?? { type: 'reveal' }
    const decision = decideCards(state, command, { author, anonymous: true, k: 3, seed: `seed ${i}`, id: `card-${i}` }, { perPerson: 6, length: 100 })
    // As an erasure does, which stands for all that was before it.
    if (i % 3 === 0) state = copyCards(state)
    for (const event of 'events' in decision ? decision.events : []) {
      evolveCards(state, event)
      if (event.type === 'settled') seen.settled += 1
      if (event.type === 'settled') seen.gone += event.gone.length
    }
    if (i % 90 === 89) redactCards(state, i % 180 === 89 ? { author } : { id: state.wall[0] ?? '' })
    for (const company of new Set(Object.values(state.cards).map((card) => card.company))) {
      expect(companyOf(state, company).map((one) => one.id)).toEqual(slowly(state, company))
    }
    expect(cardsJson(state)).toBe(JSON.stringify(state))
  }
  expect(Math.min(seen.settled, seen.gone)).toBeGreaterThan(0)
})
