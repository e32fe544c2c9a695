/** A talk in groups: a prompt, who goes first, equal timed turns. Of what is said, nothing is kept and nothing is asked for. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command } from '../../schemas.ts'
import type { PersonId } from '../activity.ts'

export const TalkConfig = closed({
  prompt: LocalizedText(300),
  hint: Type.Optional(LocalizedText(400)),
  /** For each person. */
  turnMinutes: Type.Number({ minimum: 0.5, maximum: 60 }),
  /** Who goes first is a draw that remembers: no birthdays, no commutes, they disclose. */
  first: Type.Literal('draw'),
})

export type TalkConfig = Static<typeof TalkConfig>

export interface TalkState {
  /** By group: those where something was agreed or begun. Elsewhere the draw alone says who begins. */
  turns: Record<string, Turns>
  /** Who would rather listen. No reason is asked for. */
  passed: Record<PersonId, true>
  /** What facilitators added to each turn, ms. */
  more: number
}

/** Before they begin, an order that the group agreed on; then turns of `each` ms, one after another, from `startedAt` on. */
export type Turns = { order: PersonId[] } | Running

export interface Running {
  order: PersonId[]
  /** Whose turns were before those in `order`. */
  done: PersonId[]
  /** Who began, for the memory of later draws. */
  first: PersonId
  startedAt: number
  each: number
}

export const talkCommands = {
  /** "You first", or "I'll go first". */
  swap: command('swap'),
  /** "I'd rather listen", or, in one's own turn, "the next, please". */
  pass: command('pass'),
  /** "I'd like a turn after all." */
  speak: command('speak'),
  begin: command('begin'),
  /** One minute more for every turn that is not over, in all groups. */
  more: command('more'),
}

export type TalkCommand = { [T in keyof typeof talkCommands]: Static<(typeof talkCommands)[T]> }[keyof typeof talkCommands]

/** `people`: everybody in the group, whose phones it changes. */
export type TalkEvent =
  | { type: 'swapped'; group: string; order: PersonId[]; people: PersonId[] }
  | { type: 'passed'; group: string; by: PersonId; turns: Turns; people: PersonId[] }
  | { type: 'returned'; group: string; by: PersonId; turns: Turns; people: PersonId[] }
  | { type: 'begun'; group: string; order: PersonId[]; at: number; each: number; people: PersonId[] }
  | { type: 'lengthened'; by: number; at: number }
