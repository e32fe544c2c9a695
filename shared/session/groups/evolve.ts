import type { SessionState } from '../model.ts'
import type { GroupsEvent } from './events.ts'

/** Folds what happened to groups. */
export function evolveGroups(state: SessionState, event: GroupsEvent, _at: number): void {
  switch (event.type) {
    case 'groups.formed':
      state.groupings[event.grouping] = { groups: event.groups }
  }
}
