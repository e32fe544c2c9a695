/** What each kind shows when a plan is prepared. */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

export const editors: Record<Kind, () => Loaded> = {
  answers: () => import('./answers/Editor.svelte'),
  board: () => import('./board/Editor.svelte'),
  'check-in': () => import('./check-in/Editor.svelte'),
  agreements: () => import('./agreements/Editor.svelte'),
  slides: () => import('./slides/Editor.svelte'),
  welcome: () => import('./welcome/Editor.svelte'),
  'goal-tree': () => import('./goal-tree/Editor.svelte'),
  goals: () => import('./goals/Editor.svelte'),
  closing: () => import('./closing/Editor.svelte'),
  moments: () => import('./moments/Editor.svelte'),
  talk: () => import('./talk/Editor.svelte'),
}
