import type { SessionState } from '../model.ts'
import type { GroupsEvent } from './events.ts'
import { groupingOf } from './people.ts'
import { groupsChanged } from './remembered.ts'
import { apartKey, DRAWS_REMEMBERED, emptyGrouping, type Group, type Grouping, type Groups } from './model.ts'

/** Folds what happened to groups. */
export function evolveGroups(state: SessionState, event: GroupsEvent): void {
  groupsChanged(state)
  if (event.type === 'groups.parted') {
    const key = apartKey(event.a, event.b)
    if (event.apart) state.apart[key] = { a: event.a, b: event.b }
    else delete state.apart[key]
    return
  }
  if (!Object.hasOwn(state.groupings, event.grouping)) state.groupings[event.grouping] = emptyGrouping()
  const grouping = groupingOf(state, event.grouping)
  switch (event.type) {
    case 'groups.formed':
      remember(grouping)
      grouping.formed = true
      grouping.how = event.how
      grouping.size = event.size
      grouping.groups = {}
      write(grouping, event.groups)
      return
    case 'groups.asked':
      grouping.asked[event.by] = true
      return
    case 'groups.exchanged': {
      const before = pairsIn(grouping, event.groups)
      write(grouping, event.groups)
      const after = new Set(pairsIn(grouping, event.groups).map(({ a, b }) => `${a} ${b}`))
      grouping.partings.push(...before.filter(({ a, b }) => !after.has(`${a} ${b}`)))
      return
    }
    case 'groups.changed':
      change(grouping, event.groups)
      return
    case 'groups.stayed':
      if (event.stays) grouping.staying[event.person] = true
      else delete grouping.staying[event.person]
      return
    case 'groups.told': {
      const told = event.group === undefined ? grouping : grouping.groups[event.group]
      if (told === undefined) return
      if (event.text === undefined) delete told.word
      else told.word = event.text
      return
    }
    case 'groups.recalled':
      if (event.recall === undefined) delete grouping.recall
      else grouping.recall = event.recall
      return
    case 'groups.helped': {
      const group = grouping.groups[event.group]
      if (group === undefined) return
      if (event.asks) group.help = true
      else delete group.help
      return
    }
  }
}

/** The room moves to another step: words, calls and warnings of the one before are over. Groups stay together. */
export function calmGroups(state: SessionState): void {
  groupsChanged(state)
  for (const grouping of Object.values(state.groupings)) {
    delete grouping.word
    delete grouping.recall
    for (const group of Object.values(grouping.groups)) {
      delete group.word
      delete group.help
    }
  }
}

/** Once no group is left, the draw is over: who comes then waits, as everybody does. */
function change(grouping: Grouping, groups: Groups): void {
  const before = Object.values(grouping.groups)
  write(grouping, groups)
  if (Object.keys(grouping.groups).length > 0) return
  grouping.formed = false
  delete grouping.how
  delete grouping.size
  remember(grouping, before)
}

function write(grouping: Grouping, groups: Groups): void {
  for (const [id, group] of Object.entries(groups)) {
    if (group.members.length === 0) delete grouping.groups[id]
    else grouping.groups[id] = { ...group, members: [...group.members] }
  }
}

/** Whoever sits together in these groups, two by two. */
function pairsIn(grouping: Grouping, groups: Groups): Grouping['partings'] {
  return Object.keys(groups).flatMap((id) => {
    const members = [...(grouping.groups[id]?.members ?? [])].sort()
    return members.flatMap((a, i) => members.slice(i + 1).map((b) => ({ a, b })))
  })
}

/** Everybody's company of the last draws, in one list of groups. */
function remember(grouping: Grouping, groups: Group[] = Object.values(grouping.groups)): void {
  if (groups.length === 0) return
  grouping.earlier = [...grouping.earlier, groups.map((group) => [...group.members])].slice(-DRAWS_REMEMBERED)
}
