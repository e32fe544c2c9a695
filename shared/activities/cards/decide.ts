/** What may be done with cards, by whom. Roles are checked before; here it is about whose card it is and what is to be seen. */
import { refuse, type Refusal } from '../../refusals.ts'
import { lengthOf } from '../../text.ts'
import { accept, FACILITATORS, type DecideContext, type Decision } from '../activity.ts'
import type { Card, CardId, CardsCommand, CardsEvent, CardsState, Change, Said } from './model.ts'
import { allChanges, goes, sameWords, settling, settlingAll } from './changes.ts'
import { release, waitingCards } from './release.ts'

/** What a kind allows on its cards. */
export interface CardLimits {
  /** Cards of one person at a time. */
  perPerson: number
  /** Characters as people count them. */
  length: number
  /** The kinds to choose from; absent: cards have none. */
  kinds?: Readonly<Record<string, unknown>>
}

/** Cards on behalf of others in one step: a helper with a stack of paper, not a flood. */
const ON_BEHALF = 200

type Decided = Decision<CardsEvent>
type Speaker = Pick<DecideContext<unknown>, 'author' | 'anonymous' | 'k' | 'seed' | 'id'>

export function decideCards(state: CardsState, command: CardsCommand, context: Speaker, limits: CardLimits): Decided {
  switch (command.type) {
    case 'write':
      return write(state, command, context, limits, limits.perPerson)
    case 'behalf':
      return write(state, command, { ...context, author: FACILITATORS }, limits, ON_BEHALF)
    case 'edit':
      return ifOwn(state, command.id, context, (card) => judge(command, limits) ?? edit(state, command, card, context))
    case 'take-back':
      return ifOwn(state, command.id, context, (card) => takeBack(state, command.id, card, context))
    case 'echo':
      return echo(state, command, context)
    case 'reveal': {
      const released = release(waitingCards(state), context.anonymous, context.seed)
      if (state.revealed && (released.length === 0 || state.held === true)) return refuse('already')
      return state.revealed ? accept(...released) : accept<CardsEvent>({ type: 'revealed' }, ...released)
    }
    case 'veil':
      if (!state.revealed) return refuse('already')
      return accept<CardsEvent>({ type: 'veiled' }, ...(state.held === true ? changesThrough(state, context) : []))
    case 'hold':
      return hold(state, command.on, context)
    case 'page':
      return state.page === command.page && state.spotlight === undefined ? accept() : accept({ type: 'paged', page: command.page })
    case 'spotlight':
      if (!state.revealed || seen(state, command.id) === undefined) return refuse('not-found')
      return state.spotlight === command.id ? accept() : accept({ type: 'spotlighted', id: command.id })
    case 'unspotlight':
      return state.spotlight === undefined ? refuse('already') : accept({ type: 'unspotlighted' })
    case 'hide':
      return hide(state, command, context)
    case 'unhide': {
      const card = state.cards[command.id]
      if (card?.hidden === undefined) return refuse('not-found')
      return accept({ type: 'unhidden', id: command.id, by: card.by ?? '' })
    }
    case 'park':
    case 'unpark': {
      const card = seen(state, command.id)
      if (card === undefined) return refuse('not-found')
      if ((card.parked === true) === (command.type === 'park')) return accept()
      return accept({ type: command.type === 'park' ? 'parked' : 'unparked', id: command.id })
    }
  }
}

function write(state: CardsState, command: Said, context: Speaker, limits: CardLimits, most: number): Decided {
  const refused = judge(command, limits)
  if (refused !== undefined) return refused
  const own = Object.keys(state.people[context.author]?.cards ?? {}).filter((id) => !goes(state.changes[id]))
  if (own.length >= most) return refuse('too-many')
  const written: CardsEvent = { type: 'written', id: context.id, by: context.author, ...said(command), ...threshold(context) }
  if (!state.revealed || state.held === true) return accept(written)
  const waiting = waitingCards(state, { id: context.id, by: context.author })
  return accept<CardsEvent>(written, ...release(waiting, context.anonymous, context.seed))
}

function judge(command: Said, limits: CardLimits): Refusal | undefined {
  if (lengthOf(command.text) > limits.length) return refuse('too-long', 'text')
  const known = limits.kinds === undefined || (command.kind !== undefined && Object.hasOwn(limits.kinds, command.kind))
  return known ? undefined : refuse('not-found', 'kind')
}

