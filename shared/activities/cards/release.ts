/** How cards come onto the wall: shuffled, and in anonymous steps only with a crowd behind them (CA2). */
import { random, shuffled } from '../../random.ts'
import { FACILITATORS, type Author } from '../activity.ts'
import { STEP } from '../k.ts'
import type { CardId, CardsEvent, CardsState } from './model.ts'

/** A card that waits, with its author. */
export interface Waiting {
  id: CardId
  by: Author
}

/** The cards that wait; `fresh` is one that is being written now. */
export function waitingCards(state: CardsState, fresh?: Waiting): Waiting[] {
  const waiting = Object.keys(state.waiting).map((id) => ({ id, by: state.cards[id]?.by ?? FACILITATORS }))
  return fresh === undefined ? waiting : [...waiting, fresh]
}

/** How many people stand behind some cards. Cards on behalf of others are other people's. */
export function peopleBehind(cards: readonly Waiting[]): number {
  return new Set(cards.map((card) => (card.by === FACILITATORS ? card.id : card.by))).size
}

/** Whether these may come onto the wall together. Three cards of one author would give away whose thumb it was. */
export function mayAppear(cards: readonly Waiting[], anonymous: boolean): boolean {
  return anonymous ? peopleBehind(cards) >= STEP : cards.length > 0
}

/** Brings them onto the wall in a drawn order, if they may come. */
export function release(cards: readonly Waiting[], anonymous: boolean, seed: string): CardsEvent[] {
  if (!mayAppear(cards, anonymous)) return []
  // Sorted first: the order in which they were written must not show through a known seed.
  const ids = shuffled(cards.map((card) => card.id).sort(), random(seed))
  return [{ type: 'released', ids, by: [...new Set(cards.map((card) => card.by))].sort() }]
}
