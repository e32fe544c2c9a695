/** What stays at hand on the console once its step has begun, beside the run list. */
import type { Component } from 'svelte'
import type { Kind } from '#shared/activities/registry.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
type Loaded = Promise<{ default: Component<any> }>

/** Each takes `view` (the kind's standing view for facilitators) and `step`. */
export const atHand: Partial<Record<Kind, () => Loaded>> = {
  moments: () => import('./moments/Steps.svelte'),
}
