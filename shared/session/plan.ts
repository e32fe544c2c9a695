/** The plan of a session: what will happen. Keyed maps with an order, so that an edit changes only what it touches. */
import Type, { type Static } from 'typebox'
import { LANGS, LocalizedText } from '../localized.ts'
import { closed, keyed, PlainId } from '../schemas.ts'

/** Ids that people or templates give to steps, departments and groupings: short, and safe as keys. */

const NAMINGS = ['none', 'first', 'full'] as const
export const WAYS = ['neighbours', 'random', 'departments', 'hand'] as const

const DepartmentSchema = closed({ order: Type.Number(), name: LocalizedText(80) })

const GroupingPlan = closed({ order: Type.Number(), how: Type.Enum(WAYS), size: Type.Integer({ minimum: 2, maximum: 30 }) })

const StepSchema = closed({
  order: Type.Number(),
  title: LocalizedText(120),
  minutes: Type.Integer({ minimum: 0, maximum: 600 }),
  /** Left out on the day, kept in the plan. */
  hidden: Type.Optional(Type.Boolean()),
  /** A line for the facilitator, on the console only. */
  script: Type.Optional(LocalizedText(1000)),
  anonymous: Type.Boolean(),
  /** The grouping that people are in during this step; absent: the plenary. */
  place: Type.Optional(PlainId),
  activity: closed({ kind: PlainId, config: Type.Unknown() }),
})

export const PlanSchema = closed({
  title: LocalizedText(160),
  hosts: Type.String({ maxLength: 200 }),
  /** As YYYY-MM-DD, or empty. */
  date: Type.String({ pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' }),
  /** The first is the main one: the screen's, the notes'. */
  languages: Type.Array(Type.Enum(LANGS), { minItems: 1, maxItems: 2 }),
  /** Prompts side by side in both languages on the screen. */
  bothOnScreen: Type.Boolean(),
  naming: Type.Enum(NAMINGS),
  /** Whether joining asks for a department; a step that groups by it asks anyway. */
  askDepartment: Type.Boolean(),
  /** No number about anonymous answers of fewer people than this. */
  k: Type.Integer({ minimum: 3, maximum: 20 }),
  departments: keyed(PlainId, DepartmentSchema),
  /** Pairs of names (as people will type them) that a draw must not put together. */
  keepApart: keyed(
    PlainId,
    closed({ a: Type.String({ maxLength: 80 }), b: Type.String({ maxLength: 80 }) }),
  ),
  /** Whom to call when somebody needs more than the room can give: on the console only. */
  support: Type.String({ maxLength: 300 }),
  groupings: keyed(PlainId, GroupingPlan),
  steps: keyed(PlainId, StepSchema),
})

export type Plan = Static<typeof PlanSchema>
export type Step = Static<typeof StepSchema>
export type Naming = (typeof NAMINGS)[number]
export type Way = (typeof WAYS)[number]

/** The ids of the steps that will be run, in order. */
export function runOrder(plan: Plan): string[] {
  return Object.keys(plan.steps)
    .filter((id) => plan.steps[id]?.hidden !== true)
    .sort((a, b) => (plan.steps[a]?.order ?? 0) - (plan.steps[b]?.order ?? 0))
}

/** Planned minutes of all steps that are not hidden. */
export function plannedMinutes(plan: Plan): number {
  return runOrder(plan).reduce((sum, id) => sum + (plan.steps[id]?.minutes ?? 0), 0)
}
