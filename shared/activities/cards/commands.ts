/** The commands about cards as closed schemas, and who may send them. A kind takes those that it knows. */
import Type from 'typebox'
import { LANGS } from '../../localized.ts'
import { REASONS } from './reasons.ts'

/** Characters as people count them are judged by the rules; this bounds what they look at (a family emoji is eleven units). */
const Text = Type.String({ minLength: 1, maxLength: 4000 })
const CardId = Type.String({ minLength: 1, maxLength: 40 })
const lang = Type.Optional(Type.Enum(LANGS))
const closed = { additionalProperties: false }

/** An id of the board's kinds. */
export const KindId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

/** What a card says: with its kind on a board, without one elsewhere. */
export const plainSaid = { text: Text, lang }
export const kindSaid = { text: Text, lang, kind: KindId }

/** Commands that name a card and nothing else. */
function aboutCard<T extends string>(type: T) {
  return Type.Object({ type: Type.Literal(type), id: CardId }, closed)
}

/** Writing, editing and, on the board, a card on behalf of somebody. */
export function saying<T extends string, F extends typeof plainSaid | typeof kindSaid>(type: T, said: F) {
  return Type.Object({ type: Type.Literal(type), ...said }, closed)
}

export function editing<F extends typeof plainSaid | typeof kindSaid>(said: F) {
  return Type.Object({ type: Type.Literal('edit'), id: CardId, ...said }, closed)
}

/** What every wall of cards has, whatever stands on the cards. */
export const wallCommands = {
  'take-back': aboutCard('take-back'),
  reveal: Type.Object({ type: Type.Literal('reveal') }, closed),
  veil: Type.Object({ type: Type.Literal('veil') }, closed),
  page: Type.Object({ type: Type.Literal('page'), page: Type.Integer({ minimum: 0, maximum: 9999 }) }, closed),
  spotlight: aboutCard('spotlight'),
  unspotlight: Type.Object({ type: Type.Literal('unspotlight') }, closed),
  hide: Type.Object(
    {
      type: Type.Literal('hide'),
      id: CardId,
      reason: Type.Optional(Type.Enum(REASONS)),
      note: Type.Optional(Type.String({ maxLength: 200 })),
    },
    closed,
  ),
  unhide: aboutCard('unhide'),
}

/** What the board has besides. */
export const boardOnlyCommands = {
  echo: Type.Object({ type: Type.Literal('echo'), id: CardId, on: Type.Boolean() }, closed),
  park: aboutCard('park'),
  unpark: aboutCard('unpark'),
}

const facilitator = ['facilitator'] as const

export const wallMay = {
  'take-back': ['participant', 'facilitator'],
  reveal: facilitator,
  veil: facilitator,
  page: facilitator,
  spotlight: facilitator,
  unspotlight: facilitator,
  hide: facilitator,
  unhide: facilitator,
} as const
