import { expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { bondsOf, bondsOfSome, weight } from '#shared/session/groups/bonds.ts'
import { plan, PLACE, room } from './world.ts'

test.each([0, 1, 2, 3])('GR2 who comes late is weighed as if everybody were: session %i', (seed) => {
  const dice = random(`bonds/${seed}`)
  const world = room(plan('random', 2 + (seed % 3), { keepApart: { pair: { a: 'Name 1', b: 'Name 2' } } }), 11, `bonds ${seed}`, (i) => ({ name: `Name ${i}` }))
  const people = Object.keys(world.state.people)
  let heavy = 0
  for (let i = 0; i < 12; i += 1) {
    if (i % 4 === 0) world.facilitator({ type: 'groups.form' })
    else if (i % 4 === 1) world.says(`p${dice.below(11)}`, { type: 'groups.other' })
    else if (i % 4 === 2) world.facilitator({ type: 'groups.apart', a: `p${dice.below(11)}`, b: `p${dice.below(11)}`, apart: dice.below(3) > 0 })
    else world.facilitator({ type: 'groups.move', person: `p${dice.below(11)}`, group: Object.keys(world.state.groupings[PLACE]?.groups ?? {})[0] ?? 'new' })
    const [all, some] = [bondsOf(world.state), bondsOfSome(world.state)]
    for (const a of people) for (const b of people) {
      expect(weight(some, a, b), `${a} and ${b} after ${i}`).toBe(weight(all, a, b))
      heavy += weight(all, a, b)
    }
  }
  expect(heavy).toBeGreaterThan(0)
})
