import type { Decision } from '../../activities/activity.ts'
import { refuse } from '../../refusals.ts'
import type { SessionCommand } from '../commands.ts'
import type { SessionContext } from '../decide.ts'
import type { SessionEvent } from '../events.ts'
import type { SessionState } from '../model.ts'

type GroupsCommand = Extract<SessionCommand, { type: `groups.${string}` }>

export function isGroupsCommand(command: SessionCommand): command is GroupsCommand {
  return command.type.startsWith('groups.')
}

/** Decides a command about groups. */
export function decideGroups(_state: SessionState, _command: GroupsCommand, _context: SessionContext): Decision<SessionEvent> {
  return refuse('not-permitted')
}
