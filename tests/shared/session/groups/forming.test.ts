import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everybody } from '#shared/session/groups/people.ts'
import { plan, PLACE, room, together, type Room } from './world.ts'

const met = (groups: string[][]): Set<string> =>
  new Set(groups.flatMap((group) => group.flatMap((a) => group.filter((b) => b !== a).map((b) => `${a} ${b}`))))

describe('GR1 forming by a draw', () => {
  test('a facilitator forms pairs; a participant may not', () => {
    const world = room(plan('random', 2), 7)
    expect(world.says('p0', { type: 'groups.form' })).toEqual({ refused: 'not-permitted' })
    expect(world.facilitator({ type: 'groups.form' })).toBeUndefined()
    expect(world.groups().map((group) => group.length).sort()).toEqual([2, 2, 3])
    expect(together(world.groups())).toEqual(everybody(world.state).sort())
  })

  test('the size can be chosen on the day', () => {
    const world = room(plan('random', 2), 12)
    world.facilitator({ type: 'groups.form', size: 4 })
    expect(world.groups().map((group) => group.length)).toEqual([4, 4, 4])
  })

  test('names on the keep-apart list are understood whatever their case, accents and last names', () => {
    const names = ['José Díaz', 'ana ruiz', 'Kim', 'Lee']
    const of = plan('random', 2, { keepApart: { one: { a: 'JOSE', b: 'Ana  Ruiz' } } })
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const world = room(of, 4, seed, (i) => ({ name: names[i] ?? '' }))
        world.facilitator({ type: 'groups.form' })
        expect(met(world.groups()).has('p0 p1')).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  test('facilitators can keep two people apart, and take that back', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const world = room(plan('random', 2), 4, seed)
        world.facilitator({ type: 'groups.apart', a: 'p0', b: 'p1', apart: true })
        world.facilitator({ type: 'groups.form' })
        expect(met(world.groups()).has('p0 p1')).toBe(false)
      }),
      { numRuns: 30 },
    )
    const world = room(plan('random', 2), 4)
    world.facilitator({ type: 'groups.apart', a: 'p1', b: 'p0', apart: true })
    world.facilitator({ type: 'groups.apart', a: 'p0', b: 'p1', apart: false })
    expect(world.state.apart).toEqual({})
    expect(world.facilitator({ type: 'groups.apart', a: 'p0', b: 'constructor', apart: true })).toEqual({ refused: 'not-found' })
  })

  test('GR3 forming again brings others together, and so does another grouping', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 40 }), fc.string(), (n, seed) => {
        const world = room(plan('random', 2), n, seed)
        world.facilitator({ type: 'groups.form' })
        const first = met(world.groups())
        world.facilitator({ type: 'groups.form' })
        const second = met(world.groups())
        expect([...second].filter((pair) => first.has(pair))).toEqual([])
        world.facilitator({ type: 'groups.form', grouping: 'tables', size: 2 })
        expect([...met(world.groups('tables'))].filter((pair) => first.has(pair) || second.has(pair))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('equity partners stay together in the next step that takes place with them', () => {
    const world = room(plan('random', 2), 8)
    world.facilitator({ type: 'groups.form' })
    const before = world.groups()
    world.facilitator({ type: 'flow.next' })
    expect(world.state.current).toBe('second')
    expect(world.groups()).toEqual(before)
  })

  test('who stays where they are is not drawn', () => {
    const world = room(plan('random', 2), 5)
    world.says('p2', { type: 'groups.stay', stays: true })
    world.facilitator({ type: 'groups.form' })
    expect(together(world.groups())).toEqual(['p0', 'p1', 'p3', 'p4'])
  })
})

