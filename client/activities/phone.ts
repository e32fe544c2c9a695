/** What each kind shows on a phone, loaded when its step comes. */
import type { Kind } from '#shared/activities/registry.ts'
import type { Loaded } from './loaded.ts'

export const phones: Record<Kind, () => Loaded> = {
  answers: () => import('./answers/Phone.svelte'),
  board: () => import('./board/Phone.svelte'),
  'check-in': () => import('./check-in/Phone.svelte'),
  agreements: () => import('./agreements/Phone.svelte'),
  slides: () => import('./slides/Phone.svelte'),
  welcome: () => import('./welcome/Phone.svelte'),
  'goal-tree': () => import('./goal-tree/Phone.svelte'),
  goals: () => import('./goals/Phone.svelte'),
  closing: () => import('./closing/Phone.svelte'),
  moments: () => import('./moments/Phone.svelte'),
  talk: () => import('./talk/Phone.svelte'),
}
