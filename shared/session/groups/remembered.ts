/** What facilitators see of groups, made once until somebody moves, comes or goes. Kept beside the state and never in it. */
import { placesChanged } from '../../activities/placed.ts'
import { aroundChanged } from '../changed.ts'
import { sameFor } from '../known.ts'
import type { SessionState } from '../model.ts'
import type { GroupsFacilitatorView } from './views.ts'

const views = new WeakMap<SessionState['groupings'], { for: object; view: GroupsFacilitatorView }>()

/** The view of a grouping: the same object until something changes. Nobody writes into it. */
export function rememberedGroups(state: SessionState, grouping: string, make: () => GroupsFacilitatorView): GroupsFacilitatorView {
  const before = views.get(state.groupings)
  if (before !== undefined && before.for === sameFor(state) && before.view.grouping === grouping) return before.view
  const view = make()
  views.set(state.groupings, { for: sameFor(state), view })
  return view
}

/** Whatever writes into groups, or keeps people apart, says so. */
export function groupsChanged(state: SessionState): void {
  views.delete(state.groupings)
  aroundChanged(state)
  for (const { groups } of Object.values(state.groupings)) placesChanged(groups)
}
