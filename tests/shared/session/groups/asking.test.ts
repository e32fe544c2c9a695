import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideSession } from '#shared/session/decide.ts'
import { evolve } from '#shared/session/evolve.ts'
import { sealing } from '#shared/session/flow.ts'
import { facilitatorView, mineView } from '#shared/session/views/views.ts'
import { plan, PLACE, room, together } from './world.ts'

const mine = (world: ReturnType<typeof room>, person: string) => mineView(world.state, person, (scope) => `${scope}/${person}`).groups

describe('GR6 neighbours', () => {
  test('each phone has a number of its own: two digits, three from the ninety-first person on', () => {
    const world = room(plan('neighbours', 2), 95)
    const numbers = Object.keys(world.state.people).map((person) => mine(world, person)?.number ?? 0)
    expect(new Set(numbers).size).toBe(95)
    expect([numbers[0], numbers[89], numbers[90]]).toEqual([10, 99, 100])
  })

  test('one types the number of the other and they are a pair, known to each other by number or name', () => {
    const world = room(plan('neighbours', 2), 3, 'seed', (i) => (i === 1 ? { name: 'Ben' } : {}))
    expect(world.says('p0', { type: 'groups.pair', number: 11 })).toBeUndefined()
    expect(mine(world, 'p0')?.group?.partners).toEqual({ 11: { order: expect.any(Number), name: 'Ben' } })
    expect(mine(world, 'p1')?.group?.partners).toEqual({ 10: { order: expect.any(Number) } })
    expect(mine(world, 'p2')).toMatchObject({ is: 'waiting' })
  })

  test('typed on both phones it is one pair; an odd one makes a three; a fourth is refused', () => {
    const world = room(plan('neighbours', 2), 4)
    world.says('p0', { type: 'groups.pair', number: 11 })
    const before = world.log.length
    expect(world.says('p1', { type: 'groups.pair', number: 10 })).toBeUndefined()
    expect(world.log).toHaveLength(before)
    world.says('p2', { type: 'groups.pair', number: 10 })
    expect(together(world.groups())).toEqual(['p0', 'p1', 'p2'])
    expect(world.says('p3', { type: 'groups.pair', number: 10 })).toEqual({ refused: 'too-many' })
  })

  test('a number that nobody has, one’s own, and that of somebody who stays are not found', () => {
    const world = room(plan('neighbours', 2), 2)
    world.says('p1', { type: 'groups.stay', stays: true })
    for (const number of [10, 11, 77]) expect(world.says('p0', { type: 'groups.pair', number })).toEqual({ refused: 'not-found' })
  })

  test('a mistyped number is undone by typing the right one, or by leaving', () => {
    const world = room(plan('neighbours', 2), 4)
    world.says('p0', { type: 'groups.pair', number: 13 })
    world.says('p0', { type: 'groups.pair', number: 11 })
    expect(world.groups().map((group) => [...group].sort())).toEqual([['p0', 'p1']])
    expect(mine(world, 'p3')?.is).toBe('waiting')
    world.says('p1', { type: 'groups.leave' })
    expect(world.groups()).toEqual([])
  })

  test('only in a neighbours’ step, and only for the grouping that the room is in', () => {
    const drawn = room(plan('random', 2), 2)
    expect(drawn.says('p0', { type: 'groups.pair', number: 11 })).toEqual({ refused: 'not-permitted' })
    const world = room(plan('neighbours', 2), 2)
    expect(world.says('p0', { type: 'groups.pair', number: 11, grouping: 'tables' })).toEqual({ refused: 'moved-on' })
    expect(world.facilitator({ type: 'groups.form', grouping: 'constructor' })).toEqual({ refused: 'not-found' })
  })
})

describe('GR7 staying where I am', () => {
  test('is in no group, not asked again, counted as placed, and can be undone', () => {
    const world = room(plan('random', 2), 5)
    world.says('p0', { type: 'groups.stay', stays: true })
    expect(mine(world, 'p0')?.is).toBe('staying')
    const view = facilitatorView(world.state).groups
    expect(view?.staying).toBe(1)
    expect(Object.keys(view?.waiting ?? {})).toEqual(['p1', 'p2', 'p3', 'p4'])
    world.facilitator({ type: 'groups.form' })
    world.says('p0', { type: 'groups.stay', stays: false })
    expect(together(world.groups())).toContain('p0')
  })

  test('whose partner decides to stay joins another pair', () => {
    const world = room(plan('random', 2), 6)
    world.facilitator({ type: 'groups.form' })
    const [one = '', other = ''] = world.groups()[0] ?? []
    world.says(one, { type: 'groups.stay', stays: true })
    expect(world.groups().map((group) => group.length).sort()).toEqual([2, 3])
    expect(together(world.groups())).toContain(other)
  })
})

