/** What stays at hand on phones once its step has begun: a button at the bottom edge each, in this order. */
import type { Component } from 'svelte'
import type { Kind } from '#shared/activities/registry.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
type Loaded = Promise<{ default: Component<any> }>

/** Each takes `view` (the kind's standing view) and `step`. */
export const standing: Partial<Record<Kind, () => Loaded>> = {
  agreements: () => import('./agreements/Standing.svelte'),
  moments: () => import('./moments/Standing.svelte'),
}
