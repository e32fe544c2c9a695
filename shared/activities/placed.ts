/** Which group somebody is in: found once for all groups, not by looking for everybody among everybody. Kept beside the state and never in it. */
import type { PersonId, PlacedGroup } from './activity.ts'

type Groups = Readonly<Record<string, Pick<PlacedGroup, 'members'>>>

/** Of groups in which nothing has changed since. */
const places = new WeakMap<Groups, Map<PersonId, string>>()

/** The group that a person is in, if any. */
export function groupWith(groups: Groups, person: PersonId): string | undefined {
  let known = places.get(groups)
  if (known === undefined) {
    known = new Map()
    for (const [id, { members }] of Object.entries(groups)) for (const member of members) if (!known.has(member)) known.set(member, id)
    places.set(groups, known)
  }
  return known.get(person)
}

/** To be told by whatever writes into groups. */
export function placesChanged(groups: Groups): void {
  places.delete(groups)
}
