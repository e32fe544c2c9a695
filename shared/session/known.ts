/**
 * What facilitators know of everybody, made once for as long as nobody comes, goes or says who they are: with five thousand people in
 * the room, making and comparing it after each tap cost twenty times what the tap did. Kept beside the state and never in it.
 */
import type { PersonId } from '../activities/activity.ts'
import type { SessionState } from './model.ts'
import { nameOf } from './names.ts'
import { runOrder, type Naming } from './plan.ts'

export interface Known {
  name?: string
  department?: string
}

const made = new WeakMap<SessionState['people'], { naming: Naming; people: Record<PersonId, Known> }>()

const orders = new WeakMap<SessionState['plan'], readonly string[]>()
const stamps = new WeakMap<SessionState['people'], { plan: SessionState['plan'] }>()

/** One person: the name that they go by, and the department that they told us. */
export function known(state: SessionState, person: PersonId): Known {
  const view: Known = {}
  const name = nameOf(state, person)
  const department = state.people[person]?.department
  if (name !== undefined) view.name = name
  if (department !== undefined) view.department = department
  return view
}

/** Everybody who is part of the session. The same object until something changes: nobody writes into it. */
export function knownPeople(state: SessionState): Record<PersonId, Known> {
  const { naming } = state.plan
  const before = made.get(state.people)
  if (before?.naming === naming) return before.people
  const people: Record<PersonId, Known> = {}
  for (const [id, person] of Object.entries(state.people)) if (person.removed !== true) people[id] = known(state, id)
  made.set(state.people, { naming, people })
  return people
}

/** The same object for as long as the plan and what people go by stay as they are: what was made from them need not be made again. */
export function sameFor(state: SessionState): object {
  const before = stamps.get(state.people)
  if (before?.plan === state.plan) return before
  const stamp = { plan: state.plan }
  stamps.set(state.people, stamp)
  return stamp
}

/** The steps that are run, in order: sorted once for as long as the plan of this session stays. */
export function orderOf({ plan }: SessionState): readonly string[] {
  const before = orders.get(plan)
  if (before !== undefined) return before
  const order = runOrder(plan)
  orders.set(plan, order)
  return order
}

/** Whatever writes into `state.people` says so. */
export function peopleChanged(state: SessionState): void {
  made.delete(state.people)
  stamps.delete(state.people)
}
