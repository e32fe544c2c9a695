/** What each audience may see of groups, in a step that takes place in them: built field by field. */
import type { PersonId, Tag } from '../../activities/activity.ts'
import { groupWith } from '../../activities/placed.ts'
import type { Localized } from '../../localized.ts'
import type { SessionState } from '../model.ts'
import { nameOf } from '../names.ts'
import { APART, keptApart, weightAmong } from './bonds.ts'
import type { Group } from './model.ts'
import { askScope } from './other.ts'
import { currentGrouping, groupingOf, isHere, numberOf, unplaced } from './people.ts'
import { sizeOf, wayOf } from './place.ts'
import { rememberedGroups } from './remembered.ts'
import type { FacilitatorGroupView, GroupsFacilitatorView, GroupsMineView, GroupsScreenView, GroupWorkView, MyGroupView, PersonInGroups } from './views.ts'

/** More tables than this nobody reads from the back row; phones say it anyway. */
const TABLES_ON_SCREEN = 12

export function everyoneGroups(state: SessionState): GroupWorkView | undefined {
  const id = currentGrouping(state)
  if (id === undefined) return undefined
  const grouping = groupingOf(state, id)
  const view: GroupWorkView = { grouping: id, how: wayOf(state, id), size: sizeOf(state, id), formed: grouping.formed }
  if (grouping.word !== undefined) view.word = grouping.word
  if (grouping.recall !== undefined) view.recall = { ends: grouping.recall.ends, total: grouping.recall.total }
  return view
}

/** `tag`: theirs in a scope, by which alone they are known to have asked for a different partner. */
export function mineGroups(state: SessionState, person: PersonId, tag: (scope: string) => Tag): GroupsMineView | undefined {
  const id = currentGrouping(state)
  if (id === undefined || state.people[person] === undefined) return undefined
  const grouping = groupingOf(state, id)
  const own = groupWith(grouping.groups, person)
  const group = own === undefined ? undefined : grouping.groups[own]
  const view: GroupsMineView = {
    grouping: id,
    number: numberOf(state, person),
    is: group !== undefined ? 'placed' : grouping.staying[person] === true ? 'staying' : 'waiting',
    asksDepartment: wayOf(state, id) === 'departments' && state.people[person].department === undefined,
    asked: grouping.asked[tag(askScope(id))] === true,
  }
  if (own !== undefined && group !== undefined) view.group = myGroup(state, own, group, person)
  return view
}

function myGroup(state: SessionState, id: string, group: Group, person: PersonId): MyGroupView {
  const view: MyGroupView = { id, table: group.order + 1, partners: {}, help: group.help === true }
  const department = departmentOf(state, group)
  if (department !== undefined) view.department = department
  if (group.word !== undefined) view.word = group.word
  group.members.forEach((member, order) => {
    if (member === person) return
    const name = nameOf(state, member)
    view.partners[String(numberOf(state, member))] = name === undefined ? { order } : { order, name }
  })
  return view
}

export function screenGroups(state: SessionState): GroupsScreenView | undefined {
  const work = everyoneGroups(state)
  if (work === undefined) return undefined
  const view: GroupsScreenView = { ...work, tables: {} }
  if (work.how !== 'departments') return view
  const groups = Object.entries(groupingOf(state, work.grouping).groups)
  if (groups.length > TABLES_ON_SCREEN) return view
  for (const [id, group] of groups) {
    const department = departmentOf(state, group)
    if (department !== undefined) view.tables[id] = { table: group.order + 1, department }
  }
  return view
}

export function facilitatorGroups(state: SessionState): GroupsFacilitatorView | undefined {
  const work = everyoneGroups(state)
  return work === undefined ? undefined : rememberedGroups(state, work.grouping, () => allGroups(state, work))
}

function allGroups(state: SessionState, work: GroupWorkView): GroupsFacilitatorView {
  const grouping = groupingOf(state, work.grouping)
  const view: GroupsFacilitatorView = {
    ...work,
    planned: state.plan.groupings[work.grouping]?.how ?? work.how,
    waiting: {},
    staying: Object.keys(grouping.staying).filter((person) => isHere(state, person)).length,
    groups: {},
    apart: {},
  }
  for (const person of unplaced(state, grouping)) view.waiting[person] = inGroups(state, person)
  const apart = keptApart(state)
  for (const [id, group] of Object.entries(grouping.groups)) {
    const seen: FacilitatorGroupView = {
      table: group.order + 1,
      members: {},
      help: group.help === true,
      look: group.members.some((member) => weightAmong(apart, member, group.members) >= APART),
    }
    const department = departmentOf(state, group)
    if (department !== undefined) seen.department = department
    if (group.word !== undefined) seen.word = group.word
    group.members.forEach((member, order) => {
      seen.members[member] = { ...inGroups(state, member), order }
    })
    view.groups[id] = seen
  }
  for (const [key, { a, b }] of Object.entries(state.apart)) view.apart[key] = { a, b }
  return view
}

function inGroups(state: SessionState, person: PersonId): PersonInGroups {
  const name = nameOf(state, person)
  const number = numberOf(state, person)
  return name === undefined ? { number } : { number, name }
}

function departmentOf(state: SessionState, group: Group): Localized | undefined {
  const department = group.department === undefined ? undefined : state.plan.departments[group.department]
  return department === undefined ? undefined : { ...department.name }
}
