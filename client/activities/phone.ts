/** What each kind shows on a phone, loaded when its step comes. */
import type { Component } from 'svelte'
import type { Kind } from '#shared/activities/registry.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
type Loaded = Promise<{ default: Component<any> }>

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
