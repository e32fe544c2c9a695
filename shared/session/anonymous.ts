/** Whether a step is anonymous: as its planner chose, or because its kind knows no other way. */
import type { StepId } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import type { Plan } from './plan.ts'

/** The one place to ask: what a plan says of a kind that is always anonymous has no effect. */
export function isAnonymous(plan: Plan, step: StepId): boolean {
  const planned = Object.hasOwn(plan.steps, step) ? plan.steps[step] : undefined
  return planned !== undefined && (planned.anonymous || kindOf(planned.activity.kind)?.alwaysAnonymous === true)
}
