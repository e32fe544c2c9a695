/** Short answers: one prompt, a short text or a few from each, private until revealed, then a wall. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed } from '../../schemas.ts'
import { editing, plainSaid, saying, wallCommands } from '../cards/commands.ts'
import type { CardsCommand } from '../cards/model.ts'

export const AnswersConfig = closed({
  prompt: LocalizedText(300),
  /** Answers of one person at a time. */
  perPerson: Type.Integer({ minimum: 1, maximum: 5 }),
  /** Characters as people count them. */
  length: Type.Integer({ minimum: 20, maximum: 280 }),
  /** The wall stands by department, and phones ask for it first. Without effect in an anonymous step. */
  byDepartment: Type.Boolean(),
})

export type AnswersConfig = Static<typeof AnswersConfig>

export const answersCommands = {
  write: saying('write', plainSaid),
  edit: editing(plainSaid),
  ...wallCommands,
}

/** As the schemas have it. */
export type AnswersCommand = Extract<CardsCommand, { type: keyof typeof answersCommands }>
