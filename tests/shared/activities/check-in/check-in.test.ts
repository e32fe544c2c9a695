import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkIn } from '#shared/activities/check-in/check-in.ts'
import { UNSAID, type CheckInState } from '#shared/activities/check-in/model.ts'
import type { Sky } from '#shared/sky/sky.ts'
import { stage } from '../../../support/stage.ts'
import { arbitrary, config, weathers } from './arbitrary.ts'

const answer = (weather: string) => ({ type: 'answer' as const, weather })
const people = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`)
const tenths = (sky: Sky | undefined) => Object.fromEntries(Object.entries(sky?.parts ?? {}).map(([id, part]) => [id, part.tenths]))

function roomOf(answers: Record<string, number>, k = 5) {
  const room = stage(checkIn, config, { k })
  let next = 0
  for (const [weather, count] of Object.entries(answers)) {
    for (const name of people(count)) room.person(`${name}-${(next += 1)}`, answer(weather))
  }
  return room
}

describe('answers', () => {
  test('CI1 one person has one weather, and may change it', () => {
    const room = stage(checkIn, config)
    room.person('ana', answer('foggy'))
    room.person('ana', answer('rainy'))
    expect(room.mine('ana')).toEqual({ weather: 'rainy' })
    expect(Object.values(room.state.answers)).toEqual(['rainy'])
  })

  test('CI1 the same answer again is no event', () => {
    const room = stage(checkIn, config)
    room.person('ana', answer('foggy'))
    expect(room.person('ana', answer('foggy'))).toBeUndefined()
    expect(room.events).toHaveLength(1)
  })

  test('CI2 a weather that is not in the set is refused; to say nothing never is', () => {
    const room = stage(checkIn, config)
    expect(room.person('ana', answer('sunny'))).toBe('not-found')
    expect(room.person('ana', answer('constructor'))).toBe('not-found')
    expect(room.person('ana', answer(UNSAID))).toBeUndefined()
  })

  test('CI2 who would rather not say counts for nothing', () => {
    const room = roomOf({ [UNSAID]: 20, foggy: 4 })
    room.facilitator({ type: 'reveal' })
    expect(room.view('facilitator')).toMatchObject({ enough: false, revealed: true })
    expect(room.view('screen').sky).toBeUndefined()
  })

  test('CI3 one sees one’s own answer only', () => {
    const room = roomOf({ foggy: 3 })
    expect(room.mine('somebody else')).toBeUndefined()
  })
})

describe('the veil', () => {
  test('CI4 nobody sees a sky before it is revealed, facilitators included', () => {
    const room = roomOf({ foggy: 9, rainy: 9 })
    for (const audience of ['facilitator', 'screen', 'everyone'] as const) expect(room.view(audience).sky).toBeUndefined()
  })

  test('CI4 revealed with fewer than k, it stays veiled until k have answered', () => {
    const room = roomOf({ foggy: 4 })
    room.facilitator({ type: 'reveal' })
    expect(room.view('screen').sky).toBeUndefined()
    room.person('the fifth', answer('foggy'))
    expect(tenths(room.view('screen').sky)).toEqual({ foggy: 10 })
  })

  test('CI4 veiled again, it is gone from every view', () => {
    const room = roomOf({ foggy: 9 })
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'veil' })
    for (const audience of ['facilitator', 'screen', 'everyone'] as const) expect(room.view(audience).sky).toBeUndefined()
  })

  test('CI5 a revealed sky is not moved by one person, nor by two', () => {
    const room = roomOf({ foggy: 5, rainy: 5 })
    room.facilitator({ type: 'reveal' })
    const shown = room.view('screen').sky
    room.person('late-1', answer('rainy'))
    room.person('late-2', answer('rainy'))
    expect(room.view('screen').sky).toEqual(shown)
    room.person('late-3', answer('rainy'))
    expect(room.view('screen').sky).not.toEqual(shown)
  })

  test('CI5 one person who changes again and again is one person', () => {
    const room = roomOf({ foggy: 5, rainy: 5 })
    room.facilitator({ type: 'reveal' })
    const shown = room.view('screen').sky
    for (const weather of ['windy', 'rainy', 'windy', 'own-1']) room.person('p0-1', answer(weather))
    expect(room.view('screen').sky).toEqual(shown)
  })

  test('CI5 a veil drawn and lifted again shows nobody’s change either', () => {
    const room = roomOf({ foggy: 5, rainy: 5 })
    room.facilitator({ type: 'reveal' })
    const shown = room.view('screen').sky
    room.facilitator({ type: 'veil' })
    room.person('late-1', answer('windy'))
    room.facilitator({ type: 'reveal' })
    expect(room.view('screen').sky).toEqual(shown)
  })

  test('CI6 revealing what is revealed, and veiling what is veiled, is said to be done', () => {
    const room = stage(checkIn, config)
    expect(room.facilitator({ type: 'veil' })).toBe('already')
    room.facilitator({ type: 'reveal' })
    expect(room.facilitator({ type: 'reveal' })).toBe('already')
  })

  test('CI7 the number who have answered is withheld below k, and moves in threes', () => {
    expect(roomOf({ foggy: 4 }).view('facilitator').answered).toBeUndefined()
    expect(roomOf({ foggy: 5 }).view('facilitator').answered).toBe(5)
    expect(roomOf({ foggy: 7 }).view('facilitator').answered).toBe(5)
    expect(roomOf({ foggy: 8 }).view('facilitator').answered).toBe(8)
  })

  test('CI7 F5 it does not move to and fro with one thumb', () => {
    const room = roomOf({ foggy: 5 })
    for (const weather of ['unsaid', 'foggy', 'unsaid']) {
      room.person('p0-1', answer(weather))
      expect(room.view('facilitator')).toMatchObject({ answered: 5, enough: true })
    }
    room.facilitator({ type: 'reveal' })
    expect(tenths(room.view('screen').sky), 'as it was when five had said something').toEqual({ foggy: 10 })
    for (const who of ['p1-2', 'p2-3', 'p3-4']) room.person(who, answer('unsaid'))
    expect(room.view('facilitator').answered).toBeUndefined()
  })
})

describe('then and now', () => {
  const closing = { ...config, then: 'weather' }

  function later(earlier: CheckInState, own: Record<string, number>) {
    const room = stage(checkIn, closing, { stateOf: (step) => (step === 'weather' ? earlier : undefined) })
    for (const [weather, count] of Object.entries(own)) for (const name of people(count)) room.person(`${weather}-${name}`, answer(weather))
    return room
  }

  test('CI8 both skies come together, once both have been revealed', () => {
    const first = roomOf({ foggy: 10 })
    first.facilitator({ type: 'reveal' })
    const room = later(first.state, { rainy: 5 })
    expect(room.view('screen').then).toBeUndefined()
    room.facilitator({ type: 'reveal' })
    const { sky, then } = room.view('screen')
    expect([tenths(then), tenths(sky)]).toEqual([{ foggy: 10 }, { rainy: 10 }])
  })

  test('CI8 an earlier sky that stayed veiled stays so', () => {
    const room = later(roomOf({ foggy: 10 }).state, { rainy: 5 })
    room.facilitator({ type: 'reveal' })
    expect(room.view('screen')).not.toHaveProperty('then')
    expect(room.view('screen').compares).toBe(true)
  })
})

describe('the sealed step', () => {
  test('keeps what was shown and forgets who answered', () => {
    const room = roomOf({ foggy: 6, rainy: 4 })
    room.facilitator({ type: 'reveal' })
    const shown = room.view('screen')
    const sealed = checkIn.seal(room.state, 'seed')
    expect(JSON.stringify(sealed)).not.toContain('tag<')
    expect(checkIn.views.screen(sealed, room.around)).toEqual(shown)
    expect(checkIn.begun(sealed)).toBe(true)
  })

  test('CI9 has no weather of fewer than three people, nor what came after it was shown', () => {
    const room = roomOf({ foggy: 6, rainy: 4, sunny: 3, snowy: 1, windy: 2 })
    room.facilitator({ type: 'reveal' })
    const shown = room.view('screen')
    room.person('late', answer('stormy'))
    const sealed = checkIn.seal(room.state, 'seed')
    expect(checkIn.views.screen(sealed, room.around)).toEqual(shown)
    expect(JSON.stringify(sealed)).not.toMatch(/snowy|windy|stormy/)
    expect(Object.keys(sealed).sort(), 'shares in tenths, and no count').toEqual(['answers', 'revealed', 'said', 'sealed', 'told'])
  })

  test('CI9 has no number at all where one or two answered, and has begun', () => {
    const sealed = checkIn.seal(roomOf({ stormy: 1, foggy: 1 }).state, 'seed')
    expect(sealed).toMatchObject({ answers: {}, sealed: {} })
    expect(checkIn.begun(sealed)).toBe(true)
  })
})

describe('who asks to be forgotten', () => {
  test('F51 is in no sky that is still to be drawn, and moves none that was', () => {
    const seven = roomOf({ foggy: 5, rainy: 4 })
    for (let i = 1; i <= 4; i += 1) checkIn.redact(seven.state, { author: seven.author(`p${i - 1}-${i + 5}`) })
    seven.facilitator({ type: 'reveal' })
    expect(tenths(seven.view('screen').sky), 'of those who are left').toEqual({ foggy: 10 })
    const shown = roomOf({ foggy: 6, rainy: 4 })
    shown.facilitator({ type: 'reveal' })
    const before = shown.view('screen').sky
    checkIn.redact(shown.state, { author: shown.author('p0-7') })
    expect(shown.view('screen').sky).toEqual(before)
    expect(JSON.stringify(shown.state.answers)).not.toContain('p0-7')
  })
})

describe('whatever people do', () => {
  const deeds = fc.array(
    fc.oneof(
      fc.record({ who: fc.integer({ min: 0, max: 11 }), does: arbitrary.participant }),
      fc.record({ who: fc.constant(undefined), does: arbitrary.facilitator }),
    ),
    { maxLength: 60 },
  )

  test('CI4 a sky in a view stands on k people at least, in whole tenths, none with a name or a count', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 3, max: 8 }), (done, k) => {
        const room = stage(checkIn, config, { k })
        for (const { who, does } of done) {
          if (who === undefined) room.facilitator(does)
          else room.person(`p${who}`, does)
          const view = room.view('screen')
          const said = Object.values(room.state.answers).filter((weather) => weather !== UNSAID).length
          const bystander = JSON.stringify([room.view('facilitator'), view, room.view('everyone')])
          expect(bystander).not.toContain('tag<')
          if (view.sky === undefined) continue
          expect(room.state.revealed).toBe(true)
          expect(Object.values(tenths(view.sky)).reduce((sum, n) => sum + n, 0)).toBe(10)
          expect(said).toBeGreaterThanOrEqual(0)
          expect(Object.values(room.state.shown ?? {}).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(k)
        }
      }),
    )
  })

  test('the same events fold into the same state', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const room = stage(checkIn, config)
        for (const { who, does } of done) {
          if (who === undefined) room.facilitator(does)
          else room.person(`p${who}`, does)
        }
        const replayed = checkIn.start(config)
        for (const event of JSON.parse(JSON.stringify(room.events)) as typeof room.events) checkIn.evolve(replayed, event)
        expect(replayed).toEqual(room.state)
      }),
    )
  })

  test('a weather that the planner took out meanwhile breaks nothing', () => {
    const room = roomOf(Object.fromEntries(weathers.map((id) => [id, 4])))
    room.facilitator({ type: 'reveal' })
    room.around.config = { ...config, weathers: { rainy: { order: 0, name: {}, feelings: {} } } }
    expect(room.view('screen').sky?.parts).toHaveProperty('foggy')
  })
})
