/** What people give in a step of each kind, as far as its planner has a say in it. */
export type Contribution =
  /** Nothing is kept of anybody. */
  | 'nothing'
  /** Always without names, and seen by nobody but in sum. */
  | 'sealed'
  /** Shown to the room, with names or without: the planner's choice. */
  | 'shown'

const CONTRIBUTIONS: Readonly<Record<string, Contribution>> = {
  answers: 'shown',
  board: 'shown',
  closing: 'shown',
  agreements: 'sealed',
  'check-in': 'sealed',
  moments: 'sealed',
}

export function contributionOf(kind: string): Contribution {
  return CONTRIBUTIONS[kind] ?? 'nothing'
}
