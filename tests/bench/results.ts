/** What was measured, kept as data, so that the page can be made from several runs of the bench, each of some measures. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Figures, Size } from './measure.ts'
import type { Noise } from './meter.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FILE = `${ROOT}docs/performance.json`

export interface Circumstances {
  date: string
  commit: string
  machine: string
  node: string
  cores: string
  /** Load average before, over 1, 5 and 15 minutes. */
  load: string
  noise: Noise
  size: Size
}

export interface Result {
  circumstances: Circumstances
  /** The median of each figure. */
  figures: Figures
  runs: readonly Figures[]
}

/** What did not come is Infinity, what was not there NaN, and JSON knows neither. */
const NO_JSON = ['Infinity', 'NaN']

export type Results = Record<string, Result>

export function readResults(): Results {
  if (!existsSync(FILE)) return {}
  return JSON.parse(readFileSync(FILE, 'utf8'), (_key, value: unknown) => (typeof value === 'string' && NO_JSON.includes(value) ? Number(value) : value)) as Results
}

export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, (_key, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value), 1)}\n`)
}

export function machine(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}`
}

export function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'server', 'shared', 'client')
    return git('rev-parse', '--short', 'HEAD') + (changed === '' ? '' : ', with changes')
  } catch {
    return 'unknown'
  }
}
