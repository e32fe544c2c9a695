/** Groups, rearranged: every function gives new groups and leaves the old ones as they were. */
import type { PersonId } from '../../activities/activity.ts'
import type { GroupsEvent } from './events.ts'
import { groupOf } from './people.ts'
import type { Group, GroupId, Groups } from './model.ts'

/** The groups without this person. A group of two falls apart: nobody is left in a group alone; `left` is who remains of it. */
export function without(groups: Groups, person: PersonId): { groups: Groups; left: PersonId[] } {
  const id = groupOf(groups, person)
  const group = id === undefined ? undefined : groups[id]
  if (id === undefined || group === undefined) return { groups, left: [] }
  const members = group.members.filter((member) => member !== person)
  if (members.length > 1) return { groups: { ...groups, [id]: { ...group, members } }, left: [] }
  const { [id]: _gone, ...rest } = groups
  return { groups: rest, left: members }
}

/** The groups with this person, who was in none, at the end of one. */
export function joined(groups: Groups, id: GroupId, person: PersonId): Groups {
  const group = groups[id]
  return group === undefined ? groups : { ...groups, [id]: { ...group, members: [...group.members, person] } }
}

/** The groups with one more, at the first table that is free. */
export function opened(groups: Groups, id: GroupId, members: PersonId[], department?: string): Groups {
  const taken = new Set(Object.values(groups).map((group) => group.order))
  let order = 0
  while (taken.has(order)) order += 1
  return { ...groups, [id]: department === undefined ? { order, members } : { order, members, department } }
}

/** Whoever exchanges places with whom; both are in groups. */
export function exchanged(groups: Groups, a: PersonId, b: PersonId): Groups {
  const out: Groups = {}
  for (const [id, group] of Object.entries(groups)) {
    out[id] = { ...group, members: group.members.map((member) => (member === a ? b : member === b ? a : member)) }
  }
  return out
}

/** What it takes to get from one arrangement to another; no event if they are the same. */
export function changes(grouping: string, before: Groups, after: Groups): Extract<GroupsEvent, { type: 'groups.changed' }>[] {
  const difference = compare(before, after)
  return Object.keys(difference.groups).length === 0 ? [] : [{ type: 'groups.changed', grouping, ...difference }]
}

/** What became of the groups: those that changed, and everybody who is or was in one of them. */
export function compare(before: Groups, after: Groups): { groups: Groups; people: PersonId[] } {
  const groups: Groups = {}
  const people = new Set<PersonId>()
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[id]
    const is = after[id]
    if (was === is || (was !== undefined && is !== undefined && same(was, is))) continue
    groups[id] = is ?? { order: was?.order ?? 0, members: [] }
    for (const person of [...(was?.members ?? []), ...(is?.members ?? [])]) people.add(person)
  }
  return { groups, people: [...people] }
}

function same(a: Group, b: Group): boolean {
  return a.order === b.order && a.department === b.department && a.members.join() === b.members.join()
}
