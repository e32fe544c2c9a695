/** What stays of cards once nobody may be linked to them any more (CA8), and how words are taken out for good. */
import { FACILITATORS, type Author } from '../activity.ts'
import { settledAs, STEP, toldOf, type Told } from '../k.ts'
import { goes } from './changes.ts'
import { removeCard, setCard, settle } from './evolve.ts'
import { jsonChanged } from './json.ts'
import { forgetWall } from './laid.ts'
import { emptyCards, type Card, type CardId, type CardsEvent, type CardsState } from './model.ts'
import { peopleBehind } from './release.ts'

/**
 * Cards without authors, in the order of their texts. What authors changed and what waited for company happens now: their phones said
 * "saved". On a wall that was shown, cards that waited join it; those of a wall that was never shown, and what waits for facilitators who
 * hold the wall, are kept for the record alone.
 * Fewer than three people are no company: of words that they alone wrote nothing stays.
 */
export function sealCards(state: CardsState): CardsState {
  // Sealed once more, it lets through no more than it did.
  const held = state.held === true || state.sealed === true
  // Other words that nobody let through: they are nothing that the room has seen.
  const withheld = new Set(Object.entries(state.changes).flatMap(([id, change]) => (held && !goes(change) ? [id] : [])))
  for (const id of Object.keys(state.changes)) settle(state, id)
  const sealed = emptyCards()
  const enough = companyEnough(state)
  const texts = Object.entries(state.cards).filter(([id]) => state.waiting[id] === undefined || enough)
  texts.sort(([a, one], [b, other]) => (one.text < other.text ? -1 : one.text > other.text ? 1 : a < b ? -1 : 1))
  for (const [id, card] of texts) {
    const waits = withheld.has(id) || (state.waiting[id] !== undefined && (held || !state.revealed))
    sealed.cards[id] = withoutAuthor(card, waits ? undefined : sealed.places)
    if (waits) sealed.waiting[id] = true
    else {
      sealed.wall.push(id)
      sealed.places += 1
    }
  }
  sealed.revealed = state.revealed
  // Whether anybody wrote at all, where nothing is left of it, would be told of one person.
  sealed.begun = true
  sealed.wrote = settledAs(state.wrote)
  sealed.sealed = true
  return sealed
}

function companyEnough(state: CardsState): boolean {
  return state.sealed === true || peopleBehind(Object.entries(state.cards).map(([id, card]) => ({ id, by: card.by ?? FACILITATORS }))) >= STEP
}

/** Takes out one card, or all that one author wrote and echoed. */
export function redactCards(state: CardsState, what: { author: Author } | { id: CardId }): void {
  forgetWall(state)
  if ('id' in what) {
    removeCard(state, what.id)
    return
  }
  const own = state.people[what.author]
  if (own === undefined) return
  for (const id of Object.keys(own.cards)) removeCard(state, id)
  for (const id of Object.keys(own.echoed)) {
    const card = state.cards[id]
    if (card === undefined) continue
    setCard(state, id, { ...card, echoes: card.echoes - 1, ...(card.heard === undefined ? {} : { heard: withoutEcho(card.heard, what.author) }) })
  }
  delete state.wrote.changed[what.author]
  delete state.people[what.author]
  jsonChanged(state.people, what.author, false)
}

function withoutEcho(heard: Told, author: Author): Told {
  const { [author]: _, ...changed } = heard.changed
  return { ...heard, changed }
}

/** What an author takes back is gone, not marked as gone. */
export function erasesCards(event: CardsEvent): boolean {
  return event.type === 'taken-back' || (event.type === 'settled' && event.gone.length > 0)
}

function withoutAuthor(card: Card, order: number | undefined): Card {
  const told = toldOf(card.heard)
  const out: Card = { text: card.text, echoes: told ?? 0 }
  if (told !== undefined) out.heard = { told, changed: {} }
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
