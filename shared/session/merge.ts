/**
 * One person who came in twice, with another phone, another name, or a browser that forgot: the second becomes the first from then on.
 * What was said stays where it was said and keeps its name; of what was said without a name nothing is known and nothing changes.
 */
import { accept, type Decision, type PersonId } from '../activities/activity.ts'
import { refuse } from '../refusals.ts'
import type { SessionEvent } from './events.ts'
import { changes } from './groups/arrange.ts'
import { groupOf, isHere } from './groups/people.ts'
import { leaving, type Fresh } from './groups/place.ts'
import { apartKey } from './groups/model.ts'
import { groupsChanged } from './groups/remembered.ts'
import type { GroupsEvent } from './groups/events.ts'
import { peopleChanged } from './known.ts'
import type { SessionState } from './model.ts'

/** Who somebody is by now: themselves, or whom a facilitator said they are. */
export function whoIs(state: SessionState, person: PersonId): PersonId {
  return (Object.hasOwn(state.people, person) ? state.people[person]?.as : undefined) ?? person
}

/** Under whom else this person came in. */
export function othersOf(state: SessionState, person: PersonId): PersonId[] {
  return Object.keys(state.people).filter((other) => state.people[other]?.as === person)
}

/** Decides that two are one person; both must be in. Where only the second had a group, the first takes that place. */
export function decideMerge(state: SessionState, person: PersonId, into: PersonId, fresh: Fresh): Decision<SessionEvent> {
  if (!isHere(state, person) || !isHere(state, into)) return refuse('not-found')
  if (person === into) return refuse('already')
  const after: SessionState = { ...state, people: { ...state.people, [person]: { ...(state.people[person] ?? { number: 0 }), removed: true } } }
  const groups = Object.keys(state.groupings).flatMap((grouping) => inGroups(after, grouping, person, into, fresh))
  return accept<SessionEvent>({ type: 'person.merged', person, into }, ...groups)
}

/** Writes into the state. */
export function mergePeople(state: SessionState, person: PersonId, into: PersonId): void {
  const merged = state.people[person]
  if (merged === undefined) return
  peopleChanged(state, person)
  groupsChanged(state)
  for (const other of othersOf(state, person)) Object.assign(state.people[other] ?? {}, { as: into })
  merged.removed = true
  merged.as = into
  for (const grouping of Object.values(state.groupings)) {
    const now = (one: PersonId) => (one === person ? into : one)
    grouping.partings = grouping.partings.map(({ a, b }) => ({ a: now(a), b: now(b) })).filter(({ a, b }) => a !== b)
  }
  // Whom one of them was to be kept apart from, both are.
  for (const [key, { a, b }] of Object.entries(state.apart)) {
    if (a !== person && b !== person) continue
    delete state.apart[key]
    const other = a === person ? b : a
    if (other !== into) state.apart[apartKey(into, other)] = { a: into, b: other }
  }
}

function inGroups(after: SessionState, grouping: string, person: PersonId, into: PersonId, fresh: Fresh): GroupsEvent[] {
  const groups = after.groupings[grouping]?.groups ?? {}
  const id = groupOf(groups, person)
  const group = id === undefined ? undefined : groups[id]
  if (id === undefined || group === undefined) return []
  if (groupOf(groups, into) !== undefined) return leaving(after, grouping, person, fresh)
  const members = group.members.map((member) => (member === person ? into : member))
  const stayed: GroupsEvent[] = after.groupings[grouping]?.staying[into] === true ? [{ type: 'groups.stayed', grouping, person: into, stays: false }] : []
  return [...stayed, ...changes(grouping, groups, { ...groups, [id]: { ...group, members } })]
}
