/** A small goal tree, and anything that facilitators may ask of it: what the contract suite drives it with. */
import fc from 'fast-check'
import { LEVELS } from '#shared/activities/goal-tree/levels.ts'
import type { GoalTreeCommand, GoalTreeConfig } from '#shared/activities/goal-tree/model.ts'
import { judge } from '../criteria/arbitrary.ts'

const leaf = (order: number, en: string) => ({ order, sample: { en, es: `${en} (es)` } })

export const config: GoalTreeConfig = {
  why: { en: 'Why a goal', es: 'Por qué una meta' },
  meanings: {
    specific: { en: 'who does what' },
    measurable: { en: 'numbers tell' },
    achievable: { en: 'it can be done' },
    relevant: { en: 'it matters' },
    'time-bound': { en: 'it has a day' },
  },
  begin: 'empty',
  goal: { sample: { en: 'Sample goal', es: 'Meta de ejemplo' } },
  objectives: {
    o1: { ...leaf(0, 'Sample objective one'), activities: { a1: leaf(0, 'Sample activity one'), a2: leaf(1, 'Sample activity two') } },
    o2: { ...leaf(1, 'Sample objective two'), activities: { a1: leaf(0, 'Sample activity three') } },
    o3: { order: 2, sample: {}, activities: { a1: { order: 0, sample: {} } } },
  },
  question: { en: 'Where is the mental space?', es: '¿Dónde está el espacio mental?' },
}

const node = fc.constantFrom('goal', 'o1', 'o2', 'o3', 'o1.a1', 'o1.a2', 'o2.a1', 'o3.a1', 'gone', 'o1.gone')
const seen = fc.nat({ max: 3 })

export const facilitator: fc.Arbitrary<GoalTreeCommand> = fc.oneof(
  fc.record({ type: fc.constant('write' as const), node, text: fc.constantFrom('Ours', 'Ours\nin two lines', '  '), seen }),
  fc.record({ type: fc.constant('take-sample' as const), node, seen }),
  fc.constant({ type: 'take-samples' as const }),
  fc.record({ type: fc.constant('clear' as const), node, seen }),
  judge.map((fields) => ({ type: 'judge' as const, ...fields })),
  fc.record({ type: fc.constant('show' as const), level: fc.constantFrom(...LEVELS), page: fc.nat({ max: 2 }) }),
)

/** Participants only watch: whatever they send is refused. */
export const arbitrary = { kind: 'goal-tree' as const, config, participant: facilitator, facilitator }
