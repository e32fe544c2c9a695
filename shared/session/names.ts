/** What people go by. Where a plan asks for no names any more, those that were told before stay untold, and lost is none of them. */
import type { Author } from '../activities/activity.ts'
import type { SessionState } from './model.ts'

/** Undefined for tags, for who told none, and while the naming policy is "none". */
export function nameOf(state: SessionState, author: Author): string | undefined {
  const person = state.plan.naming === 'none' || !Object.hasOwn(state.people, author) ? undefined : state.people[author]
  if (person?.name === undefined) return undefined
  return person.alike === true ? `${person.name} (${person.number})` : person.name
}
