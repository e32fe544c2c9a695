/** Changing the plan, also on the day, without losing or exposing what was collected. */
import { accept, type Decision } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { refuse, type Refusal } from '../refusals.ts'
import { isAnonymous } from './anonymous.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState, StepRun } from './model.ts'
import { runOrder, type Plan } from './plan.ts'

/** A step that has begun stays, with its kind; once anybody has contributed, its anonymity stays too; so does k. */
export function changePlan(state: SessionState, plan: Plan): Decision<SessionEvent> {
  for (const [step, run] of Object.entries(state.steps)) {
    const refused = protect(state, plan, step, run)
    if (refused !== undefined) return refused
  }
  if (runOrder(plan).length === 0) return refuse('bad-shape', 'plan.steps')
  if (state.current !== undefined && plan.steps[state.current]?.hidden === true) {
    return refuse('frozen', `plan.steps.${state.current}.hidden`)
  }
  return accept({ type: 'plan.changed', plan })
}

function protect(state: SessionState, plan: Plan, step: string, run: StepRun): Refusal | undefined {
  const planned = plan.steps[step]
  if (planned === undefined || planned.activity.kind !== run.kind) return refuse('frozen', `plan.steps.${step}`)
  if (kindOf(run.kind)?.begun(run.state) !== true) return undefined
  if (isAnonymous(plan, step) !== isAnonymous(state.plan, step)) return refuse('frozen', `plan.steps.${step}.anonymous`)
  if (isAnonymous(plan, step) && plan.k < state.plan.k) return refuse('frozen', 'plan.k')
  return undefined
}
