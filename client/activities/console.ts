/** What each kind shows on the console. */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

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
