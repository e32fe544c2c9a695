import { describe, expect, test } from 'vitest'
import { touched } from '#shared/session/touched.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { fold } from '#shared/session/evolve.ts'
import { plan, PLACE, room, together, type Room } from './world.ts'

const mine = (world: Room, person: string) => mineView(world.state, person, (scope) => `${scope}/${person}`).groups
const ids = (world: Room) => Object.keys(world.state.groupings[PLACE]?.groups ?? {})

function formed(people = 6): Room {
  const world = room(plan('random', 2), people)
  world.facilitator({ type: 'groups.form' })
  return world
}

describe('GR9 by hand', () => {
  test('a facilitator moves one person; the pair that they leave waits, and nobody is in two groups', () => {
    const world = formed(4)
    const [first = '', second = ''] = ids(world)
    const [person = '', partner = ''] = world.groups()[0] ?? []
    expect(world.facilitator({ type: 'groups.move', person, group: second })).toBeUndefined()
    expect(ids(world)).not.toContain(first)
    expect(world.groups()[0]).toContain(person)
    expect(Object.keys(facilitatorView(world.state).groups?.waiting ?? {})).toEqual([partner])
  })

  test('a new table begins with one, and the next takes the first free number', () => {
    const world = room(plan('hand', 4), 4)
    world.facilitator({ type: 'groups.move', person: 'p0', group: 'new' })
    const [table = ''] = ids(world)
    world.facilitator({ type: 'groups.move', person: 'p1', group: table })
    expect(world.groups()).toEqual([['p0', 'p1']])
    world.facilitator({ type: 'groups.move', person: 'p2', group: 'new' })
    expect(Object.values(facilitatorView(world.state).groups?.groups ?? {}).map((group) => group.table)).toEqual([1, 2])
  })

  test('takes somebody out, refuses who or what is not there, and brings in who had stayed', () => {
    const world = formed(6)
    const [person = ''] = world.groups()[0] ?? []
    world.facilitator({ type: 'groups.move', person, group: 'none' })
    expect(together(world.groups())).not.toContain(person)
    expect(world.facilitator({ type: 'groups.move', person: 'nobody', group: 'new' })).toEqual({ refused: 'not-found' })
    expect(world.facilitator({ type: 'groups.move', person, group: 'constructor' })).toEqual({ refused: 'not-found' })
    world.says(person, { type: 'groups.stay', stays: true })
    world.facilitator({ type: 'groups.move', person, group: ids(world)[0] ?? '' })
    expect(mine(world, person)?.is).toBe('placed')
  })

  test('two who are to be kept apart are marked for facilitators if a hand puts them together', () => {
    const world = formed(4)
    const [person = ''] = world.groups()[0] ?? []
    const [other = ''] = world.groups()[1] ?? []
    world.facilitator({ type: 'groups.apart', a: person, b: other, apart: true })
    world.facilitator({ type: 'groups.move', person, group: ids(world)[1] ?? '' })
    expect(Object.values(facilitatorView(world.state).groups?.groups ?? {}).map((group) => group.look)).toContain(true)
  })

  test('dissolving all ends the draw: latecomers wait again', () => {
    const world = formed(4)
    world.facilitator({ type: 'groups.dissolve' })
    world.join('late')
    expect(world.groups()).toEqual([])
    expect(facilitatorView(world.state).groups?.formed).toBe(false)
  })

  test('a removed person leaves; who would be alone joins others', () => {
    const world = formed(4)
    const [person = '', partner = ''] = world.groups()[0] ?? []
    world.facilitator({ type: 'person.remove', person })
    expect(world.groups()).toHaveLength(1)
    expect(together(world.groups())).toContain(partner)
    expect(facilitatorView(world.state).groups?.waiting).toEqual({})
  })
})

