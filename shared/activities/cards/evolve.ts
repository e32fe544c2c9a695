/** Folds what happened to cards into the state. Each event costs the cards that it names. */
import { FACILITATORS, type Author } from '../activity.ts'
import { tell, untold } from '../k.ts'
import { sameWords } from './changes.ts'
import type { Card, CardId, CardsEvent, CardsState, Own, Said } from './model.ts'
import { appearing, waitingCards } from './release.ts'

export function evolveCards(state: CardsState, event: CardsEvent): void {
  switch (event.type) {
    case 'written': {
      state.cards[event.id] = { by: event.by, ...saidIn(event), echoes: 0 }
      state.waiting[event.id] = true
      state.begun = true
      const own = ownOf(state, event.by)
      if (event.by !== FACILITATORS && isEmpty(own.cards)) state.writing += 1
      own.cards[event.id] = own.made
      own.made += 1
      countWriters(state, event)
      if (event.k !== undefined && state.enough !== true && appearing(waitingCards(state), true).length > 0) state.enough = true
      return
    }
    case 'edited':
      change(state, event.id, (card) => reword(card, event))
      return
    case 'taken-back':
      removeCard(state, event.id)
      countWriters(state, event)
      return
    case 'reworded': {
      const card = state.cards[event.id]
      if (card === undefined) return
      if (sameWords(card, event)) delete state.changes[event.id]
      else state.changes[event.id] = { said: saidIn(event) }
      return
    }
    case 'withdrawn':
      if (state.cards[event.id] !== undefined) state.changes[event.id] = { gone: true }
      return
    case 'settled':
      for (const id of event.ids) settle(state, id)
      state.companies += 1
      return
    case 'echoed': {
      const card = state.cards[event.id]
      if (card === undefined) return
      const own = ownOf(state, event.by)
      if (event.on) own.echoed[event.id] = true
      else delete own.echoed[event.id]
      card.echoes += event.on ? 1 : -1
      if (event.k !== undefined) tell((card.heard ??= untold()), event.by, card.echoes, event.k)
      return
    }
    case 'revealed':
      state.revealed = true
      return
    case 'veiled':
      state.revealed = false
      delete state.spotlight
      return
    case 'released':
      for (const id of event.ids) place(state, id)
      state.companies += 1
      delete state.enough
      return
    case 'paged':
      state.page = event.page
      delete state.spotlight
      return
    case 'spotlighted':
      state.spotlight = event.id
      return
    case 'unspotlighted':
      delete state.spotlight
      return
    case 'hidden':
      change(state, event.id, (card) => {
        card.hidden = event.note === undefined ? { reason: event.reason } : { reason: event.reason, note: event.note }
      })
      if (state.spotlight === event.id) delete state.spotlight
      return
    case 'unhidden':
      change(state, event.id, (card) => delete card.hidden)
      return
    case 'parked':
      change(state, event.id, (card) => (card.parked = true))
      return
    case 'unparked':
      change(state, event.id, (card) => delete card.parked)
      return
  }
}

/**
 * Takes a card out: taken back by its author, or erased. That somebody echoed it stays with them, and means nothing without the
 * card: their own view would change with an event that does not name them.
 */
export function removeCard(state: CardsState, id: CardId): void {
  const card = state.cards[id]
  if (card === undefined) return
  if (card.order !== undefined) state.wall.splice(state.wall.indexOf(id), 1)
  const own = card.by === undefined ? undefined : state.people[card.by]
  if (own !== undefined) {
    delete own.cards[id]
    if (card.by !== FACILITATORS && isEmpty(own.cards)) state.writing -= 1
  }
  if (state.spotlight === id) delete state.spotlight
  delete state.waiting[id]
  delete state.changes[id]
  delete state.cards[id]
}

/** What waited for a card on the wall comes to pass. */
export function settle(state: CardsState, id: CardId): void {
  const waited = state.changes[id]
  delete state.changes[id]
  if (waited === undefined) return
  if ('gone' in waited) removeCard(state, id)
  else change(state, id, (card) => reword(card, waited.said))
  change(state, id, (card) => (card.company = state.companies))
}

/** In anonymous steps. What facilitators write on behalf of others is counted nowhere. */
function countWriters(state: CardsState, event: { by: Author; k?: number }): void {
  if (event.k !== undefined && event.by !== FACILITATORS) tell(state.wrote, event.by, state.writing, event.k)
}

function reword(card: Card, said: Said): void {
  delete card.lang
  delete card.kind
  Object.assign(card, saidIn(said))
}

function place(state: CardsState, id: CardId): void {
  const card = state.cards[id]
  if (card === undefined || state.waiting[id] === undefined) return
  delete state.waiting[id]
  card.order = state.places
  card.company = state.companies
  state.places += 1
  state.wall.push(id)
}

function change(state: CardsState, id: CardId, how: (card: Card) => void): void {
  const card = state.cards[id]
  if (card !== undefined) how(card)
}

function isEmpty(cards: object): boolean {
  for (const _ in cards) return false
  return true
}

function ownOf(state: CardsState, author: Author): Own {
  return (state.people[author] ??= { cards: {}, echoed: {}, made: 0 })
}

function saidIn(event: Said): Said {
  const out: Said = { text: event.text }
  if (event.lang !== undefined) out.lang = event.lang
  if (event.kind !== undefined) out.kind = event.kind
  return out
}
