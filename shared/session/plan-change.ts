/** Changing the plan, also on the day, without losing or exposing what was collected. */
import { accept, type Decision } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { refuse, type Refusal } from '../refusals.ts'
import { isAnonymous } from './anonymous.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState, StepRun } from './model.ts'
import { runOrder, type Plan } from './plan.ts'

/**
 * A step that has begun stays, with its kind. From then on an anonymous one stays anonymous, and k does not fall: were it so only once
 * somebody has answered, a try would tell whether somebody has. A named one may still become anonymous before anybody has answered.
 */
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
  const [was, becomes] = [isAnonymous(state.plan, step), isAnonymous(plan, step)]
  const frozen = was || kindOf(run.kind)?.begun(run.state) === true
  if (frozen && was !== becomes) return refuse('frozen', `plan.steps.${step}.anonymous`)
  if (was && plan.k < state.plan.k) return refuse('frozen', 'plan.k')
  return undefined
}
