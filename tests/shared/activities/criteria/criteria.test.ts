import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyJudged, criteriaFacilitatorView, criteriaView, decideJudge, evolveJudged, wipeJudgements, type Judge } from '#shared/activities/criteria/criteria.ts'
import { judgementOf, type Judgements } from '#shared/activities/criteria/list.ts'
import { criteriaTable } from '#shared/activities/criteria/report.ts'
import { judge } from './arbitrary.ts'

/** Sends a judgement, and says what came of it: a refusal's code, or how many events. */
function send(judgements: Judgements, command: Judge): string | number {
  const decision = decideJudge(judgements, command)
  if ('refused' in decision) return decision.refused
  for (const event of decision.events) evolveJudged(judgements, event)
  return decision.events.length
}

function judged(...commands: Omit<Judge, 'seen'>[]): Judgements {
  const judgements: Judgements = {}
  for (const command of commands) send(judgements, { ...command, seen: judgementOf(judgements, command.criterion).version })
  return judgements
}

describe('judging', () => {
  test('CR1 a criterion is met or not yet, with a note beside it', () => {
    const judgements = judged({ criterion: 'specific', verdict: 'yes' }, { criterion: 'measurable', verdict: 'not-yet', note: 'No target.' })
    expect(criteriaView(judgements)).toEqual({ specific: { verdict: 'yes' }, measurable: { verdict: 'not-yet', note: 'No target.' } })
  })

  test('CR1 without a note the one that stands there stays; an empty one takes it away', () => {
    const judgements = judged({ criterion: 'relevant', verdict: 'not-yet', note: 'To whom?' }, { criterion: 'relevant', verdict: 'yes' })
    expect(criteriaView(judgements)).toEqual({ relevant: { verdict: 'yes', note: 'To whom?' } })
    send(judgements, { criterion: 'relevant', verdict: 'yes', note: '', seen: 2 })
    expect(criteriaView(judgements)).toEqual({ relevant: { verdict: 'yes' } })
  })

  test('CR2 who has not seen the newest judgement is refused, and nothing is lost', () => {
    const judgements = judged({ criterion: 'specific', verdict: 'not-yet', note: 'Who does it?' })
    expect(send(judgements, { criterion: 'specific', verdict: 'yes', seen: 0 })).toBe('moved-on')
    expect(criteriaView(judgements)).toEqual({ specific: { verdict: 'not-yet', note: 'Who does it?' } })
  })

  test('CR2 the same judgement again is no event, whatever its sender had seen', () => {
    const judgements = judged({ criterion: 'specific', verdict: 'yes', note: 'a b' })
    expect(send(judgements, { criterion: 'specific', verdict: 'yes', note: ' a\nb ', seen: 0 })).toBe(0)
  })

  test('CR3 a verdict taken back leaves the room’s view and keeps its version', () => {
    const judgements = judged({ criterion: 'specific', verdict: 'yes' }, { criterion: 'specific', verdict: 'open' })
    expect(criteriaView(judgements)).toEqual({})
    expect(anyJudged(judgements)).toBe(false)
    expect(criteriaFacilitatorView(judgements)).toEqual({ specific: { verdict: 'open', version: 2 } })
  })

  test('CR3 wiped judgements say nothing, and an older command does not bring them back', () => {
    const judgements = judged({ criterion: 'specific', verdict: 'yes', note: 'a name' })
    wipeJudgements(judgements)
    expect(JSON.stringify(judgements)).not.toContain('a name')
    expect(send(judgements, { criterion: 'specific', verdict: 'yes', note: 'a name', seen: 1 })).toBe('moved-on')
  })

  test('CR2 of any two facilitators who saw the same, the second with something else is refused', () => {
    fc.assert(
      fc.property(fc.array(judge, { maxLength: 8 }), judge, judge, (before, one, two) => {
        const judgements: Judgements = {}
        for (const command of before) send(judgements, command)
        const seen = judgementOf(judgements, one.criterion).version
        const first = send(judgements, { ...one, seen })
        const held = JSON.stringify(judgements)
        const second = send(judgements, { ...two, criterion: one.criterion, seen })
        if (first === 1) expect(second).not.toBe(1)
        if (first === 1) expect(JSON.stringify(judgements)).toBe(held)
      }),
    )
  })
})

describe('the table in the notes', () => {
  test('CR4 a goal that nobody judged has no table', () => {
    expect(criteriaTable(judged({ criterion: 'specific', verdict: 'yes' }, { criterion: 'specific', verdict: 'open' }), 'The goal', 'en')).toEqual([])
  })

  test('CR4 all five criteria stand in it, with verdict and note, in the notes’ language', () => {
    const judgements = judged({ criterion: 'measurable', verdict: 'not-yet', note: 'No target.' }, { criterion: 'specific', verdict: 'yes' })
    expect(criteriaTable(judgements, 'Asistencia', 'es')).toEqual([
      {
        type: 'table',
        caption: 'Asistencia',
        head: ['Criterio', '¿Lo es?', 'Nota'],
        rows: [
          ['Específica', 'Sí', ''],
          ['Medible', 'Todavía no', 'No target.'],
          ['Alcanzable', 'Sin tratar', ''],
          ['Relevante', 'Sin tratar', ''],
          ['Con tiempo definido', 'Sin tratar', ''],
        ],
      },
    ])
  })
})
