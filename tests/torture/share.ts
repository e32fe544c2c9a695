/** What one test file runs of its part now: the few cases of `npm test`, or the slice that `npm run torture` asks for. */
import { appendFileSync } from 'node:fs'
import { PARTS, type PartId } from './parts.ts'

export interface Share {
  /** The first case's number. */
  from: number
  count: number
  /** The cases' numbers, each the seed of its case: the same number is the same case for ever. */
  seeds: number[]
  /** The share is a slice of the full run. */
  full: boolean
  /** A test's longest time, ms, for so many ms a case: generous, since it guards against hanging and not against slowness. */
  timeout(msEach: number, besides?: number): number
  /** Tells what was counted; slices are added up, `worst…` takes the largest and `least…` the smallest. */
  report(figures: Record<string, number>): void
}

/** The names under which the runner hands a slice to its test: part, first case, cases, and the file for figures. */
export const SLICE = { part: 'TORTURE_PART', from: 'TORTURE_FROM', count: 'TORTURE_COUNT', out: 'TORTURE_OUT' } as const

export function shareOf(id: PartId): Share {
  const part = PARTS.find((one) => one.id === id)
  if (part === undefined) throw new Error(`tests/torture/parts.ts has no part "${id}"`)
  const asked = process.env[SLICE.part]
  const full = asked === id
  const from = full ? Number(process.env[SLICE.from]) : 0
  // A file may hold two parts: the one that the runner did not ask for rests.
  const count = full ? Number(process.env[SLICE.count]) : asked === undefined ? part.ci : 0
  return {
    from,
    count,
    seeds: Array.from({ length: count }, (_, i) => from + i),
    full,
    timeout: (msEach, besides = 60_000) => besides + count * msEach * 3,
    report(figures) {
      const out = process.env[SLICE.out]
      if (full && out !== undefined) appendFileSync(out, `${JSON.stringify(figures)}\n`)
    },
  }
}
