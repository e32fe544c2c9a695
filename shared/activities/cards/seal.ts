/** What stays of cards once nobody may be linked to them any more (CA8), and how words are taken out for good. */
import type { Author } from '../activity.ts'
import { removeCard } from './evolve.ts'
import { emptyCards, type Card, type CardId, type CardsState } from './model.ts'
import { peopleBehind, waitingCards } from './release.ts'

/** The wall without authors and in the order of its texts. Cards that nobody was shown leave nothing but a number. */
export function sealCards(state: CardsState): CardsState {
  const sealed = emptyCards()
  const shown = state.wall
    .map((id) => ({ id, card: state.cards[id] }))
    .filter((one): one is { id: CardId; card: Card } => one.card !== undefined)
    .sort((a, b) => (a.card.text < b.card.text ? -1 : a.card.text > b.card.text ? 1 : a.id < b.id ? -1 : 1))
  for (const { id, card } of shown) {
    sealed.cards[id] = withoutAuthor(card, sealed.places)
    sealed.wall.push(id)
    sealed.places += 1
  }
  sealed.revealed = state.revealed
  sealed.begun = state.begun
  sealed.sealed = state.sealed ?? { wrote: writers(state), unseen: peopleBehind(waitingCards(state)) }
  return sealed
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

function withoutAuthor(card: Card, order: number): Card {
  const out: Card = { text: card.text, order, echoes: card.echoes }
  if (card.lang !== undefined) out.lang = card.lang
  if (card.kind !== undefined) out.kind = card.kind
  if (card.parked === true) out.parked = true
  if (card.hidden !== undefined) {
    out.hidden = { reason: card.hidden.reason }
    if (card.hidden.note !== undefined) out.hidden.note = card.hidden.note
  }
  return out
}
