/** Kinds of cards, as the board has them: told by a drawn shape and a word, never by colour alone. */
import type { Localized } from '../../localized.ts'

export const SHAPES = ['cloud', 'question', 'spark', 'circle', 'square', 'triangle'] as const
export type ShapeName = (typeof SHAPES)[number]

export interface CardKind {
  order: number
  name: Localized
  hint: Localized
  shape: ShapeName
}

export type CardKinds = Record<string, CardKind>
