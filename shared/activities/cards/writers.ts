import { FACILITATORS } from '../activity.ts'
import type { CardsState } from './model.ts'

/** How many people have a card here now; facilitators, who write on behalf of others, are none of them in an anonymous step's numbers. */
export function writers(state: CardsState, also: 'facilitators' | 'people' = 'people'): number {
  return Object.entries(state.people).filter(([by, own]) => (also === 'facilitators' || by !== FACILITATORS) && Object.keys(own.cards).length > 0).length
}
