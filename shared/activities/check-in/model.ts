/** Emotional weather: one of a set, or "rather not say"; veiled until it is revealed and k have answered. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command, keyed, PlainId } from '../../schemas.ts'
import type { Sky } from '../../sky/sky.ts'
import type { Told } from '../k.ts'

/** A weather's id: one that the sky can draw (shared/sky), or one of the planner's own. */
const WeatherId = PlainId

const Weather = closed({ order: Type.Number(), name: LocalizedText(40), feelings: LocalizedText(80) })

export const CheckInConfig = closed({
  question: LocalizedText(200),
  weathers: keyed(WeatherId, Weather, { minProperties: 2, maxProperties: 16 }),
  /** The second question: its answer never leaves the phone. */
  second: Type.Optional(LocalizedText(200)),
  suggestions: Type.Optional(LocalizedText(600)),
  /** An earlier check-in, to show the sky then and now at equal size. */
  then: Type.Optional(WeatherId),
})

export type CheckInConfig = Static<typeof CheckInConfig>

/** An answer that says nothing, and counts for nothing but having answered. */
export const UNSAID = 'unsaid'

export interface CheckInState {
  /** By author; values are weather ids or UNSAID. */
  answers: Record<string, string>
  /** People by the weather that they have said last. Kept, since counting costs everybody's answer at each one. */
  said: Record<string, number>
  revealed: boolean
  /** The threshold, once anybody has answered. */
  k?: number
  /** How many have said something, as it may be told; the sky moves together with it. */
  told: Told
  /** By weather, when k or more had last said something: what a first reveal draws from. */
  ready?: Record<string, number>
  /** What the sky was last drawn from, by weather: only ever k people or more, and redrawn after three authors' changes at a time. */
  shown?: Record<string, number>
  /** Once sealed, all that is left of the answers: the sky in tenths, if one was drawn. */
  sealed?: { sky?: Sky }
}

export const checkInCommands = {
  answer: command('answer', { weather: WeatherId }),
  reveal: command('reveal'),
  veil: command('veil'),
}

export type CheckInCommand = { [T in keyof typeof checkInCommands]: Static<(typeof checkInCommands)[T]> }[keyof typeof checkInCommands]

export type CheckInEvent =
  /** `k` is the threshold at the time, so that a replay shows what was shown. */
  | { type: 'answered'; by: string; weather: string; k: number }
  | { type: 'revealed'; k: number }
  | { type: 'veiled' }
