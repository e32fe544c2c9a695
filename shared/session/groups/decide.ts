/** Decides what is asked about groups. A participant can only mean the grouping that the room is in now. */
import { accept, type Decision, type PersonId } from '../../activities/activity.ts'
import { refuse, type Refusal } from '../../refusals.ts'
import type { SessionCommand } from '../commands.ts'
import type { SessionContext } from '../context.ts'
import type { SessionEvent } from '../events.ts'
import type { SessionState } from '../model.ts'
import { changes, joined, opened, without } from './arrange.ts'
import { RECALL_MS } from './commands.ts'
import { formed, formedRest } from './form.ts'
import type { GroupId, Groups } from './model.ts'
import { otherPartner } from './other.ts'
import { pair } from './pair.ts'
import { currentGrouping, groupingOf, groupOf, isHere } from './people.ts'
import { leaving, placed, sizeOf, wayOf } from './place.ts'

type GroupsCommand = Extract<SessionCommand, { type: `groups.${string}` }>
type Decided = Decision<SessionEvent>

/** Whether a command is about groups. */
export function isGroupsCommand(command: SessionCommand): command is GroupsCommand {
  return command.type.startsWith('groups.')
}

/** Decides a command about groups. Shape and sender have been checked. */
export function decideGroups(state: SessionState, command: GroupsCommand, context: SessionContext): Decided {
  if (command.type === 'groups.apart') return part(state, command.a, command.b, command.apart)
  const grouping = meant(state, command.grouping, context.person)
  if (typeof grouping !== 'string') return grouping
  const { groups } = groupingOf(state, grouping)
  switch (command.type) {
    case 'groups.form': {
      const size = command.size ?? sizeOf(state, grouping)
      if (command.rest === true) return accept<SessionEvent>(...formedRest(state, grouping, size, context))
      const how = command.how ?? (wayOf(state, grouping) === 'departments' ? 'departments' : 'random')
      return accept(formed(state, grouping, { how, size }, context))
    }
    case 'groups.move':
      return move(state, grouping, command.person, command.group, context.id)
    case 'groups.dissolve':
      return dissolve(grouping, groups, command.group)
    case 'groups.tell': {
      if (command.group !== undefined && !Object.hasOwn(groups, command.group)) return refuse('not-found')
      const told: SessionEvent = { type: 'groups.told', grouping }
      if (command.group !== undefined) told.group = command.group
      if (command.text !== '') told.text = command.text
      return accept(told)
    }
    case 'groups.recall': {
      const total = command.after ?? RECALL_MS
      return accept({ type: 'groups.recalled', grouping, recall: { ends: context.now + total, total } })
    }
    case 'groups.unrecall':
      return groupingOf(state, grouping).recall === undefined ? refuse('already') : accept({ type: 'groups.recalled', grouping })
    case 'groups.answer':
      if (!Object.hasOwn(groups, command.group)) return refuse('not-found')
      return help(grouping, groups, command.group, false)
    case 'groups.pair':
    case 'groups.leave':
    case 'groups.stay':
    case 'groups.other':
    case 'groups.help':
      // A phone whose person was removed may still have something on its way.
      return context.person === undefined || !isHere(state, context.person) ? refuse('not-permitted') : ask(state, grouping, context.person, command, context)
  }
}

type Asked = Extract<GroupsCommand, { type: 'groups.pair' | 'groups.leave' | 'groups.stay' | 'groups.other' | 'groups.help' }>

function ask(state: SessionState, grouping: string, person: PersonId, command: Asked, context: SessionContext): Decided {
  const { groups } = groupingOf(state, grouping)
  switch (command.type) {
    case 'groups.pair':
      return pair(state, grouping, person, command.number, context)
    case 'groups.leave':
      if (wayOf(state, grouping) !== 'neighbours') return refuse('not-permitted')
      return accept<SessionEvent>(...changes(grouping, groups, without(groups, person).groups))
    case 'groups.stay':
      return stay(state, grouping, person, command.stays, context)
    case 'groups.other':
      return otherPartner(state, grouping, person, context)
    case 'groups.help': {
      const own = groupOf(groups, person)
      return own === undefined ? refuse('not-open') : help(grouping, groups, own, command.asks)
    }
  }
}

/** The grouping that is meant: a participant's command that was on its way when the room moved on counts for nothing. */
function meant(state: SessionState, named: string | undefined, person: PersonId | undefined): string | Refusal {
  if (state.phase !== 'live') return refuse('not-open')
  const current = currentGrouping(state)
  if (person !== undefined && (current === undefined || (named !== undefined && named !== current))) return refuse('moved-on')
  const grouping = named ?? current
  return grouping !== undefined && Object.hasOwn(state.plan.groupings, grouping) ? grouping : refuse('not-found')
}

/** By hand, a table may be begun with one; elsewhere nobody is left in a group alone. */
function move(state: SessionState, grouping: string, person: PersonId, to: GroupId, id: string): Decided {
  const { groups: before, staying } = groupingOf(state, grouping)
  const from = groupOf(before, person)
  if (!isHere(state, person) || (to !== 'new' && to !== 'none' && !Object.hasOwn(before, to))) return refuse('not-found')
  if (from === to) return accept()
  const rest = without(before, person).groups
  const after = to === 'none' ? rest : to === 'new' ? opened(rest, id, [person]) : joined(rest, to, person)
  const events: SessionEvent[] = changes(grouping, before, after)
  if (staying[person] === true && to !== 'none') events.unshift({ type: 'groups.stayed', grouping, person, stays: false })
  return { events }
}

function dissolve(grouping: string, before: Groups, group: GroupId | undefined): Decided {
  if (group === undefined) return accept<SessionEvent>(...changes(grouping, before, {}))
  if (!Object.hasOwn(before, group)) return refuse('not-found')
  const { [group]: _gone, ...rest } = before
  return accept<SessionEvent>(...changes(grouping, before, rest))
}

function stay(state: SessionState, grouping: string, person: PersonId, stays: boolean, context: SessionContext): Decided {
  const { groups, staying } = groupingOf(state, grouping)
  if ((staying[person] === true) === stays) return accept()
  const stayed: SessionEvent = { type: 'groups.stayed', grouping, person, stays }
  const moved = stays ? leaving(state, grouping, person, context) : changes(grouping, groups, placed(state, grouping, groups, [person], context))
  return accept<SessionEvent>(stayed, ...moved)
}

function help(grouping: string, groups: Groups, group: GroupId, asks: boolean): Decided {
  return (groups[group]?.help === true) === asks ? accept() : accept({ type: 'groups.helped', grouping, group, asks })
}

function part(state: SessionState, a: PersonId, b: PersonId, apart: boolean): Decided {
  if (!isHere(state, a) || !isHere(state, b) || a === b) return refuse('not-found')
  return accept({ type: 'groups.parted', a, b, apart })
}
