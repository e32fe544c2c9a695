/** Three department goals, and anything that facilitators may ask of them: what the contract suite drives the kind with. */
import fc from 'fast-check'
import type { GoalsCommand, GoalsConfig } from '#shared/activities/goals/model.ts'
import { judge } from '../criteria/arbitrary.ts'

export const config: GoalsConfig = {
  goals: {
    attendance: { order: 1, department: { en: 'Attendance', es: 'Asistencia' }, goal: { en: 'Less absence', es: 'Menos ausencias' }, how: { en: 'By training' } },
    humanware: { order: 0, department: { en: 'HumanWare' }, goal: { en: 'Audits' }, measure: { en: 'By month' }, bound: { en: 'This year' } },
    safety: { order: 2, department: { en: 'Safety' }, goal: { en: 'Relationships' } },
  },
}

const goal = fc.constantFrom('attendance', 'humanware', 'safety', 'gone')

export const facilitator: fc.Arbitrary<GoalsCommand> = fc.oneof(
  fc.record({ type: fc.constant('open' as const), goal }),
  fc.constant({ type: 'close' as const }),
  fc.tuple(goal, judge).map(([of, fields]) => ({ type: 'judge' as const, goal: of, ...fields })),
)

/** Participants only watch: whatever they send is refused. */
export const arbitrary = { kind: 'goals' as const, config, participant: facilitator, facilitator }
