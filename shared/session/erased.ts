/** What is left of somebody who was erased: in the state, and in the events that named them. */
import type { PersonId } from '../activities/activity.ts'
import type { SessionEvent } from './events.ts'
import { groupsChanged } from './groups/remembered.ts'
import { peopleChanged } from './known.ts'
import type { SessionState } from './model.ts'

/** Writes into the state. Their number stays, so that nobody else's changes, and their place in groups of the past, as somebody's. */
export function forgetPerson(state: SessionState, person: PersonId): void {
  const before = state.people[person]
  if (before === undefined) return
  peopleChanged(state, person)
  groupsChanged(state)
  state.people[person] = { number: before.number, removed: true, erased: true }
  for (const [id, call] of Object.entries(state.calls)) if (call.by === person) delete state.calls[id]
  for (const [key, { a, b }] of Object.entries(state.apart)) if (a === person || b === person) delete state.apart[key]
  for (const grouping of Object.values(state.groupings)) {
    grouping.partings = grouping.partings.filter(({ a, b }) => a !== person && b !== person)
    delete grouping.staying[person]
  }
}

/** The event as it stands in the log once these people are erased: without what they told of themselves. Undefined: as it was. */
export function withoutPeople(event: SessionEvent, people: ReadonlySet<PersonId>): SessionEvent | undefined {
  if (event.type !== 'person.joined' && event.type !== 'person.placed' && event.type !== 'person.knocked') return undefined
  return people.has(event.person) ? { type: event.type, person: event.person } : undefined
}