function said(command: Said): Said {
  const out: Said = { text: command.text }
  if (command.lang !== undefined) out.lang = command.lang
  if (command.kind !== undefined) out.kind = command.kind
  return out
}

/** A wall is held, or what waited comes: cards as after a reveal, changes as if each were made now. */
function hold(state: CardsState, on: boolean, { anonymous, seed }: Speaker): Decided {
  if (!state.revealed || on === (state.held === true)) return refuse('already')
  if (on) return accept({ type: 'held', on })
  return accept<CardsEvent>({ type: 'held', on }, ...release(waitingCards(state), anonymous, seed), ...changesThrough(state, { anonymous }))
}

function changesThrough(state: CardsState, { anonymous }: Pick<Speaker, 'anonymous'>): CardsEvent[] {
  return anonymous ? settlingAll(state) : allChanges(state)
}

function edit(state: CardsState, command: { id: CardId } & Said, card: Card, context: Speaker): Decided {
  if (!isSomebodysOnWall(card, context) || !(context.anonymous || state.held === true)) return accept({ type: 'edited', id: command.id, by: context.author, ...said(command) })
  const waits = state.changes[command.id]
  const undone = sameWords(card, command)
  if (undone && waits === undefined) return accept()
  const reworded: CardsEvent = { type: 'reworded', id: command.id, by: context.author, ...said(command) }
  return accept<CardsEvent>(reworded, ...settlingNow(state, command.id, undone ? undefined : { said: said(command) }))
}

/** To take a card away hurts nobody: on a named wall it happens at once, held or not. */
function takeBack(state: CardsState, id: CardId, card: Card, context: Speaker): Decided {
  if (!isSomebodysOnWall(card, context) || !context.anonymous) return accept({ type: 'taken-back', id, by: context.author, ...threshold(context) })
  return accept<CardsEvent>({ type: 'withdrawn', id, by: context.author }, ...settlingNow(state, id, { gone: true }))
}

function settlingNow(state: CardsState, id: CardId, change: Change | undefined): CardsEvent[] {
  return state.held === true ? [] : settling(state, id, change)
}

/** What changes of it may have to wait. Facilitators change at once what they wrote on behalf of others: it is theirs, and they may have to. */
function isSomebodysOnWall(card: Card, context: Speaker): boolean {
  return card.order !== undefined && context.author !== FACILITATORS
}

function threshold(context: Speaker): { k?: number } {
  return context.anonymous ? { k: context.k } : {}
}

function ifOwn(state: CardsState, id: CardId, context: Speaker, decide: (card: Card) => Decided): Decided {
  // Somebody else's card is answered like one that does not exist (CA4), and so is what one has taken back.
  const card = state.cards[id]
  return card?.by === context.author && !goes(state.changes[id]) ? decide(card) : refuse('not-found')
}

function echo(state: CardsState, command: { id: CardId; on: boolean }, context: Speaker): Decided {
  const card = seen(state, command.id)
  if (card === undefined || !state.revealed) return refuse('not-found')
  if (card.by === context.author) return refuse('not-permitted')
  const echoed = state.people[context.author]?.echoed[command.id] === true
  return echoed === command.on ? accept() : accept({ type: 'echoed', id: command.id, by: context.author, on: command.on, ...threshold(context) })
}

function hide(state: CardsState, command: Extract<CardsCommand, { type: 'hide' }>, context: Speaker): Decided {
  const card = Object.hasOwn(state.cards, command.id) ? state.cards[command.id] : undefined
  // What facilitators cannot read they cannot hide: in an anonymous step, a card that waits.
  const readable = card !== undefined && (!context.anonymous || card.order !== undefined)
  if (!readable || card.hidden !== undefined) return refuse('not-found')
  const hidden: CardsEvent = { type: 'hidden', id: command.id, by: card.by ?? '', reason: command.reason ?? 'other' }
  if (command.note !== undefined && command.note !== '') hidden.note = command.note
  return accept(hidden)
}

/** The card, if it is on the wall and not hidden. */
function seen(state: CardsState, id: CardId): Card | undefined {
  const card = Object.hasOwn(state.cards, id) ? state.cards[id] : undefined
  return card?.order === undefined || card.hidden !== undefined ? undefined : card
}
