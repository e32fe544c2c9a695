/**
 * What facilitators know of everybody, made once for as long as nobody comes, goes or says who they are: with five thousand people in
 * the room, making and comparing it after each tap cost twenty times what the tap did. Kept beside the state and never in it.
 */
import type { PersonId } from '../activities/activity.ts'
import { aroundChanged } from './changed.ts'
import type { SessionState } from './model.ts'
import { mapOf, type Part } from '../parts.ts'
import { forgetLooks } from './look-alikes.ts'
import { nameOf } from './names.ts'
import { runOrder, type Naming } from './plan.ts'

export interface Known {
  name?: string
  department?: string
}

/** Everybody in the order of joining, in parts: who comes changes one of them. A part that is undefined is to be made anew. */
interface Everybody {
  naming: Naming
  ids: PersonId[][]
  parts: (Part<Known> | undefined)[]
  at: Map<PersonId, number>
  people?: Record<PersonId, Known>
}

const PART = 64

const made = new WeakMap<SessionState['people'], Everybody>()
const counts = new WeakMap<SessionState['people'], number>()
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
  const all = before?.naming === naming ? before : everybody(state)
  made.set(state.people, all)
  all.people ??= mapOf(all.ids.map((ids, at) => (all.parts[at] ??= partOf(state, ids))))
  return all.people
}

function everybody(state: SessionState): Everybody {
  const all: Everybody = { naming: state.plan.naming, ids: [], parts: [], at: new Map() }
  for (const id of Object.keys(state.people)) add(all, id)
  return all
}

function add({ ids, at }: Everybody, id: PersonId): void {
  const last = ids.at(-1)
  if (last === undefined || last.length >= PART) ids.push([id])
  else last.push(id)
  at.set(id, ids.length - 1)
}

function partOf(state: SessionState, ids: readonly PersonId[]): Part<Known> {
  const part: Record<PersonId, Known> = {}
  for (const id of ids) if (state.people[id] !== undefined && state.people[id].removed !== true) part[id] = known(state, id)
  return part
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

/** Everybody who ever came in, also whoever has gone since: nobody is counted twice. */
export function howManyCame({ people }: SessionState): number {
  const known = counts.get(people) ?? Object.keys(people).length
  counts.set(people, known)
  return known
}

/** Whatever writes into `state.people` says so before it does, and about whom. */
export function peopleChanged(state: SessionState, person: PersonId): void {
  stamps.delete(state.people)
  aroundChanged(state)
  // Who comes adds a name; whatever else happens may take one away.
  if (Object.hasOwn(state.people, person)) forgetLooks(state.people)
  else counts.set(state.people, howManyCame(state) + 1)
  const all = made.get(state.people)
  if (all === undefined) return
  if (!all.at.has(person)) add(all, person)
  delete all.parts[all.at.get(person) ?? 0]
  delete all.people
}
