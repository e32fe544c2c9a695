/** What stands as a thin strip on the screen once its step is over. Each takes `view` (the kind's standing view). */
import type { Component } from 'svelte'
import type { Kind } from '#shared/activities/registry.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
type Loaded = Promise<{ default: Component<any> }>

export const strips: Partial<Record<Kind, () => Loaded>> = {
  agreements: () => import('./agreements/Strip.svelte'),
  moments: () => import('./moments/Strip.svelte'),
}
