/** The commands about cards as closed schemas, and who may send them. A kind takes those that it knows. */
import Type from 'typebox'
import { LANGS } from '../../localized.ts'
import { command, MadeId, PlainId } from '../../schemas.ts'
import { REASONS } from './reasons.ts'

/** Characters as people count them are judged by the rules; this bounds what they look at (a family emoji is eleven units). */
const Text = Type.String({ minLength: 1, maxLength: 4000 })
const lang = Type.Optional(Type.Enum(LANGS))

/** An id of the board's kinds. */
export const KindId = PlainId

/** What a card says: with its kind on a board, without one elsewhere. */
export const plainSaid = { text: Text, lang }
export const kindSaid = { text: Text, lang, kind: KindId }

/** Commands that name a card and nothing else. */
function aboutCard<T extends string>(type: T) {
  return command(type, { id: MadeId })
}

/** Writing, editing and, on the board, a card on behalf of somebody. */
export function saying<T extends string, F extends typeof plainSaid | typeof kindSaid>(type: T, said: F) {
  return command(type, said)
}

/** Changing one's own card. */
export function editing<F extends typeof plainSaid | typeof kindSaid>(said: F) {
  return command('edit', { id: MadeId, ...said })
}

/** What every wall of cards has, whatever stands on the cards. */
export const wallCommands = {
  'take-back': aboutCard('take-back'),
  reveal: command('reveal'),
  veil: command('veil'),
  hold: command('hold', { on: Type.Boolean() }),
  page: command('page', { page: Type.Integer({ minimum: 0, maximum: 9999 }) }),
  spotlight: aboutCard('spotlight'),
  unspotlight: command('unspotlight'),
  hide: command('hide', {
    id: MadeId,
    reason: Type.Optional(Type.Enum(REASONS)),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  unhide: aboutCard('unhide'),
}

/** What the board has besides. */
export const boardOnlyCommands = {
  echo: command('echo', { id: MadeId, on: Type.Boolean() }),
  park: aboutCard('park'),
  unpark: aboutCard('unpark'),
}

const facilitator = ['facilitator'] as const

export const wallMay = {
  'take-back': ['participant', 'facilitator'],
  reveal: facilitator,
  veil: facilitator,
  hold: facilitator,
  page: facilitator,
  spotlight: facilitator,
  unspotlight: facilitator,
  hide: facilitator,
  unhide: facilitator,
} as const
