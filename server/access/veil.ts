/** Anonymous authors: who they are is computed in memory from a secret that only their device keeps, and stored nowhere. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Tag } from '#shared/activities/activity.ts'

/** 128 bits are enough for a tag to be nobody else's. */
const TAG_CHARACTERS = 22

/** A fresh device secret, for clients that don't make their own. */
export function newVeil(): string {
  return randomBytes(32).toString('base64url')
}

/** The tag of a device in a scope of a session: without the secret, no two tags can be linked to each other or to a person. */
export function tagOf(veil: string, session: string, scope: string): Tag {
  return createHmac('sha256', veil).update(`${session}\n${scope}`).digest('base64url').slice(0, TAG_CHARACTERS)
}

/** What a command's receipt is stored as: nobody can tell from it which command, whose, or when. */
export function receiptOf(session: string, command: string): string {
  return createHash('sha256').update(`${session}\n${command}`).digest('base64url')
}

/** A phone may have lost its secret and bring another; who brings still more would answer as several people. */
const VEILS_PER_PERSON = 3
/** Longest untouched people are forgotten first. */
const MOST_PEOPLE = 50_000

/** Which secrets have come with a person, as hashes and in memory only: how many answers one person may give where nobody knows whose they are. */
export interface Veils {
  /**
   * Whether what is said under this secret counts. The person's first ones do, for as long as the server runs. Of one who has brought too
   * many to several servers at once, before those could tell each other, none does: to be asked at every act.
   */
  admit(person: string, veil: string): boolean
  /** Another server has admitted a secret, told as its hash. */
  heard(person: string, hash: string): void
  /** For people of a session that has ended: nothing that they say counts any more. */
  forget(people: Iterable<string>): void
}

/** `admitted` hears the hash of each secret that is admitted for the first time, for the other servers, and again where one seems not to know it. */
export function openVeils(admitted: (person: string, hash: string) => void = () => undefined): Veils {
  const known = new Map<string, Set<string>>()

  function touched(person: string): Set<string> {
    const theirs = known.get(person) ?? new Set<string>()
    known.delete(person) // so that the map's order is the order of the last touch
    known.set(person, theirs)
    for (const oldest of known.keys()) {
      if (known.size <= MOST_PEOPLE) break
      known.delete(oldest)
    }
    return theirs
  }

  return {
    admit(person, veil) {
      const theirs = touched(person)
      const hash = createHash('sha256').update(`${person}\n${veil}`).digest('base64url')
      if (theirs.has(hash)) return theirs.size <= VEILS_PER_PERSON
      if (theirs.size >= VEILS_PER_PERSON) return false
      theirs.add(hash)
      admitted(person, hash)
      return true
    },
    heard(person, hash) {
      const theirs = touched(person)
      if (theirs.has(hash) || theirs.size > VEILS_PER_PERSON) return
      // Whoever admitted it may not have been there when the others came.
      for (const other of theirs) admitted(person, other)
      theirs.add(hash)
    },
    forget(people) {
      for (const person of people) known.delete(person)
    },
  }
}
