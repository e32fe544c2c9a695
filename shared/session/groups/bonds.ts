/** What a draw must not and would rather not put together: people to be kept apart, and people who were together already. */
import type { PersonId } from '../../activities/activity.ts'
import type { SessionState } from '../model.ts'
import { everybody } from './people.ts'

/** How heavy it weighs to put two people together. */
export interface Bonds {
  get(person: PersonId): ReadonlyMap<PersonId, number> | undefined
}
type All = Map<PersonId, Map<PersonId, number>>

/** Kept apart: more than any number of meetings can weigh. */
export const APART = 10_000
/** Somebody asked for a different partner: none of those who were parted by it come together again while there are others. */
const ASKED_AWAY = 100
const MET = 1

/** Everything that weighs, among everybody: who is kept apart, who asked for somebody else, who was together. */
export function bondsOf(state: SessionState): Bonds {
  const bonds = allApart(state)
  for (const grouping of Object.values(state.groupings)) {
    for (const members of [...grouping.earlier.flat(), ...Object.values(grouping.groups).map((group) => group.members)]) {
      members.forEach((a, i) => members.slice(i + 1).forEach((b) => tie(bonds, a, b, MET)))
    }
    for (const { a, b } of grouping.partings) tie(bonds, a, b, ASKED_AWAY)
  }
  return bonds
}

/** The same, weighed for those alone who are asked about: a latecomer costs no weighing of everybody with everybody. */
export function bondsOfSome(state: SessionState): Bonds {
  const apart = allApart(state)
  const some: All = new Map()
  return {
    get(person) {
      if (some.has(person)) return some.get(person)
      const own = new Map(apart.get(person))
      const weigh = (other: PersonId, heavy: number) => void (other === person || own.set(other, (own.get(other) ?? 0) + heavy))
      for (const grouping of Object.values(state.groupings)) {
        const current = Object.values(grouping.groups).filter(({ members }) => members.includes(person))
        for (const members of [...grouping.earlier.flatMap((draw) => companyIn(draw, person)), ...current.map((group) => group.members)]) {
          for (const other of members) weigh(other, MET)
        }
        for (const { a, b } of grouping.partings) if (a !== b && (a === person || b === person)) weigh(a === person ? b : a, ASKED_AWAY)
      }
      some.set(person, own)
      return own
    },
  }
}

const companies = new WeakMap<PersonId[][], Map<PersonId, PersonId[][]>>()

/** The groups of an earlier draw that somebody was in: a draw that is over stays as it was. */
function companyIn(draw: PersonId[][], person: PersonId): PersonId[][] {
  let known = companies.get(draw)
  if (known === undefined) {
    companies.set(draw, (known = new Map()))
    for (const members of draw) for (const member of members) known.set(member, [...(known.get(member) ?? []), members])
  }
  return known.get(person) ?? []
}

/** Only who is kept apart: by the plan's list of names, and by facilitators in the session. */
export function keptApart(state: SessionState): Bonds {
  return allApart(state)
}

function allApart(state: SessionState): All {
  const bonds: All = new Map()
  for (const { a, b } of Object.values(state.apart)) tie(bonds, a, b, APART)
  const listed = Object.values(state.plan.keepApart)
  if (listed.length === 0) return bonds
  const people = everybody(state).map((id) => ({ id, name: words(state.people[id]?.name ?? '') }))
  for (const { a, b } of listed) {
    const [first, second] = [words(a), words(b)]
    const others = people.filter(({ name }) => sameWords(name, second))
    for (const one of people.filter(({ name }) => sameWords(name, first))) {
      for (const other of others) tie(bonds, one.id, other.id, APART)
    }
  }
  return bonds
}

/** What it weighs to put these two together; 0 if they never were. */
export function weight(bonds: Bonds, a: PersonId, b: PersonId): number {
  return bonds.get(a)?.get(b) ?? 0
}

/** What it weighs to have this person among these; themselves they don't count. */
export function weightAmong(bonds: Bonds, person: PersonId, members: readonly PersonId[]): number {
  const own = bonds.get(person)
  if (own === undefined) return 0
  return members.reduce((sum, other) => (other === person ? sum : sum + (own.get(other) ?? 0)), 0)
}

/** Whether these two are to be kept apart. */
export function areApart(bonds: Bonds, a: PersonId, b: PersonId): boolean {
  return weight(bonds, a, b) >= APART
}

/**
 * Whether a name as typed at the door is meant by a name on the list: case, accents and blanks aside, the shorter of the two
 * may leave out last names. Two too many kept apart harm nobody; two too few might.
 */
function sameWords(a: string[], b: string[]): boolean {
  const length = Math.min(a.length, b.length)
  return length > 0 && a.slice(0, length).every((word, i) => word === b[i])
}

function words(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function tie(bonds: All, a: PersonId, b: PersonId, heavy: number): void {
  if (a === b) return
  for (const [one, other] of [[a, b], [b, a]] as const) {
    const own = bonds.get(one) ?? new Map<PersonId, number>()
    own.set(other, (own.get(other) ?? 0) + heavy)
    bonds.set(one, own)
  }
}
