/** What an activity may know of the session around it, made for one step. */
import type { Author, StepAround, StepId, Surroundings } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { isAnonymous, thresholdOf } from './anonymous.ts'
import { looksInto, onceACourse } from './changed.ts'
import { orderOf, sameFor } from './known.ts'
import { nameOf } from './names.ts'
import type { SessionState } from './model.ts'

export type Around = (step: StepId) => Surroundings<unknown> | undefined

/** The surroundings of every step of one state, each made once: for views of many people, which ask for the same ones. */
export function aroundAll(state: SessionState): Around {
  const made = new Map<StepId, Surroundings<unknown> | undefined>()
  return (step) => {
    if (!made.has(step)) made.set(step, around(state, step))
    return made.get(step)
  }
}

/** The surroundings of a step, or undefined if the plan has no such step. Config comes from the plan as it is now. */
export function around(state: SessionState, step: StepId): Surroundings<unknown> | undefined {
  const planned = Object.hasOwn(state.plan.steps, step) ? state.plan.steps[step] : undefined
  if (planned === undefined || kindOf(planned.activity.kind) === undefined) return undefined
  const surroundings: Surroundings<unknown> = {
    config: planned.activity.config,
    step,
    title: planned.title,
    anonymous: isAnonymous(state.plan, step),
    k: thresholdOf(state, step),
    steps: stepsAround(state),
    currentStep: state.current,
    departments: state.plan.departments,
    nameOf: (author: Author) => nameOf(state, author),
    departmentOf: (author: Author) => state.people[author]?.department,
    numberOf: (author: Author) => state.people[author]?.number,
    stateOf: (other: StepId) => {
      if (other !== step) looksInto(state, step, other)
      return state.steps[other]?.state
    },
    sameFor: sameFor(state),
  }
  if (planned.place !== undefined) surroundings.groups = state.groupings[planned.place]?.groups ?? {}
  return surroundings
}

const stepsAround = onceACourse((state): Surroundings<unknown>['steps'] => {
  const steps: Record<StepId, StepAround> = {}
  orderOf(state).forEach((id, order) => {
    const run = state.steps[id]
    const started = run !== undefined
    const planned = state.plan.steps[id]
    steps[id] = { order, kind: planned?.activity.kind ?? '', title: planned?.title ?? {}, started, over: started && state.current !== id }
    if (planned?.place !== undefined) steps[id].place = planned.place
    if (run?.left === true && state.current === id) steps[id].returned = true
  })
  return steps
})
