/** Neighbours find each other: one types the number on the other's phone, and they are a pair. */
import { accept, type Decision, type PersonId } from '../../activities/activity.ts'
import { random, shuffled } from '../../random.ts'
import { refuse } from '../../refusals.ts'
import type { SessionEvent } from '../events.ts'
import type { SessionState } from '../model.ts'
import { changes, joined, opened, without } from './arrange.ts'
import { groupingOf, groupOf, personByNumber } from './people.ts'
import { wayOf, type Fresh } from './place.ts'

/** An odd person may join a pair; a fourth makes two pairs of their own. */
const MOST = 3

/** Somebody who stays where they are is not found: their phone shows no number to type. */
export function pair(state: SessionState, grouping: string, person: PersonId, number: number, fresh: Fresh): Decision<SessionEvent> {
  if (wayOf(state, grouping) !== 'neighbours') return refuse('not-permitted')
  const { groups: before, staying } = groupingOf(state, grouping)
  const other = personByNumber(state, number)
  if (other === undefined || other === person || staying[other] === true) return refuse('not-found')
  const theirs = groupOf(before, other)
  if (theirs !== undefined && before[theirs]?.members.includes(person)) return accept()
  if (theirs !== undefined && (before[theirs]?.members.length ?? 0) >= MOST) return refuse('too-many')
  const rest = without(before, person).groups
  const together = shuffled([person, other].sort(), random(fresh.seed))
  const after = theirs === undefined ? opened(rest, fresh.id, together) : joined(rest, theirs, person)
  const events: SessionEvent[] = changes(grouping, before, after)
  if (staying[person] === true) events.unshift({ type: 'groups.stayed', grouping, person, stays: false })
  return { events }
}
