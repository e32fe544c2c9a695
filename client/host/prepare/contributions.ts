import type { Kind } from '#shared/activities/registry.ts'

/** What people give in a step of each kind, as far as its planner has a say in it. */
export type Contribution =
  /** Nothing is kept of anybody. */
  | 'nothing'
  /** Always without names, and seen by nobody but in sum. */
  | 'sealed'
  /** Shown to the room, with names or without: the planner's choice. */
  | 'shown'

/** Written down here, since the registry with all its rules would be loaded to know it. A test holds it against them. */
export const CONTRIBUTIONS: Readonly<Record<Kind, Contribution>> = {
  answers: 'shown',
  board: 'shown',
  closing: 'shown',
  agreements: 'sealed',
  'check-in': 'sealed',
  moments: 'sealed',
  'goal-tree': 'nothing',
  goals: 'nothing',
  slides: 'nothing',
  talk: 'nothing',
  welcome: 'nothing',
}

/** The same for a kind as a plan names it; nothing for a name that no kind has. */
export function contributionOf(kind: string): Contribution {
  return Object.hasOwn(CONTRIBUTIONS, kind) ? CONTRIBUTIONS[kind as Kind] : 'nothing'
}