describe('GR4 forming by department', () => {
  const departments = ['hr', 'hr', 'hr', 'hr', 'hr', 'hr', 'safety', 'safety', 'office']
  const world = (size = 3) => {
    const made = room(plan('departments', size), departments.length + 1, 'seed', (i) => (departments[i] === undefined ? {} : { department: departments[i] }))
    made.facilitator({ type: 'groups.form' })
    return made
  }

  test('each department sits together, a big one in groups of the size, a single person joins others', () => {
    const made = world()
    expect(made.groups().map((group) => group.length)).toEqual([3, 3, 3])
    expect(made.groups()[2]).toEqual(expect.arrayContaining(['p6', 'p7', 'p8']))
  })

  test('who has not said a department is asked, and placed when they say it', () => {
    const made = world()
    expect(together(made.groups())).not.toContain('p9')
    made.says('p9', { type: 'person.place', department: 'safety' })
    expect(made.groups()[2]).toContain('p9')
  })

  test('who corrects themselves moves, and leaves nobody alone', () => {
    const made = room(plan('departments', 4), 4, 'seed', (i) => ({ department: i < 2 ? 'hr' : 'safety' }))
    made.facilitator({ type: 'groups.form' })
    made.says('p0', { type: 'person.place', department: 'safety' })
    expect(made.groups().map((group) => [...group].sort())).toEqual([['p0', 'p2', 'p3']])
    made.says('p1', { type: 'person.place', department: 'safety' })
    expect(together(made.groups())).toEqual(['p0', 'p1', 'p2', 'p3'])
  })

  test('two late people of a new department wait for each other', () => {
    const made = world()
    made.join('late1', { department: 'office' })
    const before = together(made.groups())
    made.join('late2', { department: 'office' })
    expect(before).not.toContain('late1')
    expect(made.groups().at(-1)?.sort()).toEqual(['late1', 'late2'])
  })

  test('whoever says what when, nobody is alone and everybody with a department of two is placed', () => {
    const names = ['hr', 'safety', 'office']
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 2, maxLength: 60 }), fc.array(fc.nat(2), { maxLength: 12 }), fc.integer({ min: 2, max: 6 }), (early, late, size) => {
        const made = room(plan('departments', size), early.length, 'seed', (i) => ({ department: names[early[i] ?? 0] ?? 'hr' }))
        made.facilitator({ type: 'groups.form' })
        expect(together(made.groups())).toHaveLength(early.length)
        late.forEach((department, i) => made.join(`late${i}`, { department: names[department] ?? 'hr' }))
        expect(made.groups().every((group) => group.length >= 2)).toBe(true)
        expect(new Set(together(made.groups())).size).toBe(together(made.groups()).length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('GR5 latecomers after a draw', () => {
  test('the first joins a pair, and where every pair is a three, two make a new one', () => {
    const world = room(plan('random', 2), 2)
    world.facilitator({ type: 'groups.form' })
    world.join('late1')
    expect(world.groups().map((group) => group.length)).toEqual([3])
    world.join('late2')
    expect(together(world.groups())).not.toContain('late2')
    world.join('late3')
    expect(world.groups().map((group) => group.length)).toEqual([3, 2])
  })

  test('nobody is put beside somebody whom they are to be kept apart from: they wait', () => {
    const world = room(plan('random', 2, { keepApart: { one: { a: 'Ana', b: 'Ben' } } }), 2, 'seed', (i) => ({ name: i === 0 ? 'Ana' : 'Cleo' }))
    world.facilitator({ type: 'groups.form' })
    world.join('ben', { name: 'Ben' })
    expect(together(world.groups())).not.toContain('ben')
  })

  test('before a draw, and among neighbours, they wait', () => {
    const before = room(plan('random', 2), 4)
    before.join('late')
    expect(before.groups()).toEqual([])
    const neighbours = room(plan('neighbours', 2), 2)
    neighbours.says('p0', { type: 'groups.pair', number: 11 })
    neighbours.join('late')
    expect(neighbours.groups()).toHaveLength(1)
    expect(together(neighbours.groups())).toEqual(['p0', 'p1'])
  })

  test('those who wait can be drawn among themselves, the groups that there are stay', () => {
    const world = room(plan('neighbours', 2), 7)
    world.says('p0', { type: 'groups.pair', number: 11 })
    const pair = [...(world.groups()[0] ?? [])]
    world.facilitator({ type: 'groups.form', rest: true })
    expect(world.groups()[0]).toEqual(pair)
    expect(together(world.groups())).toHaveLength(7)
    world.join('late')
    world.facilitator({ type: 'groups.form', rest: true })
    expect(together(world.groups())).toContain('late')
  })
})

/** Whatever is done by participants and draws (hands may begin a table with one). */
const act = fc.oneof(
  fc.record({ do: fc.constant('join' as const), i: fc.nat(30) }),
  fc.record({ do: fc.constant('remove' as const), i: fc.nat(30) }),
  fc.record({ do: fc.constant('stay' as const), i: fc.nat(30), stays: fc.boolean() }),
  fc.record({ do: fc.constant('other' as const), i: fc.nat(30) }),
  fc.record({ do: fc.constant('pair' as const), i: fc.nat(30), number: fc.integer({ min: 10, max: 40 }) }),
  fc.record({ do: fc.constant('leave' as const), i: fc.nat(30) }),
  fc.record({ do: fc.constant('form' as const), i: fc.nat(30), rest: fc.boolean(), size: fc.integer({ min: 2, max: 5 }) }),
  fc.record({ do: fc.constant('place' as const), i: fc.nat(30), department: fc.constantFrom('hr', 'safety', 'office') }),
)

function perform(world: Room, one: typeof act extends fc.Arbitrary<infer T> ? T : never): void {
  const person = `p${one.i}`
  switch (one.do) {
    case 'join':
      return world.join(person)
    case 'remove':
      return void world.facilitator({ type: 'person.remove', person })
    case 'stay':
      return void world.says(person, { type: 'groups.stay', stays: one.stays })
    case 'other':
      return void world.says(person, { type: 'groups.other' })
    case 'pair':
      return void world.says(person, { type: 'groups.pair', number: one.number })
    case 'leave':
      return void world.says(person, { type: 'groups.leave' })
    case 'form':
      return void world.facilitator({ type: 'groups.form', rest: one.rest, size: one.size })
    case 'place':
      return void world.says(person, { type: 'person.place', department: one.department })
  }
}

describe('GR1 whatever happens', () => {
  test.each(['random', 'neighbours', 'departments'] as const)('by %s, nobody is alone, in two groups, removed and still there, or in a group while staying', (how) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 25 }), fc.array(act, { maxLength: 40 }), fc.string(), (n, acts, seed) => {
        const world = room(plan(how, 2), n, seed)
        for (const one of acts) {
          perform(world, one)
          const groups = world.groups()
          const placed = groups.flat()
          expect(groups.every((group) => group.length >= 2)).toBe(true)
          expect(new Set(placed).size).toBe(placed.length)
          expect(placed.filter((person) => world.state.people[person]?.removed === true)).toEqual([])
          expect(placed.filter((person) => world.state.groupings[PLACE]?.staying[person] === true)).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })
})
