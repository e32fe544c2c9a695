/** The closing: one commitment, for oneself alone (it never leaves the phone) or shared, and then a card on a wall. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed } from '../../schemas.ts'
import { editing, plainSaid, saying, wallCommands } from '../cards/commands.ts'
import type { CardsCommand } from '../cards/model.ts'

export const ClosingConfig = closed({
  prompt: LocalizedText(300),
  /** How a commitment may begin, one a line. */
  beginnings: Type.Optional(LocalizedText(400)),
  /** The last words on the screen and on every phone. */
  farewell: Type.Optional(LocalizedText(300)),
})

export type ClosingConfig = Static<typeof ClosingConfig>

/** One each; as long as a card that a back row can read. */
export const COMMITMENT = { perPerson: 1, length: 200 }

export const closingCommands = {
  write: saying('write', plainSaid),
  edit: editing(plainSaid),
  ...wallCommands,
}

export type ClosingCommand = Extract<CardsCommand, { type: keyof typeof closingCommands }>
