/** Where people come who were not there when groups were made: latecomers, those whose group fell apart, those who change their mind. */
import type { PersonId } from '../../activities/activity.ts'
import { random } from '../../random.ts'
import type { SessionState } from '../model.ts'
import type { Way } from '../plan.ts'
import { changes, joined, opened, without } from './arrange.ts'
import { APART, bondsOfSome, weightAmong, type Bonds } from './bonds.ts'
import type { GroupsEvent } from './events.ts'
import type { GroupId, Groups } from './model.ts'
import { groupingOf, unplaced } from './people.ts'

/** What a placing needs of the command: a fresh id for a group that it makes, and dice. */
export interface Fresh {
  id: string
  seed: string
}

/** How a grouping forms: as it was last formed, else as the plan says. */
export function wayOf(state: SessionState, grouping: string): Way {
  return state.groupings[grouping]?.how ?? state.plan.groupings[grouping]?.how ?? 'random'
}

/**
 * Places people by the rule of their grouping: after a draw in the smallest group that has room, or with others who wait;
 * by department in their own one's smallest group. Who cannot be placed without being alone, or beside somebody whom they
 * are to be kept apart from, waits. Neighbours and groups by hand have no rule: everybody waits.
 */
export function placed(state: SessionState, grouping: string, groups: Groups, people: readonly PersonId[], fresh: Fresh): Groups {
  const { formed } = groupingOf(state, grouping)
  const how = wayOf(state, grouping)
  if (!formed || (how !== 'random' && how !== 'departments')) return groups
  const bonds = bondsOfSome(state)
  return people.reduce((now, person, i) => {
    const id = `${fresh.id}-late${i}`
    return how === 'random' ? placeAtRandom(state, grouping, now, person, bonds, { ...fresh, id }) : placeByDepartment(state, grouping, now, person, bonds, { ...fresh, id })
  }, groups)
}

/** Somebody is gone from a grouping: what becomes of it, and of who would be alone. */
export function leaving(state: SessionState, grouping: string, person: PersonId, fresh: Fresh): GroupsEvent[] {
  const now = groupingOf(state, grouping)
  const { groups, left } = without(now.groups, person)
  // Whoever leaves is nobody's company while the others are placed.
  const gone = { ...now, staying: { ...now.staying, [person]: true as const } }
  const after = { ...state, groupings: { ...state.groupings, [grouping]: gone } }
  return changes(grouping, now.groups, placed(after, grouping, groups, left, fresh))
}

/** The smallest group that nothing speaks against; among equals the one that weighs least, then a drawn one. */
function smallest(groups: Groups, person: PersonId, bonds: Bonds, seed: string, allowed: (id: GroupId) => boolean): GroupId | undefined {
  let best: GroupId[] = []
  let least = { size: Infinity, weight: APART }
  for (const [id, { members }] of Object.entries(groups)) {
    if (members.length > least.size || !allowed(id)) continue
    const one = { size: members.length, weight: weightAmong(bonds, person, members) }
    if (one.weight >= APART || (one.size === least.size && one.weight > least.weight)) continue
    if (one.size < least.size || one.weight < least.weight) {
      best = []
      least = one
    }
    best.push(id)
  }
  return best.sort()[random(`${seed}${person}`).below(Math.max(1, best.length))]
}

function placeAtRandom(state: SessionState, grouping: string, groups: Groups, person: PersonId, bonds: Bonds, fresh: Fresh): Groups {
  const size = sizeOf(state, grouping)
  const room = smallest(groups, person, bonds, fresh.seed, (id) => (groups[id]?.members.length ?? 0) <= size)
  if (room !== undefined) return joined(groups, room, person)
  const company = waitingWith(state, grouping, groups, person, bonds, () => true)
  return company.length > 0 ? opened(groups, fresh.id, [...company.slice(0, size - 1), person]) : groups
}

function placeByDepartment(state: SessionState, grouping: string, groups: Groups, person: PersonId, bonds: Bonds, fresh: Fresh): Groups {
  const department = state.people[person]?.department
  if (department === undefined) return groups
  const own = smallest(groups, person, bonds, fresh.seed, (id) => groups[id]?.department === department)
  if (own !== undefined) return joined(groups, own, person)
  const company = waitingWith(state, grouping, groups, person, bonds, (other) => state.people[other]?.department === department)
  return company.length > 0 ? opened(groups, fresh.id, [...company.slice(0, sizeOf(state, grouping) - 1), person], department) : groups
}

/** Others who wait and may all sit together with this person. */
function waitingWith(
  state: SessionState,
  grouping: string,
  groups: Groups,
  person: PersonId,
  bonds: Bonds,
  fits: (other: PersonId) => boolean,
): PersonId[] {
  const company: PersonId[] = []
  for (const other of unplaced(state, groupingOf(state, grouping), groups)) {
    if (other !== person && fits(other) && weightAmong(bonds, other, [...company, person]) < APART) company.push(other)
  }
  return company
}

/** People to a group, as it was last formed, else as the plan says. */
export function sizeOf(state: SessionState, grouping: string): number {
  return state.groupings[grouping]?.size ?? state.plan.groupings[grouping]?.size ?? 2
}
