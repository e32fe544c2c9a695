/**
 * Folds what happened to cards into the state. Each event costs the cards that it names. A card, and what one author has done, is
 * replaced and never written into: copies of the state share them.
 */
import { FACILITATORS, type Author } from '../activity.ts'
import { tell, untold, type Told } from '../k.ts'
import { sameWords } from './changes.ts'
import { rememberPages } from './by-department.ts'
import { companyChanged, moveCompanies } from './companies.ts'
import { jsonChanged, moveJson } from './json.ts'
import { addedToWall, changedOnWall, forgetWall, rememberCopy } from './laid.ts'
import type { Card, CardId, CardsEvent, CardsState, Own, Said } from './model.ts'
import { appearing, waitingCards } from './release.ts'

export function evolveCards(state: CardsState, event: CardsEvent): void {
  switch (event.type) {
    case 'written': {
      setCard(state, event.id, { by: event.by, ...saidIn(event), echoes: 0 })
      state.waiting[event.id] = true
      state.begun = true
      const own = ownOf(state, event.by)
      if (event.by !== FACILITATORS && isEmpty(own.cards)) state.writing += 1
      setOwn(state, event.by, { ...own, cards: { ...own.cards, [event.id]: own.made }, made: own.made + 1 })
      countWriters(state, event)
      if (event.k !== undefined && state.enough !== true && appearing(waitingCards(state), true).length > 0) state.enough = true
      return
    }
    case 'edited':
      change(state, event.id, (card) => reworded(card, event))
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
      changedOnWall(state, event.id)
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
      setOwn(state, event.by, { ...own, echoed: event.on ? { ...own.echoed, [event.id]: true } : without(own.echoed, event.id) })
      const echoes = card.echoes + (event.on ? 1 : -1)
      const heard = card.heard === undefined ? untold() : copyTold(card.heard)
      if (event.k !== undefined) tell(heard, event.by, echoes, event.k)
      change(state, event.id, () => (event.k === undefined ? { ...card, echoes } : { ...card, echoes, heard }))
      return
    }
    case 'revealed':
      state.revealed = true
      return
    case 'veiled':
      state.revealed = false
      delete state.held
      delete state.spotlight
      return
    case 'held':
      if (event.on) state.held = true
      else delete state.held
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
      change(state, event.id, (card) => ({ ...card, hidden: event.note === undefined ? { reason: event.reason } : { reason: event.reason, note: event.note } }))
      forgetWall(state)
      if (state.spotlight === event.id) delete state.spotlight
      return
    case 'unhidden':
      change(state, event.id, (card) => without(card, 'hidden'))
      forgetWall(state)
      return
    case 'parked':
      change(state, event.id, (card) => ({ ...card, parked: true }))
      return
    case 'unparked':
      change(state, event.id, (card) => without(card, 'parked'))
      return
  }
}

/** A copy that folding writes into without touching this one. What is remembered goes with it: it is what will be stored and seen. */
export function copyCards(state: CardsState): CardsState {
  const { cards, wall, waiting, changes, people, wrote } = state
  const copy = { ...state, cards: { ...cards }, wall: [...wall], waiting: { ...waiting }, changes: { ...changes }, people: { ...people }, wrote: copyTold(wrote) }
  rememberCopy(state, copy)
  rememberPages(state, copy)
  moveCompanies(cards, copy.cards)
  for (const part of ['cards', 'people', 'wall'] as const) moveJson(state[part], copy[part])
  return copy
}

/**
 * Takes a card out: taken back by its author, or erased. That somebody echoed it stays with them, and means nothing without the
 * card: their own view would change with an event that does not name them.
 */
export function removeCard(state: CardsState, id: CardId): void {
  const card = state.cards[id]
  if (card === undefined) return
  if (card.order !== undefined) {
    state.wall.splice(state.wall.indexOf(id), 1)
    jsonChanged(state.wall, id, false)
  }
  const own = card.by === undefined ? undefined : state.people[card.by]
  if (card.by !== undefined && own !== undefined) {
    const cards = without(own.cards, id)
    setOwn(state, card.by, { ...own, cards })
    if (card.by !== FACILITATORS && isEmpty(cards)) state.writing -= 1
  }
  if (state.spotlight === id) delete state.spotlight
  delete state.waiting[id]
  delete state.changes[id]
  delete state.cards[id]
  jsonChanged(state.cards, id, false)
  companyChanged(state.cards, id, card, undefined)
  changedOnWall(state, id)
}

/** What waited for a card on the wall comes to pass. */
export function settle(state: CardsState, id: CardId): void {
  const waited = state.changes[id]
  delete state.changes[id]
  if (waited === undefined) return
  if ('gone' in waited) removeCard(state, id)
  else change(state, id, (card) => reworded(card, waited.said))
  change(state, id, (card) => ({ ...card, company: state.companies }))
}

/** In anonymous steps. What facilitators write on behalf of others is counted nowhere. */
function countWriters(state: CardsState, event: { by: Author; k?: number }): void {
  if (event.k !== undefined && event.by !== FACILITATORS) tell(state.wrote, event.by, state.writing, event.k)
}

function reworded(card: Card, said: Said): Card {
  const { lang: _, kind: __, ...rest } = card
  return { ...rest, ...saidIn(said) }
}

function place(state: CardsState, id: CardId): void {
  const card = state.cards[id]
  if (card === undefined || state.waiting[id] === undefined) return
  delete state.waiting[id]
  setCard(state, id, { ...card, order: state.places, company: state.companies })
  state.places += 1
  state.wall.push(id)
  jsonChanged(state.wall, id)
  addedToWall(state, id)
}

function change(state: CardsState, id: CardId, how: (card: Card) => Card): void {
  const card = state.cards[id]
  if (card === undefined) return
  setCard(state, id, how(card))
  changedOnWall(state, id)
}

/** Every change of a card goes through here. */
export function setCard(state: CardsState, id: CardId, card: Card): void {
  const before = state.cards[id]
  state.cards[id] = card
  companyChanged(state.cards, id, before, card)
  jsonChanged(state.cards, id)
}

function setOwn(state: CardsState, author: Author, own: Own): void {
  state.people[author] = own
  jsonChanged(state.people, author)
}

function without<T extends object, K extends keyof T>(all: T, key: K): T {
  const { [key]: _, ...rest } = all
  return rest as T
}

function copyTold(told: Told): Told {
  return { ...told, changed: { ...told.changed } }
}

function isEmpty(cards: object): boolean {
  for (const _ in cards) return false
  return true
}

function ownOf(state: CardsState, author: Author): Own {
  return state.people[author] ?? { cards: {}, echoed: {}, made: 0 }
}

function saidIn(event: Said): Said {
  const out: Said = { text: event.text }
  if (event.lang !== undefined) out.lang = event.lang
  if (event.kind !== undefined) out.kind = event.kind
  return out
}
