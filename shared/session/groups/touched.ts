import type { Touched } from '../../activities/activity.ts'
import type { SessionState } from '../model.ts'
import type { GroupsEvent } from './events.ts'

/** Whose own view an event about groups has changed, in the state that it was folded into. */
export function touchedByGroups(state: SessionState, event: GroupsEvent): Touched {
  switch (event.type) {
    case 'groups.formed':
      return 'all'
    case 'groups.changed':
      // With the last group its draw is over: from then on all are asked what the plan asks.
      return isEmpty(state, event.grouping) ? 'all' : event.people
    case 'groups.exchanged':
      return event.people
    case 'groups.asked':
      return [event.by]
    case 'groups.stayed':
      return [event.person]
    case 'groups.helped':
      return state.groupings[event.grouping]?.groups[event.group]?.members ?? []
    case 'groups.told':
      return event.group === undefined ? [] : (state.groupings[event.grouping]?.groups[event.group]?.members ?? [])
    case 'groups.recalled':
    case 'groups.parted':
      return []
  }
}

function isEmpty(state: SessionState, grouping: string): boolean {
  return Object.keys(state.groupings[grouping]?.groups ?? {}).length === 0
}
