import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MomentsCommand } from '#shared/activities/moments/model.ts'
import { moments } from '#shared/activities/moments/moments.ts'
import { momentsRecord, momentsReport } from '#shared/activities/moments/report.ts'
import { consoleView, standingView } from '#shared/activities/moments/views.ts'
import { stage, tagOf } from '../../../support/stage.ts'
import { arbitrary, config } from './arbitrary.ts'

type Support = 'self' | 'others'
const mark = (moment: string, support?: Support): MomentsCommand => (support === undefined ? { type: 'mark', moment } : { type: 'mark', moment, support })

/** A session of three steps; `enter` moves the room on, or back. */
function session(k = 5) {
  const room = stage(moments, config, { k, step: 'intro' })
  const titles = { intro: 'Moments', change: 'Change', board: 'Board' }
  const left = new Set<string>()
  const entered = new Set<string>()
  const enter = (current: string | undefined) => {
    if (room.around.currentStep !== undefined && entered.has(room.around.currentStep)) left.add(room.around.currentStep)
    if (current === undefined) delete (room.around as { currentStep?: string }).currentStep
    else {
      entered.add(current)
      room.around.currentStep = current
    }
    room.around.steps = Object.fromEntries(
      Object.entries(titles).map(([id, en], order) => {
        const step = { order, kind: 'board', title: { en }, started: entered.has(id), over: entered.has(id) && id !== current }
        return [id, id === current && left.has(id) ? { ...step, returned: true as const } : step]
      }),
    )
  }
  enter('intro')
  const all = (count: number, command: MomentsCommand, from = 0) => {
    for (let i = from; i < from + count; i += 1) room.person(`p${i}`, command)
  }
  const strip = (step: string) => consoleView(room.state, room.around).steps[step]?.strip
  return { room, enter, all, strip }
}

describe('marking', () => {
  test('MO1 a mark belongs to the step that the room is in, and its author to that step alone', () => {
    const { room, enter } = session()
    room.person('ana', mark('validation'))
    enter('change')
    room.person('ana', mark('discomfort'))
    const authors = Object.values(room.state.steps).flatMap(({ marks }) => Object.values(marks).map(({ by }) => by))
    expect(authors).toEqual([tagOf('ana', 'intro/intro'), tagOf('ana', 'intro/change')])
  })

  test('MO1 no person’s id enters an event, also where the step itself is named', () => {
    const { room } = session()
    room.around.anonymous = false
    room.person('ana', mark('validation', 'self'))
    expect(room.events.map((event) => 'by' in event && event.by)).toEqual([tagOf('ana', 'intro/intro')])
  })

  test('MO2 six marks of one person in one step are enough', () => {
    const { room, enter } = session()
    for (let i = 0; i < 6; i += 1) expect(room.person('ana', mark('validation'))).toBeUndefined()
    expect(room.person('ana', mark('validation'))).toBe('too-many')
    expect(room.mine('ana')?.full).toBe(true)
    expect(room.person('ben', mark('validation'))).toBeUndefined()
    enter('change')
    expect(room.person('ana', mark('validation'))).toBeUndefined()
  })

  test('MO2 a moment that is not in the plan is refused, and none is taken while there is no step', () => {
    const { room, enter } = session()
    expect(room.person('ana', mark('gone'))).toBe('not-found')
    enter(undefined)
    expect(room.person('ana', mark('validation'))).toBe('not-open')
    expect(room.person('ana', { type: 'undo', id: 'id-1' })).toBe('not-open')
  })

  test('MO3 one may undo one’s own mark in the step that it was made in', () => {
    const { room, enter } = session()
    room.person('ana', mark('validation', 'others'))
    const id = Object.keys(room.mine('ana')?.marks ?? {})[0] as string
    expect(room.mine('ana')?.marks[id]).toEqual({ order: 0, moment: 'validation', support: 'others' })
    expect(room.person('ben', { type: 'undo', id })).toBe('not-found')
    enter('change')
    expect(room.mine('ana')).toBeUndefined()
    expect(room.person('ana', { type: 'undo', id })).toBe('not-found')
    enter('intro')
    expect(room.person('ana', { type: 'undo', id })).toBeUndefined()
    expect(room.mine('ana')).toBeUndefined()
  })
})

