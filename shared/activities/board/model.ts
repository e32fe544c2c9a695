/** The board: cards of a few kinds (a thought, a question, an epiphany); the kind belongs to the card. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, keyed } from '../../schemas.ts'
import { boardOnlyCommands, editing, KindId, kindSaid, saying, wallCommands } from '../cards/commands.ts'
import { SHAPES } from '../cards/kinds.ts'
import type { CardsCommand } from '../cards/model.ts'

const CardKind = closed({
  order: Type.Number(),
  name: LocalizedText(40),
  hint: LocalizedText(120),
  /** Drawn beside the name: no kind is told by its colour. */
  shape: Type.Enum(SHAPES),
})

export const BoardConfig = closed({
  prompt: LocalizedText(300),
  kinds: keyed(KindId, CardKind, { minProperties: 1, maxProperties: 6 }),
  /** Cards of one person at a time. */
  perPerson: Type.Integer({ minimum: 1, maximum: 12 }),
  /** Characters as people count them. */
  length: Type.Integer({ minimum: 40, maximum: 500 }),
})

export type BoardConfig = Static<typeof BoardConfig>

export const boardCommands = {
  write: saying('write', kindSaid),
  behalf: saying('behalf', kindSaid),
  edit: editing(kindSaid),
  ...wallCommands,
  ...boardOnlyCommands,
}

/** As the schemas have it. */
export type BoardCommand = Extract<CardsCommand, { type: keyof typeof boardCommands }>
