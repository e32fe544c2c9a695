/** A text of the plan in the languages that its author wrote it in. */
import Type from 'typebox'
import { closed } from './schemas.ts'

export const LANGS = ['en', 'es'] as const
export type Lang = (typeof LANGS)[number]

export type Localized = { en?: string; es?: string }

/** A closed schema for a text of at most `max` characters in each language. */
export function LocalizedText(max: number) {
  return closed({ en: Type.Optional(Type.String({ maxLength: max })), es: Type.Optional(Type.String({ maxLength: max })) })
}
