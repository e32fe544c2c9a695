import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreements } from '#shared/activities/agreements/agreements.ts'
import { CHOICES, type AgreementsConfig } from '#shared/activities/agreements/model.ts'
import type { StandingAgreements } from '#shared/activities/agreements/views.ts'
import { agreements as template } from '#shared/templates/smart-goals/agreements.ts'
import { parse } from '#shared/wire/parse.ts'
import { stage } from '../../../support/stage.ts'
import { arbitrary, config } from './arbitrary.ts'

const begin = (given: Parameters<typeof stage<AgreementsConfig, never, never, never, never>>[2] = {}) => stage(agreements, config, given as never)
type Room = ReturnType<typeof begin>

/** Goes on as the session's flow does: the agreement that is shown then, 'all' of them, or 'left'. */
function go(room: Room, way: 'next' | 'back'): string {
  const event = agreements[way]?.(room.state, room.around)
  if (event === undefined) return 'left'
  agreements.evolve(room.state, event)
  return room.view('screen').at ?? 'all'
}

const choose = (choice: 'work' | 'talk') => ({ type: 'choose' as const, choice })

/** A room in which this many want to talk. */
function asked(talkers = 0): Room {
  const room = begin()
  room.facilitator({ type: 'ask' })
  for (let i = 0; i < talkers; i += 1) room.person(`p${i}`, choose('talk'))
  return room
}

describe('one at a time', () => {
  test('AG1 next goes from the first to the last, then shows them all and asks, then leaves', () => {
    const room = begin()
    expect(room.view('everyone').at).toBe('a')
    expect([go(room, 'next'), go(room, 'next'), go(room, 'next'), go(room, 'next')]).toEqual(['b', 'c', 'all', 'left'])
    expect([go(room, 'back'), go(room, 'back'), go(room, 'back'), go(room, 'back')]).toEqual(['c', 'b', 'a', 'left'])
  })

  test('AG1 a facilitator shows any of them by hand', () => {
    const room = begin()
    expect(room.facilitator({ type: 'show', agreement: 'a' })).toBe('already')
    expect(room.facilitator({ type: 'show', agreement: 'c' })).toBeUndefined()
    expect(room.view('screen').at).toBe('c')
    expect(room.facilitator({ type: 'ask' })).toBeUndefined()
    expect(room.facilitator({ type: 'ask' })).toBe('already')
    expect(room.facilitator({ type: 'show', agreement: 'c' })).toBeUndefined()
    for (const gone of ['gone', 'constructor']) expect(room.facilitator({ type: 'show', agreement: gone })).toBe('not-found')
  })

  test('AG1 if the plan loses the one that is shown, the first takes its place', () => {
    const room = begin()
    go(room, 'next')
    const { b: _lost, ...kept } = config.agreements
    room.around.config = { ...config, agreements: kept }
    expect(room.view('screen').at).toBe('a')
    expect(go(room, 'next')).toBe('c')
  })
})

describe('the private answer', () => {
  test('AG2 it is taken once all have been shown, may be changed, and blocks nothing', () => {
    const room = begin()
    expect(room.person('ana', choose('work'))).toBe('not-open')
    room.facilitator({ type: 'ask' })
    expect(room.person('ana', choose('work'))).toBeUndefined()
    expect(room.person('ana', choose('talk'))).toBeUndefined()
    expect(room.mine('ana')).toEqual({ choice: 'talk' })
    room.facilitator({ type: 'show', agreement: 'a' })
    expect(room.person('ben', choose('talk'))).toBeUndefined()
    expect(Object.values(room.state.choices)).toEqual(['talk', 'talk'])
  })

  test('AG2 the same answer again is no event', () => {
    const room = asked(1)
    const before = room.events.length
    expect(room.person('p0', choose('talk'))).toBeUndefined()
    expect(room.events).toHaveLength(before)
  })

  test.each([[0, 40, false], [2, 3, false], [2, 40, false], [3, 1, false], [3, 2, true], [4, 0, false], [5, 0, true], [40, 0, true]])('AG3 with %i who want to talk and %i who can work with them, facilitators learn "some": %s', (talkers, others, some) => {
    const room = asked(talkers)
    for (let i = 0; i < others; i += 1) room.person(`q${i}`, choose('work'))
    expect(room.view('facilitator').someTalk).toBe(some)
  })

  test('AG3 F5 it does not come with the third thumb, but when three more have answered', () => {
    const room = asked(2)
    for (const who of ['q0', 'q1', 'q2']) room.person(who, choose('work'))
    room.person('p2', choose('talk'))
    room.person('p2', choose('work'))
    room.person('p2', choose('talk'))
    room.person('q3', choose('work'))
    expect(room.view('facilitator').someTalk).toBe(false)
    room.person('q4', choose('work'))
    expect(room.view('facilitator').someTalk).toBe(true)
  })

  test('AG3 it does not go out again with one thumb', () => {
    const room = asked(5)
    for (const who of ['p0', 'p1', 'p2', 'p3']) room.person(who, choose('work'))
    expect(room.view('facilitator').someTalk).toBe(true)
  })

  test('AG4 whatever people answer, no view of anybody else changes but for that one word', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 6 }), fc.constantFrom(...CHOICES)), { maxLength: 30 }), (answers) => {
        const quiet = asked()
        const room = asked()
        for (const [who, choice] of answers) room.person(`p${who}`, choose(choice))
        for (const audience of ['screen', 'everyone'] as const) expect(room.view(audience)).toEqual(quiet.view(audience))
        expect(room.view('facilitator')).toEqual({ ...quiet.view('facilitator'), someTalk: room.state.someTalk })
        expect(room.mine('stranger')).toBeUndefined()
        const context = { ...room.around, lang: 'en' as const }
        expect(agreements.report(room.state, context)).toEqual(agreements.report(quiet.state, context))
        expect(agreements.record).toBeUndefined()
      }),
    )
  })

  test('AG4 in any order of acts the state holds one answer a person', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), arbitrary.participant, arbitrary.facilitator)), (acts) => {
        const room = begin()
        for (const [who, mine, theirs] of acts) {
          room.facilitator(theirs)
          if (mine.type === 'choose') room.person(`p${who}`, mine)
        }
        expect(Object.keys(room.state.choices).length).toBeLessThanOrEqual(4)
        if (!room.state.asked) expect(room.state.choices).toEqual({})
      }),
    )
  })
})