describe('what may be seen', () => {
  test('MO4 nothing of a step that the room is still in', () => {
    const { all, strip } = session()
    all(12, mark('validation'))
    expect(strip('intro')).toBeUndefined()
  })

  test('MO4 nothing of a step where fewer than k people marked, however often', () => {
    const { all, enter, strip } = session()
    all(4, mark('validation'))
    all(4, mark('discomfort'))
    all(4, mark('discomfort'))
    enter('change')
    expect(strip('intro')).toBeUndefined()
  })

  test('MO5 a step that is over is told in words of those who marked', () => {
    const { all, enter, strip } = session()
    all(8, mark('validation', 'self'))
    all(3, mark('reminding', 'others'), 8)
    all(4, mark('discomfort'), 8)
    enter('change')
    expect(strip('intro')).toEqual({
      moments: { validation: 'most', reminding: 'many', discomfort: 'many' },
      support: { self: 'most', others: 'many' },
    })
  })

  test('MO5 a moment of fewer than three people is not told, nor whom two would support', () => {
    const { all, enter, strip } = session()
    all(9, mark('validation'))
    all(2, mark('discomfort', 'self'))
    enter('change')
    expect(strip('intro')).toEqual({ moments: { validation: 'most' }, support: {} })
  })

  test('MO6 back in a step, nothing moves with one person, nor with two', () => {
    const { all, room, enter, strip } = session()
    all(5, mark('validation'))
    enter('change')
    const seen = strip('intro')
    enter('intro')
    all(2, mark('discomfort'), 5)
    room.person('p5', mark('discomfort'))
    enter('change')
    expect(strip('intro')).toEqual(seen)
    enter('intro')
    all(1, mark('discomfort'), 7)
    enter('change')
    expect(strip('intro')).toEqual({ moments: { validation: 'most', discomfort: 'many' }, support: {} })
  })

  test('MO7 the screen has a strip only on purpose, and only of a step that may be told', () => {
    const { all, room, enter } = session()
    all(6, mark('validation'))
    expect(room.facilitator({ type: 'show', step: 'intro' })).toBe('too-few')
    enter('change')
    all(2, mark('validation'))
    enter('board')
    expect(room.facilitator({ type: 'show', step: 'change' })).toBe('too-few')
    expect(standingView(room.state, room.around)).not.toHaveProperty('shown')
    expect(room.facilitator({ type: 'show', step: 'intro' })).toBeUndefined()
    expect(room.facilitator({ type: 'show', step: 'intro' })).toBe('already')
    expect(standingView(room.state, room.around).shown).toEqual({ step: 'intro', title: { en: 'Moments' }, moments: { validation: 'most' }, support: {} })
    room.facilitator({ type: 'unshow' })
    expect(standingView(room.state, room.around)).not.toHaveProperty('shown')
    expect(room.facilitator({ type: 'unshow' })).toBe('already')
  })

  test('MO7 what is shown goes while the room is back in its step', () => {
    const { all, room, enter } = session()
    all(6, mark('validation'))
    enter('change')
    room.facilitator({ type: 'show', step: 'intro' })
    enter('intro')
    expect(standingView(room.state, room.around)).not.toHaveProperty('shown')
    expect(consoleView(room.state, room.around)).not.toHaveProperty('shown')
  })
})

describe('the notes', () => {
  test('tell each step in words, and leave out what is of few', () => {
    const { all, room, enter } = session()
    all(8, mark('validation', 'self'))
    enter('change')
    all(3, mark('discomfort'))
    enter(undefined)
    const [section] = momentsReport(room.state, { ...room.around, lang: 'en' })
    expect(section?.blocks.find((block) => block.type === 'table')).toMatchObject({
      head: ['Step', 'Validation', 'Reminding', 'Discomfort', 'To support myself', 'To support others'],
      rows: [['Moments', 'most', 'few or none', 'few or none', 'most', 'few or none']],
    })
    expect(JSON.stringify(section)).not.toContain('Change')
  })

  test('say so when there is nothing to tell, and the record says what is withheld', () => {
    const { room } = session()
    const around = { ...room.around, lang: 'es' as const }
    expect(JSON.stringify(momentsReport(room.state, around))).toContain('En ningún paso')
    expect(JSON.stringify(momentsRecord(room.state, around))).toContain('menos de 5 personas')
  })
})

describe('sealing and taking out', () => {
  test('the sealed step tells the same, and holds nobody and no small number', () => {
    const { all, room, enter, strip } = session()
    all(8, mark('validation', 'self'))
    all(2, mark('discomfort'))
    enter(undefined)
    const seen = strip('intro')
    room.state = moments.seal(room.state, 'seed')
    expect(strip('intro')).toEqual(seen)
    expect(JSON.stringify(room.state)).not.toMatch(/tag<|discomfort/)
    expect(moments.begun(room.state)).toBe(true)
  })

  test('one mark, or all of an author, can be taken out', () => {
    const { all, room } = session()
    all(3, mark('validation'))
    moments.redact(room.state, { id: 'id-1' })
    moments.redact(room.state, { author: tagOf('p1', 'intro/intro') })
    expect(Object.values(room.state.steps['intro']?.marks ?? {}).map(({ by }) => by)).toEqual([tagOf('p2', 'intro/intro')])
  })
})

describe('whatever people do', () => {
  const deeds = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ who: fc.integer({ min: 0, max: 9 }), does: arbitrary.participant }) },
      { weight: 1, arbitrary: fc.record({ who: fc.constant('facilitator' as const), does: arbitrary.facilitator }) },
      { weight: 1, arbitrary: fc.record({ who: fc.constant('room' as const), does: fc.constantFrom('intro', 'change', 'board') }) },
    ),
    { maxLength: 80 },
  )

  test('MO4 no strip stands on fewer than k people, and no view but one’s own names an author', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 3, max: 7 }), (done, k) => {
        const { room, enter, strip } = session(k)
        for (const { who, does } of done) {
          if (who === 'room') enter(does)
          else if (who === 'facilitator') room.facilitator(does)
          else room.person(`p${who}`, does)
          const standing = [standingView(room.state, room.around), consoleView(room.state, room.around)]
          expect(JSON.stringify([...standing, room.view('facilitator'), room.view('screen'), room.view('everyone')])).not.toContain('tag<')
          for (const [step, { marks, settled }] of Object.entries(room.state.steps)) {
            const people = settled?.people ?? new Set(Object.values(marks).map(({ by }) => by)).size
            if (people < k) expect(strip(step)).toBeUndefined()
          }
        }
        const replayed = moments.start(config)
        for (const event of JSON.parse(JSON.stringify(room.events)) as typeof room.events) moments.evolve(replayed, event)
        expect(replayed).toEqual(room.state)
      }),
      { numRuns: 60 },
    )
  })
})