describe('GR8 a different partner', () => {
  test('is somebody else, once, and sizes stay as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 2, max: 5 }), fc.string(), fc.nat(3), (n, size, seed, i) => {
        const world = room(plan('random', size), n, seed)
        world.facilitator({ type: 'groups.form' })
        fc.pre(world.groups().length > 1)
        const sizes = world.groups().map((group) => group.length).sort()
        const person = `p${i}`
        const before = world.groups().find((group) => group.includes(person)) ?? []
        expect(world.says(person, { type: 'groups.other' })).toBeUndefined()
        const after = world.groups().find((group) => group.includes(person)) ?? []
        expect(after.filter((other) => before.includes(other))).toEqual([person])
        expect(world.groups().map((group) => group.length).sort()).toEqual(sizes)
        expect(together(world.groups())).toHaveLength(n)
        expect(world.says(person, { type: 'groups.other' })).toEqual({ refused: 'already' })
      }),
      { numRuns: 60 },
    )
  })

  test('never brings together whom the list keeps apart', () => {
    const names = ['Ana', 'Ben', 'Cleo', 'Dan']
    fc.assert(
      fc.property(fc.string(), fc.nat(3), (seed, i) => {
        const world = room(plan('random', 2, { keepApart: { one: { a: 'Ana', b: 'Ben' } } }), 4, seed, (at) => ({ name: names[at] ?? '' }))
        world.facilitator({ type: 'groups.form' })
        world.says(`p${i}`, { type: 'groups.other' })
        expect(world.groups().some((group) => group.includes('p0') && group.includes('p1'))).toBe(false)
      }),
      { numRuns: 40 },
    )
  })

  test('comes from the own department if anybody there is left', () => {
    const world = room(plan('departments', 2), 8, 'seed', (i) => ({ department: i < 4 ? 'hr' : 'safety' }))
    world.facilitator({ type: 'groups.form' })
    world.says('p0', { type: 'groups.other' })
    const mates = world.groups().find((group) => group.includes('p0')) ?? []
    expect(mates.every((person) => ['p0', 'p1', 'p2', 'p3'].includes(person))).toBe(true)
  })

  test('with nobody to exchange with, it is said, and may be asked again', () => {
    const world = room(plan('random', 2), 2)
    world.facilitator({ type: 'groups.form' })
    expect(world.says('p0', { type: 'groups.other' })).toEqual({ refused: 'not-found' })
    expect(mine(world, 'p0')?.asked).toBe(false)
  })

  test('only the asker’s own view says that it was asked', () => {
    const world = room(plan('random', 2), 6)
    world.facilitator({ type: 'groups.form' })
    const shared = () => JSON.stringify([facilitatorView(world.state), ...['p1', 'p2', 'p3', 'p4', 'p5'].map((person) => mine(world, person)?.asked)])
    world.says('p0', { type: 'groups.other' })
    expect(mine(world, 'p0')?.asked).toBe(true)
    expect(shared()).not.toContain('asked')
    expect(shared()).not.toContain('true,true')
    expect(['p1', 'p2', 'p3', 'p4', 'p5'].some((person) => mine(world, person)?.asked)).toBe(false)
  })

  test('F4 neither does the log: it names everybody whose company changed, and the asker by a tag that the end forgets', () => {
    const world = room(plan('random', 2), 6)
    world.facilitator({ type: 'groups.form' })
    const state = structuredClone(world.state)
    const decision = decideSession(state, { type: 'groups.other' }, { sender: 'participant', person: 'p0', tag: (scope) => `tag of ${scope}`, now: 0, seed: 'seed', id: 'id' })
    if ('refused' in decision) throw new Error(decision.refused)
    expect(decision.events.map(({ type }) => type)).toEqual(['groups.exchanged', 'groups.asked'])
    const [exchanged, asked] = decision.events
    expect(exchanged).not.toHaveProperty('by')
    expect((exchanged as { people: string[] }).people).toHaveLength(4)
    expect(JSON.stringify(asked)).not.toMatch(/p\d/u)
    for (const event of decision.events) evolve(state, event, 0)
    expect(sealing(state, 'seed').map(({ type }) => type)).toContain('asked.sealed')
    for (const event of sealing(state, 'seed')) evolve(state, event, 0)
    expect(JSON.stringify(state)).not.toContain('tag of')
  })

  test('among pairs the console cannot tell who moved: either of the two pairs may seem to have', () => {
    const seemed = new Set<boolean>()
    for (let i = 0; i < 40; i += 1) {
      const world = room(plan('random', 2), 4, `seed${i}`)
      world.facilitator({ type: 'groups.form' })
      const own = () => Object.keys(world.state.groupings[PLACE]?.groups ?? {}).find((id) => world.state.groupings[PLACE]?.groups[id]?.members.includes('p0'))
      const before = own()
      world.says('p0', { type: 'groups.other' })
      seemed.add(own() === before)
    }
    expect(seemed).toEqual(new Set([true, false]))
  })
})
