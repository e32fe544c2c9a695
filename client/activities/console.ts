/** What each kind shows on the console. */
import type { Component } from 'svelte'
import type { Kind } from '#shared/activities/registry.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
type Loaded = Promise<{ default: Component<any> }>

export const consoles: Record<Kind, () => Loaded> = {
  answers: () => import('./answers/Console.svelte'),
  board: () => import('./board/Console.svelte'),
  'check-in': () => import('./check-in/Console.svelte'),
  agreements: () => import('./agreements/Console.svelte'),
  slides: () => import('./slides/Console.svelte'),
  welcome: () => import('./welcome/Console.svelte'),
  'goal-tree': () => import('./goal-tree/Console.svelte'),
  goals: () => import('./goals/Console.svelte'),
  closing: () => import('./closing/Console.svelte'),
  moments: () => import('./moments/Console.svelte'),
  talk: () => import('./talk/Console.svelte'),
}
