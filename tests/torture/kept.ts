/** What the full run has done so far, one file a part, so that it goes on where it was stopped. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Part, PartId } from './parts.ts'

export type Figures = Record<string, number>

export interface Slice {
  from: number
  count: number
  figures: Figures
  seconds: number
  /** YYYY-MM-DD. */
  date: string
  /** The short name of the commit that was tested. */
  commit: string
  machine: string
}

const folder = join(import.meta.dirname, 'results')
const fileOf = (id: PartId | string) => join(folder, `${id}.json`)

/** The slices of a part that passed, in order. */
export function slicesOf(id: string): Slice[] {
  try {
    return (JSON.parse(readFileSync(fileOf(id), 'utf8')) as Slice[]).sort((a, b) => a.from - b.from)
  } catch {
    return []
  }
}

export function keep(id: string, slice: Slice): void {
  mkdirSync(folder, { recursive: true })
  const slices = [...slicesOf(id).filter(({ from }) => from !== slice.from), slice].sort((a, b) => a.from - b.from)
  writeFileSync(fileOf(id), `${JSON.stringify(slices, null, 1)}\n`)
}

export function forget(id: string): void {
  rmSync(fileOf(id), { force: true })
}

/** The next slice that is not done; undefined when the part is. */
export function nextSlice(part: Part, done: readonly Slice[]): { from: number; count: number } | undefined {
  let from = 0
  for (const slice of done) if (slice.from <= from) from = Math.max(from, slice.from + slice.count)
  return from >= part.full ? undefined : { from, count: Math.min(part.slice, part.full - from) }
}

/** The figures of several slices as one: sums, but the largest of what is `worst…` and the smallest of what is `least…`. */
export function together(all: readonly Figures[]): Figures {
  const sum: Figures = {}
  for (const figures of all) {
    for (const [name, value] of Object.entries(figures)) {
      const before = sum[name]
      if (before === undefined) sum[name] = value
      else if (name.startsWith('worst')) sum[name] = Math.max(before, value)
      else if (name.startsWith('least')) sum[name] = Math.min(before, value)
      else sum[name] = before + value
    }
  }
  return sum
}

/** In words without a name: what a reader needs to compare. */
export function machine(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() || 'unknown processor'}, Node ${process.versions.node}`
}
