/** Steps and the groupings that they take place in. */
import { inOrder } from '#shared/ordered.ts'
import type { Plan, Step, Way } from '#shared/session/plan.ts'
import { freeKey, withLast } from '../../activities/kit/ordered.ts'

/** The ids of the steps that take place in a grouping, in order. */
export function stepsIn(plan: Plan, grouping: string): string[] {
  return inOrder(plan.steps).filter(([, step]) => step.place === grouping).map(([id]) => id)
}

/** The plan with the step in this grouping; undefined: in the plenary. Groupings stay: people may be in them already. */
export function placedIn(plan: Plan, id: string, grouping: string | undefined): Plan {
  const step = plan.steps[id]
  if (step === undefined) return plan
  const { place: _, ...rest } = step
  const placed: Step = grouping === undefined ? rest : { ...rest, place: grouping }
  return { ...plan, steps: { ...plan.steps, [id]: placed } }
}

/** The plan with the step in a grouping of its own: pairs by a draw, to be changed. */
export function placedAnew(plan: Plan, id: string): Plan {
  const key = freeKey(plan.groupings, 'groups')
  const groupings = withLast<{ how: Way; size: number }>(plan.groupings, key, { how: 'random', size: 2 })
  return placedIn({ ...plan, groupings }, id, key)
}
