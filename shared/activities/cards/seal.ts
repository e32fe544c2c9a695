/** What stays of cards once nobody may be linked to them any more (CA8), and how words are taken out for good. */
import { FACILITATORS, type Author } from '../activity.ts'
import { STEP } from '../k.ts'
import { removeCard } from './evolve.ts'
import { emptyCards, type Card, type CardId, type CardsEvent, type CardsState } from './model.ts'
import { peopleBehind, waitingCards } from './release.ts'

/**
 * Cards without authors, in the order of their texts. On a wall that was shown, those that still waited for company join it: their
 * phones said "saved". Those of a wall that was never shown are kept for the record alone. Fewer than three people are no company:
 * of their words nothing stays but that there were some.
 */
export function sealCards(state: CardsState): CardsState {
  const sealed = emptyCards()
  const kept = Object.keys(state.cards).filter((id) => state.waiting[id] === undefined || companyEnough(state))
  const texts = kept.flatMap((id) => (state.cards[id] === undefined ? [] : [{ id, card: state.cards[id] }]))
  texts.sort((a, b) => (a.card.text < b.card.text ? -1 : a.card.text > b.card.text ? 1 : a.id < b.id ? -1 : 1))
  for (const { id, card } of texts) {
    const waits = state.waiting[id] !== undefined && !state.revealed
    sealed.cards[id] = withoutAuthor(card, waits ? undefined : sealed.places)
    if (waits) sealed.waiting[id] = true
    else {
      sealed.wall.push(id)
      sealed.places += 1
    }
  }
  sealed.revealed = state.revealed
  sealed.begun = state.begun
  const unseen = kept.length < Object.keys(state.cards).length ? peopleBehind(waitingCards(state)) : 0
  sealed.sealed = state.sealed ?? { wrote: writers(state), unseen }
  return sealed
}

function companyEnough(state: CardsState): boolean {
  return state.sealed !== undefined || peopleBehind(Object.entries(state.cards).map(([id, card]) => ({ id, by: card.by ?? FACILITATORS }))) >= STEP
}

/** How many people have a card here now. */
export function writers(state: CardsState): number {
  if (state.sealed !== undefined) return state.sealed.wrote
  return Object.values(state.people).filter((own) => Object.keys(own.cards).length > 0).length
}

/** Takes out one card, or all that one author wrote and echoed. */
export function redactCards(state: CardsState, what: { author: Author } | { id: CardId }): void {
  if ('id' in what) {
    removeCard(state, what.id)
    return
  }
  const own = state.people[what.author]
  if (own === undefined) return
  for (const id of Object.keys(own.cards)) removeCard(state, id)
  for (const id of Object.keys(own.echoed)) {
    const card = state.cards[id]
    if (card !== undefined) card.echoes -= 1
  }
  delete state.people[what.author]
}

/** What an author takes back is gone, not marked as gone. */
export function erasesCards(event: CardsEvent): boolean {
  return event.type === 'taken-back'
}

function withoutAuthor(card: Card, order: number | undefined): Card {
  const out: Card = { text: card.text, echoes: card.echoes }
  if (order !== undefined) out.order = order
  if (card.lang !== undefined) out.lang = card.lang
  if (card.kind !== undefined) out.kind = card.kind
  if (card.parked === true) out.parked = true
  if (card.hidden !== undefined) {
    out.hidden = { reason: card.hidden.reason }
    if (card.hidden.note !== undefined) out.hidden.note = card.hidden.note
  }
  return out
}
