/** Cards: short texts, private until a reveal, then a shuffled wall. What the short answers and the board have in common. */
import type { Lang } from '../../localized.ts'
import type { Author } from '../activity.ts'
import { untold, type Told } from '../k.ts'
import type { Reason } from './reasons.ts'

export type CardId = string

export interface Hidden {
  reason: Reason
  note?: string
}

export interface Card {
  /** Absent once the step is sealed. FACILITATORS: written on behalf of somebody without a phone. */
  by?: Author
  text: string
  /** The language of the phone that it was written on. */
  lang?: Lang
  /** Thought, question …: an id of the board's config, which may have lost it since. */
  kind?: string
  /** Its place on the wall, rising and never given twice. Absent: it waits. */
  order?: number
  /** The company that it came or last changed with: cards of at least three people, none of whom wrote more than a third of them. */
  company?: number
  echoes: number
  /** In anonymous steps: the echoes as they may be told. */
  heard?: Told
  hidden?: Hidden
  parked?: true
}

/** What one author has done, so that their own view costs what they wrote and not what the room wrote. */
export interface Own {
  /** Cards, by the order in which they were written. */
  cards: Record<CardId, number>
  echoed: Record<CardId, true>
  /** How many were ever written: the next one's order. */
  made: number
}

export interface CardsState {
  cards: Record<CardId, Card>
  /** Ids in the order of the wall, hidden ones included. */
  wall: CardId[]
  /** Ids that are not on the wall yet. */
  waiting: Record<CardId, true>
  /** What authors have changed on the wall, and what waits: in anonymous steps until a company of three may change together, anywhere while the wall is held. */
  changes: Record<CardId, Change>
  people: Record<Author, Own>
  /** How many of them have a card here now; facilitators, who write on behalf of others, are none. Kept, since counting costs everybody. */
  writing: number
  /** The next place on the wall. */
  places: number
  /** The next company. */
  companies: number
  revealed: boolean
  /** On a revealed wall: what comes and changes waits until facilitators let it through. */
  held?: true
  /** The page on the screen, from 0; may lie beyond the last since cards were taken back. */
  page: number
  spotlight?: CardId
  /** Somebody has written, even if it was taken back since. */
  begun: boolean
  /** In anonymous steps: how many people have written, as it may be told. */
  wrote: Told
  /** In anonymous steps: enough have written for a reveal to show something. It does not go out when one of them takes it back. */
  enough?: true
  /** The session has ended: nobody is anybody's author. */
  sealed?: true
}

/** What a card says, as its author sends it. */
export interface Said {
  text: string
  lang?: Lang
  kind?: string
}

/** What waits to happen to a card on the wall: other words, or that it goes. */
export type Change = { said: Said } | { gone: true }

export type CardsCommand =
  | ({ type: 'write' } & Said)
  | ({ type: 'behalf' } & Said)
  | ({ type: 'edit'; id: CardId } & Said)
  | { type: 'take-back'; id: CardId }
  | { type: 'echo'; id: CardId; on: boolean }
  | { type: 'reveal' }
  | { type: 'veil' }
  | { type: 'hold'; on: boolean }
  | { type: 'page'; page: number }
  | { type: 'spotlight'; id: CardId }
  | { type: 'unspotlight' }
  | { type: 'hide'; id: CardId; reason?: Reason; note?: string }
  | { type: 'unhide'; id: CardId }
  | { type: 'park'; id: CardId }
  | { type: 'unpark'; id: CardId }

export type CardsEvent =
  /** `k`, here and below, only in anonymous steps: the threshold at the time, so that a replay tells what was told. */
  | ({ type: 'written'; id: CardId; by: Author; k?: number } & Said)
  | ({ type: 'edited'; id: CardId; by: Author } & Said)
  | { type: 'taken-back'; id: CardId; by: Author; k?: number }
  /** Other words for a card on a wall that is anonymous, where they wait until others change with it, or held. */
  | ({ type: 'reworded'; id: CardId; by: Author } & Said)
  /** An author took it off an anonymous wall: it stays until others go or change with it. */
  | { type: 'withdrawn'; id: CardId; by: Author }
  /** What waited on the wall came to pass for these; `gone` are those of them that left. `by` are their authors, sorted. */
  | { type: 'settled'; ids: CardId[]; gone: CardId[]; by: Author[] }
  | { type: 'echoed'; id: CardId; by: Author; on: boolean; k?: number }
  | { type: 'revealed' }
  | { type: 'veiled' }
  | { type: 'held'; on: boolean }
  /** These came onto the wall, in this order; `by` are their authors, sorted, whose own views say so. */
  | { type: 'released'; ids: CardId[]; by: Author[] }
  | { type: 'paged'; page: number }
  | { type: 'spotlighted'; id: CardId }
  | { type: 'unspotlighted' }
  | { type: 'hidden'; id: CardId; by: Author; reason: Reason; note?: string }
  | { type: 'unhidden'; id: CardId; by: Author }
  | { type: 'parked'; id: CardId }
  | { type: 'unparked'; id: CardId }

/** A wall before anybody has written. */
export function emptyCards(): CardsState {
  return { cards: {}, wall: [], waiting: {}, changes: {}, people: {}, writing: 0, places: 0, companies: 0, revealed: false, page: 0, begun: false, wrote: untold() }
}
