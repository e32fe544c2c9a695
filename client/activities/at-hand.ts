/** What stays at hand on the console once its step has begun, beside the run list. */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

/** Each takes `view` (the kind's standing view for facilitators) and `step`. */
export const atHand: Partial<Record<Kind, () => Loaded>> = {
  moments: () => import('./moments/Steps.svelte'),
}
