/** All measures, in the order in which they run and stand in the page. */
import { BOARD } from './board.ts'
import { BURST } from './burst.ts'
import { CHECK_IN } from './check-in.ts'
import { EVENING } from './evening.ts'
import { GROWTH } from './growth.ts'
import { IDLE } from './idle.ts'
import { MANY } from './many.ts'
import type { Measure } from './measure.ts'
import { PHONE } from './phone.ts'
import { RECONNECT } from './reconnect.ts'
import { SERVERS } from './servers.ts'
import { STREAM } from './stream.ts'
import { YEAR } from './year.ts'

export const MEASURES: readonly Measure[] = [STREAM, BURST, CHECK_IN, RECONNECT, IDLE, BOARD, MANY, SERVERS, GROWTH, YEAR, EVENING, PHONE]

/** The measures that somebody asked for: by name or by row (`P1`); all where nobody asked. */
export function chosen(only: readonly string[]): readonly Measure[] {
  const strange = only.find((word) => !MEASURES.some((measure) => named(measure, word)))
  if (strange !== undefined) throw new Error(`Nothing measures ${strange}; there are ${MEASURES.map(({ name, rows }) => [name, ...rows].join(' ')).join(', ')}`)
  return only.length === 0 ? MEASURES : MEASURES.filter((measure) => only.some((word) => named(measure, word)))
}

function named({ name, rows }: Measure, word: string): boolean {
  return name === word || rows.includes(word.toUpperCase())
}