describe('GR10 words, calls and the way back', () => {
  test('a word to all is everybody’s, a word to one group its own', () => {
    const world = formed(4)
    world.facilitator({ type: 'groups.tell', text: 'Half time' })
    world.facilitator({ type: 'groups.tell', text: 'Come to the front', group: ids(world)[0] ?? '' })
    const [inside = ''] = world.groups()[0] ?? []
    const [outside = ''] = world.groups()[1] ?? []
    expect(everyoneView(world.state).groupWork?.word).toBe('Half time')
    expect(screenView(world.state).groups?.word).toBe('Half time')
    expect(mine(world, inside)?.group?.word).toBe('Come to the front')
    expect(JSON.stringify([mine(world, outside), screenView(world.state)])).not.toContain('front')
    world.facilitator({ type: 'groups.tell', text: '' })
    expect(everyoneView(world.state).groupWork).not.toHaveProperty('word')
  })

  test('a call for help is seen by facilitators and answered in one tap', () => {
    const world = formed(4)
    const [caller = '', partner = ''] = world.groups()[0] ?? []
    world.says(caller, { type: 'groups.help', asks: true })
    expect(mine(world, partner)?.group?.help).toBe(true)
    const [table = ''] = ids(world)
    expect(facilitatorView(world.state).groups?.groups[table]?.help).toBe(true)
    world.facilitator({ type: 'groups.answer', group: table })
    expect(mine(world, caller)?.group?.help).toBe(false)
  })

  test('everybody is asked back after a minute, counted down from data, and that can be undone', () => {
    const world = formed(4)
    world.facilitator({ type: 'groups.recall' })
    const { recall } = everyoneView(world.state).groupWork ?? {}
    const now = world.state.groupings[PLACE]?.recall?.ends ?? 0
    expect(recall).toEqual({ ends: now, total: 60_000 })
    expect(now).toBe(world.sent() + 60_000)
    expect(screenView(world.state).groups?.recall).toEqual(recall)
    world.facilitator({ type: 'groups.unrecall' })
    expect(everyoneView(world.state).groupWork).not.toHaveProperty('recall')
    expect(world.facilitator({ type: 'groups.unrecall' })).toEqual({ refused: 'already' })
  })

  test('the next step begins calm', () => {
    const world = formed(4)
    world.facilitator({ type: 'groups.recall', after: 0 })
    world.facilitator({ type: 'groups.tell', text: 'Back, please' })
    world.says(world.groups()[0]?.[0] ?? '', { type: 'groups.help', asks: true })
    world.facilitator({ type: 'flow.next' })
    const view = facilitatorView(world.state).groups
    expect(view).not.toHaveProperty('recall')
    expect(view).not.toHaveProperty('word')
    expect(Object.values(view?.groups ?? {}).some((group) => group.help)).toBe(false)
  })
})

describe('GR11 what leaves', () => {
  test('a plenary step shows no groups to anybody', () => {
    const { place: _, ...plenary } = plan('random', 2).steps.first ?? { place: '', order: 0, title: {}, minutes: 0, anonymous: false, activity: { kind: 'check-in', config: {} } }
    const world = room(plan('random', 2, { steps: { first: plenary } }), 4)
    expect([everyoneView(world.state).groupWork, screenView(world.state).groups, facilitatorView(world.state).groups, mine(world, 'p0')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(world.says('p0', { type: 'groups.stay', stays: true })).toEqual({ refused: 'moved-on' })
  })

  test('the screen names tables by department, never a person', () => {
    const world = room(plan('departments', 3), 6, 'seed', (i) => ({ name: `Name${i}`, department: i < 3 ? 'hr' : 'safety' }))
    world.facilitator({ type: 'groups.form' })
    expect(Object.values(screenView(world.state).groups?.tables ?? {})).toEqual([
      { table: 1, department: { en: 'HR' } },
      { table: 2, department: { en: 'Safety' } },
    ])
    expect(JSON.stringify(screenView(world.state))).not.toContain('Name')
  })

  test('an event names everybody whose own view it changes', () => {
    const world = formed(6)
    const people = Object.keys(world.state.people)
    const views = () => Object.fromEntries(people.map((person) => [person, JSON.stringify(mine(world, person))]))
    const acts = [
      () => world.says('p0', { type: 'groups.other' }),
      () => world.says('p1', { type: 'groups.stay', stays: true }),
      () => world.says('p2', { type: 'groups.help', asks: true }),
      () => world.facilitator({ type: 'groups.tell', text: 'Hello', group: ids(world)[0] ?? '' }),
      () => world.facilitator({ type: 'groups.move', person: 'p3', group: 'new' }),
      () => world.facilitator({ type: 'groups.dissolve' }),
    ]
    for (const act of acts) {
      const before = views()
      const seen = world.log.length
      act()
      const named = world.log.slice(seen).flatMap((event) => touched(world.state, event))
      const changed = people.filter((person) => views()[person] !== before[person])
      expect(changed.length).toBeGreaterThan(0)
      expect(changed.filter((person) => !named.includes('all') && !named.includes(person))).toEqual([])
    }
  })

  test('F3 when the last group is gone, everybody’s own view is told: those who waited are asked for a department no more', () => {
    const world = room(plan('hand', 2), 4, 'seed', (i) => (i < 2 ? { department: 'hr' } : {}))
    world.facilitator({ type: 'groups.form', how: 'departments' })
    expect(mine(world, 'p3')).toMatchObject({ is: 'waiting', asksDepartment: true })
    const seen = world.log.length
    for (const group of ids(world)) world.facilitator({ type: 'groups.dissolve', group })
    expect(mine(world, 'p3')).toMatchObject({ is: 'waiting', asksDepartment: false })
    expect(world.log.slice(seen).map((event) => touched(world.state, event))).toContain('all')
  })

  test('the log replays to the same state', () => {
    const world = formed(9)
    world.says('p0', { type: 'groups.other' })
    world.facilitator({ type: 'groups.form', size: 3 })
    world.facilitator({ type: 'person.remove', person: 'p4' })
    const created = { type: 'session.created' as const, plan: world.state.plan }
    const replayed = fold('s', [created, ...world.log].map((event) => ({ event, at: 1 })))
    expect(replayed?.groupings).toEqual(world.state.groupings)
  })
})
