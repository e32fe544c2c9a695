/** Who takes part in groups, and under which number. */
import type { PersonId } from '../../activities/activity.ts'
import type { SessionState } from '../model.ts'
import { emptyGrouping, type GroupId, type Grouping, type Groups } from './model.ts'

/** Numbers begin with two digits, and have three from the ninety-first person on. */
export const FIRST_NUMBER = 10

/** The grouping as it stands; an empty one before anything has happened in it. */
export function groupingOf(state: SessionState, grouping: string): Grouping {
  return (Object.hasOwn(state.groupings, grouping) ? state.groupings[grouping] : undefined) ?? emptyGrouping()
}

/** The grouping that the current step takes place in, if the plan knows it. */
export function currentGrouping(state: SessionState): string | undefined {
  const place = state.current === undefined ? undefined : state.plan.steps[state.current]?.place
  return place !== undefined && Object.hasOwn(state.plan.groupings, place) ? place : undefined
}

/** Everybody who has joined and was not removed, in the order of joining. A phone that is away counts like any other. */
export function everybody(state: SessionState): PersonId[] {
  return Object.keys(state.people).filter((person) => state.people[person]?.removed !== true)
}

/** Whether this is one of them: an id from a command may be anything. */
export function isHere(state: SessionState, person: PersonId): boolean {
  return Object.hasOwn(state.people, person) && state.people[person]?.removed !== true
}

/** Who is in no group and did not choose to stay where they are. */
export function unplaced(state: SessionState, grouping: Grouping, groups: Groups = grouping.groups): PersonId[] {
  const placed = new Set(Object.values(groups).flatMap((group) => group.members))
  return everybody(state).filter((person) => !placed.has(person) && grouping.staying[person] !== true)
}

/** The group that a person is in, if any. */
export function groupOf(groups: Groups, person: PersonId): GroupId | undefined {
  return Object.keys(groups).find((id) => groups[id]?.members.includes(person))
}

/** The short number on a person's phone, by which a neighbour finds them and facilitators know who has no name. */
export function numberOf(state: SessionState, person: PersonId): number {
  return state.people[person]?.number ?? 0
}

/** Who has this number on their phone. */
export function personByNumber(state: SessionState, number: number): PersonId | undefined {
  return everybody(state).find((person) => numberOf(state, person) === number)
}
