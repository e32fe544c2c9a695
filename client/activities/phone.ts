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

/** Loads what later steps will need while there is nothing to do, so that no step waits for the Wi-Fi of the hall. */
export function preload(): void {
  const idle = (work: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work, IDLE_MS))
  const waiting = Object.values(phones)
  const next = () => {
    const load = waiting.shift()
    if (load !== undefined) load().then(() => idle(next), () => undefined)
  }
  idle(next)
}

/** Where a browser does not tell when it is idle, ms. */
const IDLE_MS = 1_500
