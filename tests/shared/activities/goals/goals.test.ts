import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FACILITATORS } from '#shared/activities/activity.ts'
import { goals } from '#shared/activities/goals/goals.ts'
import { stage } from '../../../support/stage.ts'
import { config, facilitator } from './arbitrary.ts'

function room() {
  const it = stage(goals, config, { anonymous: false })
  const step = (way: 'next' | 'back') => {
    const event = goals[way]?.(it.state, it.around)
    if (event !== undefined) goals.evolve(it.state, event)
    return event === undefined ? 'leaves' : it.state.open
  }
  return { ...it, next: () => step('next'), back: () => step('back') }
}

describe('opening', () => {
  test('DG1 one card is open at a time, on every surface', () => {
    const { facilitator: ask, view } = room()
    ask({ type: 'open', goal: 'attendance' })
    ask({ type: 'open', goal: 'safety' })
    for (const audience of ['facilitator', 'screen', 'everyone'] as const) expect(view(audience).open).toBe('safety')
    ask({ type: 'close' })
    expect(view('screen').open).toBeUndefined()
  })

  test('DG1 a goal that the plan does not have is refused', () => {
    expect(room().facilitator({ type: 'open', goal: 'gone' })).toBe('not-found')
  })

  test('DG2 next opens one after the other in the plan’s order, then leaves', () => {
    const { next } = room()
    expect([next(), next(), next(), next()]).toEqual(['humanware', 'attendance', 'safety', 'leaves'])
  })

  test('DG2 back goes the same way, by way of all cards', () => {
    const { next, back } = room()
    next()
    next()
    expect([back(), back(), back()]).toEqual(['humanware', undefined, 'leaves'])
  })

  test('DG2 with all cards on the screen, next opens the first that has not been open', () => {
    const { facilitator: ask, next } = room()
    ask({ type: 'open', goal: 'humanware' })
    ask({ type: 'close' })
    expect(next()).toBe('attendance')
  })

  test('DG2 next always leaves in the end, wherever the facilitators went', () => {
    fc.assert(
      fc.property(fc.array(facilitator, { maxLength: 12 }), (commands) => {
        const { facilitator: ask, next } = room()
        for (const command of commands) ask(command)
        const steps = Array.from({ length: Object.keys(config.goals).length + 1 }, () => next())
        expect(steps).toContain('leaves')
      }),
    )
  })

  test('DG1 a goal that is taken out of the plan is no longer open', () => {
    const { facilitator: ask, around, view } = room()
    ask({ type: 'open', goal: 'safety' })
    around.config = { goals: { humanware: config.goals['humanware'] as (typeof config.goals)[string] } }
    expect(view('screen')).toEqual({ goals: { humanware: expect.anything() as unknown } })
  })
})

describe('criteria', () => {
  test('DG3 each goal has its own five', () => {
    const { facilitator: ask, view } = room()
    ask({ type: 'judge', goal: 'safety', criterion: 'measurable', verdict: 'not-yet', note: 'No figure.', seen: 0 })
    ask({ type: 'judge', goal: 'attendance', criterion: 'measurable', verdict: 'yes', seen: 0 })
    expect(view('everyone').goals['safety']?.criteria).toEqual({ measurable: { verdict: 'not-yet', note: 'No figure.' } })
    expect(view('screen').goals['attendance']?.criteria).toEqual({ measurable: { verdict: 'yes' } })
    expect(view('facilitator').goals['safety']?.criteria.measurable?.version).toBe(1)
  })

  test('DG3 a goal that is not there is not judged', () => {
    expect(room().facilitator({ type: 'judge', goal: 'gone', criterion: 'relevant', verdict: 'yes', seen: 0 })).toBe('not-found')
  })

  test('DG4 only facilitators may do anything, and nobody has anything of their own', () => {
    expect(Object.values(goals.may)).toEqual([['facilitator'], ['facilitator'], ['facilitator']])
    expect(room().mine('ana')).toBeUndefined()
  })

  test('DG4 what facilitators wrote can be taken out again', () => {
    const { facilitator: ask, state } = room()
    ask({ type: 'judge', goal: 'safety', criterion: 'measurable', verdict: 'not-yet', note: 'Names somebody.', seen: 0 })
    expect(goals.begun(state)).toBe(true)
    goals.redact(state, { author: FACILITATORS })
    expect(JSON.stringify(state)).not.toContain('Names somebody')
    expect(goals.begun(state)).toBe(false)
  })
})

describe('the notes', () => {
  test('DG5 each goal is an outline, and those that were judged have their table', () => {
    const { facilitator: ask, state, around } = room()
    ask({ type: 'judge', goal: 'humanware', criterion: 'time-bound', verdict: 'yes', seen: 0 })
    const [section] = goals.report(state, { ...around, lang: 'en' })
    expect(section?.blocks.map(({ type }) => type)).toEqual(['heading', 'list', 'table', 'heading', 'list', 'heading', 'list'])
    expect(section?.blocks.slice(0, 2)).toEqual([
      { type: 'heading', text: 'HumanWare' },
      { type: 'list', items: [{ text: 'Goal: Audits' }, { text: 'What it rests on: By month' }, { text: 'By when: This year' }] },
    ])
  })

  test('DG5 in Spanish, and in English where there is no Spanish', () => {
    const { state, around } = room()
    const blocks = goals.report(state, { ...around, lang: 'es' })[0]?.blocks
    expect(blocks?.slice(2, 4)).toEqual([
      { type: 'heading', text: 'Asistencia' },
      { type: 'list', items: [{ text: 'Meta: Menos ausencias' }, { text: 'Cómo: By training' }] },
    ])
  })
})
