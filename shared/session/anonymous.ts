/** Whether a step is anonymous: as its planner chose, or because its kind knows no other way. */
import type { StepId } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { onceACourse } from './changed.ts'
import type { SessionState } from './model.ts'
import type { Plan } from './plan.ts'

/** The one place to ask: what a plan says of a kind that is always anonymous has no effect. */
export function isAnonymous(plan: Plan, step: StepId): boolean {
  const planned = Object.hasOwn(plan.steps, step) ? plan.steps[step] : undefined
  return planned !== undefined && (planned.anonymous || kindOf(planned.activity.kind)?.alwaysAnonymous === true)
}

/** How many people have to stand behind a number of this step: as many as the plan said when it began, or says now if it has not. */
export function thresholdOf(state: SessionState, step: StepId): number {
  return Object.hasOwn(state.steps, step) ? (state.steps[step]?.k ?? state.plan.k) : state.plan.k
}

/** What can be said of all steps so far, those that began before the plan asked for more people included. */
export const leastThreshold = onceACourse((state): number => Math.min(state.plan.k, ...Object.values(state.steps).map((run) => run.k)))
