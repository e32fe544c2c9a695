import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Compile } from 'typebox/compile'
import { answers } from '#shared/activities/answers/answers.ts'
import type { Surroundings } from '#shared/activities/activity.ts'
import type { AnswersConfig } from '#shared/activities/answers/model.ts'
import { change, serve } from '#shared/templates/smart-goals/answers.ts'
import { stage } from '../../../support/stage.ts'
import { arbitrary, config } from './arbitrary.ts'

const write = (text: string) => ({ type: 'write' as const, text })

/** People are known as "department-number"; "nowhere-1" has told no department. */
const named: Partial<Surroundings<AnswersConfig>> = {
  anonymous: false,
  departments: {
    people: { order: 1, name: { en: 'Human Resources', es: 'Recursos humanos' } },
    safety: { order: 0, name: { en: 'Safety & Security', es: 'Seguridad' } },
  },
  nameOf: (who) => (who === 'facilitators' ? undefined : `Name of ${who}`),
  departmentOf: (who) => (who.startsWith('nowhere') ? undefined : who.split('-')[0]),
}

function wallOf(people: string[], given: Partial<Surroundings<AnswersConfig>> = named) {
  const room = stage(answers, config, given)
  for (const who of people) room.person(who, write(`by ${who}`))
  return room
}

describe('answers', () => {
  test('AN1 one person has as many as the planner allows', () => {
    const room = stage(answers, { ...config, perPerson: 1 })
    expect(room.person('ana', write('light'))).toBeUndefined()
    expect(room.person('ana', write('heavy'))).toBe('too-many')
    expect(room.person('ana', { type: 'edit', id: 'id-1', text: 'heavy' })).toBeUndefined()
    expect(room.mine('ana')?.cards).toEqual({ 'id-1': { order: 0, text: 'heavy', shown: false } })
  })

  test('a text over the planner’s length is refused', () => {
    expect(stage(answers, config).person('ana', write('x'.repeat(41)))).toBe('too-long')
  })

  test('AN2 are private until the reveal, then on the wall without a name where the step is anonymous', () => {
    const room = wallOf(['ana', 'ben', 'eva'], { nameOf: () => 'A Name', departmentOf: () => 'safety', departments: named.departments ?? {} })
    expect(room.view('screen').cards).toEqual({})
    room.facilitator({ type: 'reveal' })
    expect(Object.keys(room.view('screen').cards)).toHaveLength(3)
    const shared = JSON.stringify([room.view('screen'), room.view('everyone'), room.view('facilitator')])
    expect(shared).not.toMatch(/A Name|safety|tag</)
    expect(room.view('screen').byDepartment).toBe(false)
  })

  test('the console counts people in steps from k on', () => {
    const counts = [4, 5, 7, 8].map((n) => wallOf(Array.from({ length: n }, (_, i) => `p${i}`), {}).view('facilitator').wrote)
    expect(counts).toEqual([undefined, 5, 5, 8])
    expect(wallOf(['safety-1', 'safety-1'], named).view('facilitator').wrote).toBe(1)
  })

  test('their author is told why one was hidden, and knows it is back', () => {
    const room = wallOf(['safety-1'])
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'hide', id: 'id-1', reason: 'twice' })
    expect(room.mine('safety-1')?.cards['id-1']?.hidden).toEqual({ reason: 'twice' })
    expect(answers.touches(room.events[room.events.length - 1] as never)).toEqual(['safety-1'])
    room.facilitator({ type: 'unhide', id: 'id-1' })
    expect(room.view('screen').cards['id-1']?.text).toBe('by safety-1')
  })
})

