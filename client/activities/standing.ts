/** What stays at hand on phones once its step has begun: a button at the bottom edge each, in this order. */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

/** Each takes `view` (the kind's standing view) and `step`. */
export const standing: Partial<Record<Kind, () => Loaded>> = {
  agreements: () => import('./agreements/Standing.svelte'),
  moments: () => import('./moments/Standing.svelte'),
}
