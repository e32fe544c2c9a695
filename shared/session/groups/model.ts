/** A grouping: a named way of splitting people, which outlives the step that made it. */
import type { PersonId } from '../../activities/activity.ts'

export interface Grouping {
  groups: Record<string, Group>
}

export interface Group {
  order: number
  members: PersonId[]
}
