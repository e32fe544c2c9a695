/** What a card's kind may be drawn as. */
export const SHAPES = ['cloud', 'question', 'spark', 'circle', 'square', 'triangle'] as const
export type ShapeName = (typeof SHAPES)[number]
