/** Numbers about anonymous people: withheld below k, and moving only when three of them have moved, so that none moves with one person's thumb. */
import type { Author } from './activity.ts'

/** Live numbers advance by this many answers at a time; the smallest crowd that a change can hide in. */
export const STEP = 3

/** How many have answered, as anybody may know it: undefined below k, then in steps of three. */
export function steppedCount(answers: number, k: number): number | undefined {
  return answers < k ? undefined : k + STEP * Math.floor((answers - k) / STEP)
}

/** A number as it has been told, and who has changed something since: part of a kind's state. */
export interface Told {
  /** Absent: nothing yet, k have not come together. 0: it was told, and too few are left. */
  told?: number
  changed: Record<Author, true>
}

/** A number that nobody has been told. */
export function untold(): Told {
  return { changed: {} }
}

/**
 * `by` has done something, and `people` stand behind the number now. It is told first when there are k of them, and from then on
 * said anew, also to be too few, when three people have done something since: whoever writes and takes back alone moves nothing.
 * Returns whether it was said. Writes into `told`.
 */
export function tell(told: Told, by: Author, people: number | (() => number), k: number): boolean {
  told.changed[by] = true
  if (told.told !== undefined && Object.keys(told.changed).length < STEP) return false
  // Counted only where it is to be told: counting everybody for each of thousands who answer costs more than all the rest.
  const now = typeof people === 'number' ? people : people()
  if (told.told === undefined && now < k) return false
  told.told = steppedCount(now, k) ?? 0
  told.changed = {}
  return true
}

/** What anybody may know of it: undefined where it is withheld. */
export function toldOf(told: Told | undefined): number | undefined {
  return told?.told === 0 ? undefined : told?.told
}

/** The same without those who changed something: what sealing keeps. */
export function settledAs(told: Told): Told {
  return told.told === undefined ? untold() : { told: told.told, changed: {} }
}
