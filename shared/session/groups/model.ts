/** A grouping: a named way of splitting people, which outlives the step that made it. */
import type { PersonId, Tag } from '../../activities/activity.ts'
import type { Way } from '../plan.ts'

export interface Grouping {
  /** How people were really grouped, where that is not as planned (a draw instead of neighbours). */
  how?: Way
  /** People in a group, as the draw was asked to make them; absent: as planned. */
  size?: number
  /** A draw, or a placing by department, has been made: from now on latecomers are placed by rule. */
  formed: boolean
  groups: Groups
  /** Earlier draws of this grouping, each with its groups, so that the next draw brings others together. The latest last. */
  earlier: PersonId[][][]
  /** "I'm staying where I am": in no group, and not asked again. */
  staying: Record<PersonId, true>
  /** Who asked for a different partner: once each. Never in any view but the asker's own. */
  asked: Record<Tag, true>
  /** People who were parted by such exchanges, on either side of them. */
  partings: { a: PersonId; b: PersonId }[]
  /** A word to all groups. */
  word?: string
  /** Everybody is asked back into the room by `ends` (server ms); `total` is the length of the warning. */
  recall?: Recall
}

export interface Recall {
  ends: number
  total: number
}

export type GroupId = string
export type Groups = Record<GroupId, Group>

export interface Group {
  /** From 0; the table's number is one more. */
  order: number
  /** In the order of the draw: the first begins, unless memory says otherwise. */
  members: PersonId[]
  /** The department whose people they are, where people are grouped by it. */
  department?: string
  /** They have asked for a facilitator. */
  help?: true
  /** A word to this group alone. */
  word?: string
}

/** Earlier draws that are remembered; older ones no longer matter to anybody. */
export const DRAWS_REMEMBERED = 5

/** What two people who are kept apart are found by, in either order. */
export function apartKey(a: PersonId, b: PersonId): string {
  return [a, b].sort().join(' ')
}

/** A grouping before anybody is in a group. */
export function emptyGrouping(): Grouping {
  return { formed: false, groups: {}, earlier: [], staying: {}, asked: {}, partings: [] }
}
