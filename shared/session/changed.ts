/**
 * When each step changed last, so that what was made of one serves until then: with a hundred steps behind the room, looking into all of
 * them after each tap cost ten times what the tap did. Kept beside the state and never in it. Whatever writes into a session says so here.
 */
import type { StepId } from '../activities/activity.ts'
import type { SessionState } from './model.ts'

export interface Changes {
  /** How often anything has changed. */
  now: number
  /** As of when the plan, and which steps have begun, are over or locked, are as they are. */
  course: number
  /** As of when nothing that all steps have around them has changed: the course, people and groups. */
  around: number
  steps: Map<StepId, number>
  /** Steps whose views look into this one. */
  readers: Map<StepId, Set<StepId>>
  plan: SessionState['plan']
}

const kept = new WeakMap<SessionState['steps'], Changes>()

/** What has changed in a session since somebody first asked. */
export function changesOf(state: SessionState): Changes {
  let changes = kept.get(state.steps)
  if (changes === undefined) kept.set(state.steps, (changes = { now: 0, course: 0, around: 0, steps: new Map(), readers: new Map(), plan: state.plan }))
  if (changes.plan !== state.plan) {
    changes.plan = state.plan
    changes.course = changes.around = changes.now += 1
  }
  return changes
}

/** Something has happened in the activity of this step; `alone`: nothing that steps which look into it would see. */
export function stepChanged(state: SessionState, step: StepId, alone = false): void {
  const changes = kept.get(state.steps)
  if (changes === undefined) return
  changes.now += 1
  changes.steps.set(step, changes.now)
  if (alone) return
  for (const reader of changes.readers.get(step) ?? []) changes.steps.set(reader, changes.now)
}

/** People or groups have changed. */
export function aroundChanged(state: SessionState): void {
  const changes = kept.get(state.steps)
  if (changes !== undefined) changes.around = changes.now += 1
}

/** Another step is the current one, or one was locked or sealed. */
export function courseChanged(state: SessionState): void {
  const changes = kept.get(state.steps)
  if (changes !== undefined) changes.course = changes.around = changes.now += 1
}

/** A view of `reader` has looked into the step `read`: what is made of one is over with the other. */
export function looksInto(state: SessionState, reader: StepId, read: StepId): void {
  const { readers } = changesOf(state)
  const known = readers.get(read)
  if (known === undefined) readers.set(read, new Set([reader]))
  else known.add(reader)
}

/** Whether what was made of a step when `now` was `at` is still what would be made of it. */
export function isUnchanged({ around, steps }: Changes, step: StepId, at: number): boolean {
  return around <= at && (steps.get(step) ?? 0) <= at
}

/** What follows from the plan and the course alone, made once until either changes. Nobody writes into it. */
export function onceACourse<T>(make: (state: SessionState) => T): (state: SessionState) => T {
  const known = new WeakMap<SessionState['steps'], { at: number; value: T }>()
  return (state) => {
    const { course } = changesOf(state)
    const before = known.get(state.steps)
    if (before?.at === course) return before.value
    const value = make(state)
    known.set(state.steps, { at: course, value })
    return value
  }
}

const stepViews = new WeakMap<SessionState['steps'], Map<string, { at: number; value: unknown }>>()

/** What an audience sees of a step, made once until something of it changes. `what` tells apart what is made of one step. */
export function onceAStep<T>(state: SessionState, step: StepId, what: string, make: () => T): T {
  const changes = changesOf(state)
  let views = stepViews.get(state.steps)
  if (views === undefined) stepViews.set(state.steps, (views = new Map()))
  const key = `${what} ${step}`
  const before = views.get(key)
  if (before !== undefined && isUnchanged(changes, step, before.at)) return before.value as T
  const { now } = changes
  const value = make()
  views.set(key, { at: now, value })
  return value
}
