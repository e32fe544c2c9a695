/**
 * The draw: people into groups of nearly equal size, nobody alone, those who are to be kept apart kept apart whenever that can
 * be done, and as few as possible with whom they were before.
 */
import type { PersonId } from '../../activities/activity.ts'
import { shuffled, type Random } from '../../random.ts'
import { APART, areApart, weight, weightAmong, type Bonds } from './bonds.ts'

/** Draws of which the best is taken: the first without any fault ends it. Few in a hall, where the first is nearly always good. */
const ATTEMPTS = 16
const ATTEMPTS_IN_A_HALL = 3
const HALL = 80
/** Seats tried for people who are to be kept apart before a draw is given up as impossible. */
const SEATS_TRIED = 4000
/** Partners looked at for one exchange, and rounds of exchanges. */
const LOOKED_AT = 100
const ROUNDS = 12

/** Sizes that differ by at most one, each of two people at least; one group for three people or fewer. */
function sizesOf(people: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(people / count) + (i < people % count ? 1 : 0))
}

/** How many groups there will be: about `size` in each; an odd one makes a three of a pair. */
export function countOf(people: number, size: number): number {
  return Math.max(1, Math.min(Math.round(people / size), Math.floor(people / 2)))
}

/** Groups in a drawn order, members in a drawn order. Fewer than two people are no group. */
export function draw(people: readonly PersonId[], size: number, bonds: Bonds, dice: Random): PersonId[][] {
  if (people.length < 2) return []
  const wished = countOf(people.length, size)
  let best: { groups: PersonId[][]; weight: number } | undefined
  // Other numbers of groups only where the wished one cannot keep people apart.
  for (const count of [wished, wished + 1, wished - 1]) {
    if (count < 1 || count > people.length / 2) continue
    for (let i = 0; i < (people.length > HALL ? ATTEMPTS_IN_A_HALL : ATTEMPTS); i += 1) {
      const groups = exchange(deal(people, sizesOf(people.length, count), bonds, dice), bonds, dice)
      const heavy = groups.reduce((sum, members) => sum + heaviness(members, bonds), 0)
      if (best === undefined || heavy < best.weight) best = { groups, weight: heavy }
      if (heavy === 0) break
    }
    if (best !== undefined && best.weight < APART) break
  }
  return shuffled((best?.groups ?? []).map((members) => shuffled(members, dice)), dice)
}

function heaviness(members: readonly PersonId[], bonds: Bonds): number {
  return members.reduce((sum, person) => sum + weightAmong(bonds, person, members), 0)
}

/** A first deal: people to be kept apart are seated by search, everybody else fills up. */
function deal(people: readonly PersonId[], sizes: number[], bonds: Bonds, dice: Random): PersonId[][] {
  const order = shuffled(people, dice)
  const among = new Map(order.map((person) => [person, order.filter((other) => areApart(bonds, person, other)).length]))
  const bound = order.filter((person) => (among.get(person) ?? 0) > 0).sort((a, b) => (among.get(b) ?? 0) - (among.get(a) ?? 0))
  const seated = seat(bound, sizes, bonds, dice)
  const groups = seated ?? sizes.map(() => [])
  const rest = seated === undefined ? order : order.filter((person) => !bound.includes(person))
  let at = 0
  for (const person of rest) {
    while ((groups[at]?.length ?? 0) >= (sizes[at] ?? 0)) at += 1
    groups[at]?.push(person)
  }
  return groups
}

/** Every seat is tried in turn, so that a way is found if there is one; undefined if not, or if it takes too long. */
function seat(bound: PersonId[], sizes: number[], bonds: Bonds, dice: Random): PersonId[][] | undefined {
  const groups: PersonId[][] = sizes.map(() => [])
  let tried = 0
  const next = (i: number): boolean => {
    const person = bound[i]
    if (person === undefined) return true
    const emptyTried = new Set<number>()
    for (const at of shuffled([...sizes.keys()], dice)) {
      const group = groups[at] ?? []
      const room = sizes[at] ?? 0
      if (group.length >= room || group.some((other) => areApart(bonds, person, other))) continue
      if (group.length === 0) {
        if (emptyTried.has(room)) continue
        emptyTried.add(room)
      }
      tried += 1
      if (tried > SEATS_TRIED) return false
      group.push(person)
      if (next(i + 1)) return true
      group.pop()
    }
    return false
  }
  return next(0) ? groups : undefined
}

/** Exchanges two people as long as that makes it lighter. Writes into `groups`. */
function exchange(groups: PersonId[][], bonds: Bonds, dice: Random): PersonId[][] {
  for (let round = 0; round < ROUNDS; round += 1) {
    let better = false
    for (const members of groups) {
      for (const person of [...members]) {
        if (members.includes(person) && weightAmong(bonds, person, members) > 0) better = exchangeOne(groups, members, person, bonds, dice) || better
      }
    }
    if (!better) break
  }
  return groups
}

function exchangeOne(groups: PersonId[][], members: PersonId[], person: PersonId, bonds: Bonds, dice: Random): boolean {
  const seats = groups.flatMap((group) => (group === members ? [] : group.map((other) => ({ group, other }))))
  for (const { group, other } of shuffled(seats, dice).slice(0, LOOKED_AT)) {
    const before = weightAmong(bonds, person, members) + weightAmong(bonds, other, group)
    const swapped = weight(bonds, person, other)
    // Each among the others of the other's group: the one whose seat they take is no longer there.
    const after = weightAmong(bonds, person, group) + weightAmong(bonds, other, members) - 2 * swapped
    if (after >= before) continue
    members[members.indexOf(person)] = other
    group[group.indexOf(other)] = person
    return true
  }
  return false
}
