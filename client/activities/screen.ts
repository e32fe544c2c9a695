/** What each kind shows on the projector screen. */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

export const screens: Record<Kind, () => Loaded> = {
  answers: () => import('./answers/Screen.svelte'),
  board: () => import('./board/Screen.svelte'),
  'check-in': () => import('./check-in/Screen.svelte'),
  agreements: () => import('./agreements/Screen.svelte'),
  slides: () => import('./slides/Screen.svelte'),
  welcome: () => import('./welcome/Screen.svelte'),
  'goal-tree': () => import('./goal-tree/Screen.svelte'),
  goals: () => import('./goals/Screen.svelte'),
  closing: () => import('./closing/Screen.svelte'),
  moments: () => import('./moments/Screen.svelte'),
  talk: () => import('./talk/Screen.svelte'),
}
