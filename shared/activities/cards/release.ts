/** How cards come onto the wall: shuffled, and in anonymous steps only in a company that hides each of its authors (CA2). */
import { random, shuffled } from '../../random.ts'
import { FACILITATORS, type Author } from '../activity.ts'
import { STEP } from '../k.ts'
import type { CardId, CardsEvent, CardsState } from './model.ts'

/** A card that waits, with its author. */
export interface Waiting {
  id: CardId
  by: Author
}

/** The cards that wait, as they were written; `fresh` is one that is being written now. */
export function waitingCards(state: CardsState, fresh?: Waiting): Waiting[] {
  const waiting = Object.keys(state.waiting).map((id) => ({ id, by: state.cards[id]?.by ?? FACILITATORS }))
  return fresh === undefined ? waiting : [...waiting, fresh]
}

/** How many people stand behind some cards. Cards on behalf of others are other people's. */
export function peopleBehind(cards: readonly Waiting[]): number {
  return new Set(cards.map((card) => (card.by === FACILITATORS ? card.id : card.by))).size
}

/**
 * Whether these may be seen to come, change or stay together: of at least three people, none of whom has more than a third. Who
 * watches the room knows who has written since the last ones came, and guesses right for one card in three at best.
 */
export function isCompany(cards: readonly Waiting[]): boolean {
  return cards.length >= STEP * Math.max(0, ...counted(cards).values())
}

/** The most of these cards, as they were written, that make a company. None, if three people don't stand behind them. */
export function largestCompany(cards: readonly Waiting[], also: (company: Waiting[]) => boolean = () => true): Waiting[] {
  for (let each = Math.max(0, ...counted(cards).values()); each > 0; each -= 1) {
    const taken = new Map<Author, number>()
    const company = cards.filter(({ by }) => {
      const nth = (taken.get(by) ?? 0) + 1
      taken.set(by, nth)
      return nth <= each
    })
    if (isCompany(company) && also(company)) return company
  }
  return []
}

/**
 * Those of the waiting cards that may come now. Facilitators know which cards they wrote on behalf of others: these are company for
 * nobody but one another, since two of them beside one person's card would name it.
 */
export function appearing(cards: readonly Waiting[], anonymous: boolean): Waiting[] {
  if (!anonymous) return [...cards]
  const company = largestCompany(cards.filter(({ by }) => by !== FACILITATORS))
  const behalf = cards.filter(({ by }) => by === FACILITATORS)
  return company.length > 0 || behalf.length >= STEP ? [...company, ...behalf] : []
}

/** Brings those that may come onto the wall, in a drawn order. */
export function release(cards: readonly Waiting[], anonymous: boolean, seed: string): CardsEvent[] {
  const company = appearing(cards, anonymous)
  if (company.length === 0) return []
  // Sorted first: the order in which they were written must not show through a known seed.
  const ids = shuffled(company.map((card) => card.id).sort(), random(seed))
  return [{ type: 'released', ids, by: authorsOf(company) }]
}

/** Whoever wrote these, each once, in an order that says nothing. */
export function authorsOf(cards: readonly Waiting[]): Author[] {
  return [...new Set(cards.map((card) => card.by))].sort()
}

function counted(cards: readonly Waiting[]): Map<Author, number> {
  const counts = new Map<Author, number>()
  for (const { by } of cards) counts.set(by, (counts.get(by) ?? 0) + 1)
  return counts
}