describe('afterwards', () => {
  test('AG5 they stay at hand once the room has moved on, for everybody alike and without any answer', () => {
    const room = asked(3)
    expect(agreements.views.standing?.(room.state, room.around)).toBeUndefined()
    room.around.currentStep = 'moments'
    const standing = agreements.views.standing?.(room.state, room.around) as StandingAgreements
    expect(standing).toEqual({
      step: 'step',
      asked: true,
      source: { en: 'Somebody, 2006' },
      agreements: {
        a: { order: 0, name: { en: 'First', es: 'Primero' }, text: { en: 'The first text', es: 'El primer texto' } },
        b: { order: 1, name: { en: 'Second' }, text: { en: 'The second text' }, local: { en: 'here: with mercy' } },
        c: { order: 2, name: { en: 'Third' }, text: { en: 'The third text' } },
      },
    })
    expect(room.person('late', choose('work'))).toBeUndefined()
  })

  test('AG6 the notes have names, texts, local words and whose they are', () => {
    const room = begin()
    expect(agreements.report(room.state, { ...room.around, lang: 'en' })).toEqual([
      {
        id: 'step',
        title: 'The step',
        blocks: [
          {
            type: 'list',
            ordered: true,
            items: [
              { text: 'First', items: [{ text: 'The first text' }] },
              { text: 'Second', items: [{ text: 'The second text' }, { text: 'here: with mercy' }] },
              { text: 'Third', items: [{ text: 'The third text' }] },
            ],
          },
          { type: 'text', text: 'Somebody, 2006', style: 'note' },
        ],
      },
    ])
  })

  test('AG6 sealing keeps no answer, and still knows that there were some', () => {
    const room = asked(1)
    expect(agreements.begun(room.state)).toBe(true)
    const sealed = agreements.seal(room.state, 'seed')
    expect(sealed.choices).toEqual({})
    expect(JSON.stringify(sealed)).not.toContain('p0')
    expect(agreements.begun(sealed)).toBe(true)
    expect(agreements.begun(begin().state)).toBe(false)
  })

  test('AG6 what is erased is gone, and “some want to talk” does not go out with it: that would tell what it was', () => {
    const room = asked(5)
    agreements.redact(room.state, { author: room.author('p0') })
    expect(room.mine('p0')).toBeUndefined()
    expect(JSON.stringify(room.state)).not.toContain('p0')
    expect(room.view('facilitator').someTalk).toBe(true)
    agreements.redact(room.state, { author: room.author('nobody') })
    agreements.redact(room.state, { id: 'a' })
    expect(Object.keys(room.state.choices)).toHaveLength(4)
  })
})

test('the template has the Four Agreements, credited, in both languages, as a planner could have saved them', () => {
  expect(parse(agreements.config, template)).toEqual({ value: template })
  expect(Object.values(template.agreements).map((one) => one.name.en)).toEqual([
    'Experience discomfort',
    'Expect and accept non-closure',
    'Speak your truth',
    'Stay engaged',
  ])
  expect(template.source?.es).toContain('2006')
  for (const one of Object.values(template.agreements)) expect([one.name.es, one.text.es]).not.toContain(undefined)
})
