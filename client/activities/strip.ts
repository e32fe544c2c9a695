/** What stands as a thin strip on the screen once its step is over. Each takes `view` (the kind's standing view). */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

export const strips: Partial<Record<Kind, () => Loaded>> = {
  agreements: () => import('./agreements/Strip.svelte'),
  moments: () => import('./moments/Strip.svelte'),
}