describe('the wall by department', () => {
  test('AN2 stands in the departments’ order; who told none comes last', () => {
    const room = wallOf(['people-1', 'nowhere-1', 'safety-1', 'people-2', 'safety-2'])
    room.facilitator({ type: 'reveal' })
    const view = room.view('screen')
    expect(view.cards['id-1']).toMatchObject({ department: 'people', name: 'Name of people-1' })
    expect(view.cards['id-2']).not.toHaveProperty('department')
    expect(Object.keys(view.departments ?? {}).sort()).toEqual(['people', 'safety'])
    const given = answers.gives?.(room.state, room.around) ?? []
    expect(given.map((item) => item.group)).toEqual(['safety', 'safety', 'people', 'people', undefined])
  })

  test('begins a department on a page of its own where it would not fit', () => {
    const crowd = [...Array.from({ length: 9 }, (_, i) => `safety-${i}`), ...Array.from({ length: 7 }, (_, i) => `people-${i}`)]
    const room = wallOf(crowd)
    room.facilitator({ type: 'reveal' })
    expect(Object.keys(room.view('screen').cards)).toHaveLength(9)
    room.facilitator({ type: 'page', page: 1 })
    expect(Object.values(room.view('screen').cards).every((card) => card.department === 'people')).toBe(true)
  })

  test('a department that the plan has lost is none', () => {
    const room = wallOf(['elsewhere-1'])
    room.facilitator({ type: 'reveal' })
    expect(room.view('screen').cards['id-1']).not.toHaveProperty('department')
  })
})

describe('the notes', () => {
  const report = (room: ReturnType<typeof wallOf>, lang: 'en' | 'es' = 'en') => answers.report(room.state, { ...room.around, lang })[0]?.blocks

  test('hold a list for each department', () => {
    const room = wallOf(['people-1', 'nowhere-1', 'safety-1'])
    room.facilitator({ type: 'reveal' })
    expect(report(room, 'es')).toEqual([
      { type: 'text', text: '¿Cómo podría sentirse el cambio?', style: 'lead' },
      { type: 'heading', text: 'Seguridad' },
      { type: 'list', items: [{ text: 'by safety-1 (Name of safety-1)' }] },
      { type: 'heading', text: 'Recursos humanos' },
      { type: 'list', items: [{ text: 'by people-1 (Name of people-1)' }] },
      { type: 'heading', text: 'Sin departamento indicado' },
      { type: 'list', items: [{ text: 'by nowhere-1 (Name of nowhere-1)' }] },
    ])
  })

  test('hold anonymous answers by their text, whatever order they were drawn in', () => {
    const room = wallOf(['eva', 'ben', 'leo', 'ana'], {})
    room.facilitator({ type: 'reveal' })
    expect(report(room)?.[1]).toEqual({ type: 'list', items: ['by ana', 'by ben', 'by eva', 'by leo'].map((text) => ({ text })) })
  })

  test('say when nothing was written', () => {
    const room = wallOf([])
    room.facilitator({ type: 'reveal' })
    expect(report(room)?.[1]).toMatchObject({ text: 'Nothing was put on the wall.' })
  })

  test('the record holds an answer that was never shown in a named step', () => {
    const room = wallOf(['safety-1'])
    const record = answers.record?.(room.state, { ...room.around, lang: 'en' })
    expect(record?.[0]?.blocks).toMatchObject([{ text: 'Written, and never shown to the room' }, { items: [{ text: 'by safety-1 (Name of safety-1)' }] }])
  })
})

test('whatever people do, the same events fold into the same state and no shared view names a tag', () => {
  const deeds = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ who: fc.integer({ min: 0, max: 7 }), does: arbitrary.participant }) },
      { weight: 1, arbitrary: fc.record({ who: fc.constant(undefined), does: arbitrary.facilitator }) },
    ),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(deeds, (done) => {
      const room = stage(answers, config)
      for (const { who, does } of done) {
        if (who === undefined) room.facilitator(does)
        else room.person(`p${who}`, does)
      }
      expect(JSON.stringify([room.view('screen'), room.view('everyone'), room.view('facilitator')])).not.toContain('tag<')
      const replayed = answers.start(config)
      for (const event of JSON.parse(JSON.stringify(room.events)) as typeof room.events) answers.evolve(replayed, event)
      expect(replayed).toEqual(room.state)
    }),
  )
})

test('both walls of session A are ones that the planner could have made', () => {
  for (const template of [change, serve]) expect([...Compile(answers.config).Errors(template)]).toEqual([])
})
