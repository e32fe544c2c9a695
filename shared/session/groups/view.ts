/** What each audience may see of groups, in a step that takes place in them. */
import type { PersonId } from '../../activities/activity.ts'
import type { SessionState } from '../model.ts'
import type { GroupsFacilitatorView, GroupsMineView, GroupsScreenView } from './views.ts'

export function mineGroups(_state: SessionState, _person: PersonId): GroupsMineView | undefined {
  return undefined
}

export function screenGroups(_state: SessionState): GroupsScreenView | undefined {
  return undefined
}

export function facilitatorGroups(_state: SessionState): GroupsFacilitatorView | undefined {
  return undefined
}
