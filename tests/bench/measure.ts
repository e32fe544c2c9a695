/** What the bench is made of: measures, each a module that knows its lines of the table and its part of the page. */
import type { Cores } from './cores.ts'
import type { LineId, Said } from './rows.ts'

/** `quick`: all measures together within a minute, with fewer people; its ratios say whether the bench works, not how fast the product is. */
export type Size = 'quick' | 'full'

/** By name: milliseconds, processor seconds, bytes, counts. Several runs become one by the median of each. */
export type Figures = Record<string, number>

export interface Measure {
  /** Its name in the results, and for `--only`. */
  readonly name: string
  /** The rows it fills: `--only=P1` finds it by them. */
  readonly rows: readonly string[]
  /** None where it would take too long. */
  readonly runs: Readonly<Record<Size, number>>
  /** One run: starts what it measures, and leaves nothing behind. `say` tells people what is going on. */
  measure(cores: Cores, size: Size, say: (sentence: string) => void): Promise<Figures>
  lines(figures: Figures, size: Size): Partial<Record<LineId, Said>>
  /** Its part of the page, from a heading of the second level on: what was measured, and how each figure is defined. */
  section(figures: Figures, size: Size): string
}

/** A line that compares: less than 1 is less than the reference. */
export function against(product: number | undefined, reference: number | undefined, word: (value?: number) => string): Said {
  return { value: (product ?? NaN) / (reference ?? NaN), product: word(product), reference: word(reference) }
}
