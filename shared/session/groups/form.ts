/** Forming groups for everybody at once: by a draw, or by department. */
import type { PersonId } from '../../activities/activity.ts'
import { random, type Random } from '../../random.ts'
import type { SessionState } from '../model.ts'
import { changes, joined, opened } from './arrange.ts'
import { bondsOf, weightAmong, type Bonds } from './bonds.ts'
import { draw } from './draw.ts'
import type { GroupsEvent } from './events.ts'
import type { Groups } from './model.ts'
import { everybody, groupingOf, unplaced } from './people.ts'
import type { Fresh } from './place.ts'

interface Forming {
  how: 'random' | 'departments'
  size: number
}

/** All groups anew, for everybody who does not stay where they are. */
export function formed(state: SessionState, grouping: string, forming: Forming, fresh: Fresh): GroupsEvent {
  const { staying } = groupingOf(state, grouping)
  const people = everybody(state).filter((person) => staying[person] !== true)
  const dice = random(fresh.seed)
  const bonds = bondsOf(state)
  const groups = forming.how === 'random' ? numbered(draw(people, forming.size, bonds, dice), fresh) : byDepartment(state, people, forming.size, bonds, dice, fresh)
  return { type: 'groups.formed', grouping, how: forming.how, size: forming.size, groups }
}

/** Those who wait are drawn among themselves; the groups that there are stay, but for taking in a single one. */
export function formedRest(state: SessionState, grouping: string, size: number, fresh: Fresh): GroupsEvent[] {
  const before = groupingOf(state, grouping)
  const waiting = unplaced(state, before)
  const bonds = bondsOf(state)
  const [only] = waiting
  let groups = before.groups
  if (waiting.length === 1 && only !== undefined) groups = withOne(groups, only, bonds)
  draw(waiting, size, bonds, random(fresh.seed)).forEach((members, i) => {
    groups = opened(groups, `${fresh.id}-${i}`, members)
  })
  return changes(grouping, before.groups, groups)
}

function numbered(drawn: PersonId[][], fresh: Fresh): Groups {
  const groups: Groups = {}
  drawn.forEach((members, order) => {
    groups[`${fresh.id}-${order}`] = { order, members }
  })
  return groups
}

/** Each department in groups of about the size; those who are the only one of theirs sit together, or join the smallest group. */
function byDepartment(state: SessionState, people: readonly PersonId[], size: number, bonds: Bonds, dice: Random, fresh: Fresh): Groups {
  const departments = Object.keys(state.plan.departments).sort(
    (a, b) => (state.plan.departments[a]?.order ?? 0) - (state.plan.departments[b]?.order ?? 0),
  )
  let groups: Groups = {}
  const single: PersonId[] = []
  for (const department of departments) {
    const own = people.filter((person) => state.people[person]?.department === department)
    if (own.length === 1) single.push(...own)
    draw(own, size, bonds, dice).forEach((members, i) => {
      groups = opened(groups, `${fresh.id}-${department}-${i}`, members, department)
    })
  }
  draw(single, size, bonds, dice).forEach((members, i) => {
    groups = opened(groups, `${fresh.id}-mixed-${i}`, members)
  })
  const [only] = single
  return single.length === 1 && only !== undefined ? withOne(groups, only, bonds) : groups
}

/** One who would be alone joins the group that weighs least, the smallest of these. Where there is no group, they wait. */
function withOne(groups: Groups, person: PersonId, bonds: Bonds): Groups {
  const [best] = Object.entries(groups)
    .map(([id, group]) => ({ id, order: group.order, size: group.members.length, weight: weightAmong(bonds, person, group.members) }))
    .sort((a, b) => a.weight - b.weight || a.size - b.size || a.order - b.order)
  return best === undefined ? groups : joined(groups, best.id, person)
}
