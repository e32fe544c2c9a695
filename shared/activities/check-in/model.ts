/** Emotional weather: one of a set, or "rather not say"; veiled until it is revealed and k have answered. */
import Type, { type Static } from 'typebox'
import { keyed } from '../../keyed.ts'
import { LocalizedText } from '../../localized.ts'

/** A weather's id: one that the sky can draw (shared/sky), or one of the planner's own. */
const WeatherId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

const Weather = Type.Object(
  { order: Type.Number(), name: LocalizedText(40), feelings: LocalizedText(80) },
  { additionalProperties: false },
)

export const CheckInConfig = Type.Object(
  {
    question: LocalizedText(200),
    weathers: keyed(WeatherId, Weather, { minProperties: 2, maxProperties: 16 }),
    /** The second question: its answer never leaves the phone. */
    second: Type.Optional(LocalizedText(200)),
    suggestions: Type.Optional(LocalizedText(600)),
    /** An earlier check-in, to show the sky then and now at equal size. */
    then: Type.Optional(WeatherId),
  },
  { additionalProperties: false },
)

export type CheckInConfig = Static<typeof CheckInConfig>

/** An answer that says nothing, and counts for nothing but having answered. */
export const UNSAID = 'unsaid'

export interface CheckInState {
  /** By author; values are weather ids or UNSAID. */
  answers: Record<string, string>
  revealed: boolean
  /** What the sky was last drawn from, by weather: only ever k people or more, and redrawn after three authors' changes at a time. */
  shown?: Record<string, number>
  /** Authors who have answered or changed since then. */
  changed: Record<string, true>
  /** Once sealed: counts only. */
  sealed?: Record<string, number>
}

export const checkInCommands = {
  answer: Type.Object({ type: Type.Literal('answer'), weather: WeatherId }, { additionalProperties: false }),
  reveal: Type.Object({ type: Type.Literal('reveal') }, { additionalProperties: false }),
  veil: Type.Object({ type: Type.Literal('veil') }, { additionalProperties: false }),
}

export type CheckInCommand = { [T in keyof typeof checkInCommands]: Static<(typeof checkInCommands)[T]> }[keyof typeof checkInCommands]

export type CheckInEvent =
  /** `k` is the threshold at the time, so that a replay shows what was shown. */
  | { type: 'answered'; by: string; weather: string; k: number }
  | { type: 'revealed'; k: number }
  | { type: 'veiled' }
