/** What happens to groups when people come, say where they belong, or are removed: events to follow the session's own. */
import type { PersonId } from '../../activities/activity.ts'
import type { Person, SessionState } from '../model.ts'
import { changes, without } from './arrange.ts'
import type { GroupsEvent } from './events.ts'
import { groupOf } from './people.ts'
import { leaving, placed, wayOf, type Fresh } from './place.ts'

/** A latecomer, who is in `state` by now, is placed by the rule of each grouping that has been formed. */
export function groupsAfterJoining(state: SessionState, person: PersonId, fresh: Fresh): GroupsEvent[] {
  return eachGrouping(state, fresh, (grouping, one) => {
    const { groups = {}, formed = false } = state.groupings[grouping] ?? {}
    return formed ? changes(grouping, groups, placed(state, grouping, groups, [person], one)) : []
  })
}

/** Who says which department is theirs comes into one of its groups; who corrects themselves moves. */
export function groupsAfterPlacing(state: SessionState, person: PersonId, department: string, fresh: Fresh): GroupsEvent[] {
  const after = withPerson(state, person, { ...known(state, person), department })
  return eachGrouping(state, fresh, (grouping, one) => {
    const { groups = {}, staying = {} } = state.groupings[grouping] ?? {}
    const own = groups[groupOf(groups, person) ?? '']
    if (wayOf(state, grouping) !== 'departments' || staying[person] === true || own?.department === department) return []
    const out = without(groups, person)
    return changes(grouping, groups, placed(after, grouping, out.groups, [person, ...out.left], one))
  })
}

/** Who is removed leaves their groups. */
export function groupsAfterRemoving(state: SessionState, person: PersonId, fresh: Fresh): GroupsEvent[] {
  const after = withPerson(state, person, { ...known(state, person), removed: true })
  return eachGrouping(state, fresh, (grouping, one) => leaving(after, grouping, person, one))
}

function eachGrouping(state: SessionState, fresh: Fresh, event: (grouping: string, fresh: Fresh) => GroupsEvent[]): GroupsEvent[] {
  return Object.keys(state.groupings).flatMap((grouping) => event(grouping, fresh))
}

function known(state: SessionState, person: PersonId): Person {
  return state.people[person] ?? { number: 0 }
}

/** The state in which this person is so. */
export function withPerson(state: SessionState, person: PersonId, as: Person): SessionState {
  return { ...state, people: { ...state.people, [person]: as } }
}
