/** The parts of a view that several audiences share, built field by field. */
import type { StepId } from '../../activities/activity.ts'
import type { Departments, StandingViews, TimerView } from './types.ts'
import { kindOf } from '../../activities/registry.ts'
import type { Around } from '../around.ts'
import { onceACourse, onceAStep } from '../changed.ts'
import { orderOf } from '../known.ts'
import type { SessionState, Timer } from '../model.ts'

/** A running timer tells when it ends, a paused one what is left, ms. */
export function timerView(timer: Timer): TimerView {
  return 'ends' in timer ? { total: timer.total, ends: timer.ends } : { total: timer.total, left: timer.left }
}

/** What stays at hand once its step has begun: agreements, moments. Facilitators may see more of it. */
export function standingViews(state: SessionState, audience: 'facilitator' | 'screen' | 'everyone', aroundStep: Around): StandingViews {
  const standing: StandingViews = {}
  for (const step of stepsAtHand(state)) {
    const view = onceAStep(state, step, `standing ${audience}`, () => standingView(state, step, audience, aroundStep))
    if (view !== undefined) standing[step] = view
  }
  return standing
}

const stepsAtHand = onceACourse((state) => Object.keys(state.steps).filter((step) => kindOf(state.steps[step]?.kind ?? '')?.views.standing !== undefined))

function standingView(state: SessionState, step: StepId, audience: 'facilitator' | 'screen' | 'everyone', aroundStep: Around): StandingViews[StepId] | undefined {
  const run = state.steps[step]
  const views = run === undefined ? undefined : kindOf(run.kind)?.views
  const standingOf = (audience === 'facilitator' ? views?.standingForFacilitators : undefined) ?? views?.standing
  const surroundings = standingOf === undefined ? undefined : aroundStep(step)
  if (run === undefined || surroundings === undefined) return undefined
  const view = standingOf?.(run.state, surroundings)
  return view === undefined ? undefined : { kind: run.kind, view }
}

/** The step's place in the run, from 1. */
export function stepNumber(state: SessionState, step: string): number {
  return orderOf(state).indexOf(step) + 1
}

/** The departments of the plan, for a list to choose from. */
export const departmentsView = onceACourse((state): Departments => {
  const departments: Departments = {}
  for (const [id, department] of Object.entries(state.plan.departments)) {
    departments[id] = { order: department.order, name: { ...department.name } }
  }
  return departments
})
