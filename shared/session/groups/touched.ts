import type { Touched } from '../../activities/activity.ts'
import type { SessionState } from '../model.ts'
import type { GroupsEvent } from './events.ts'

/** Whose own view an event about groups changes. */
export function touchedByGroups(_state: SessionState, _event: GroupsEvent): Touched {
  return 'all'
}
