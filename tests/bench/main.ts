/**
 * The bench: the product and its references side by side, on this machine, over loopback; medians of several runs, as a page.
 * `--only=P1,P7` measures those rows alone, `--write` keeps what was measured in docs/ beside what was measured before,
 * `--page` makes the page anew from what is kept.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chooseCores, keepTo, type Cores } from './cores.ts'
import type { Figures, Measure, Size } from './measure.ts'
import { chosen } from './measures.ts'
import { takeNoise } from './meter.ts'
import { medians } from './numbers.ts'
import { page } from './report.ts'
import { commit, machine, readResults, writeResults, type Result, type Results } from './results.ts'

const DOCUMENT = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))

const size: Size = process.argv.includes('--quick') ? 'quick' : 'full'
/** `--runs=1`: so many runs of each measure, whatever it says itself. */
const runsAsked = process.argv.find((option) => option.startsWith('--runs='))?.slice('--runs='.length)
const only = process.argv.find((option) => option.startsWith('--only='))?.slice('--only='.length).split(',') ?? []

async function main(): Promise<void> {
  if (process.argv.includes('--page')) return write(readResults())
  const cores = chooseCores()
  const measured: Results = {}
  const asked = chosen(only).filter(({ runs }) => runs[size] > 0)
  for (const measure of asked) {
    // One that cannot be measured here leaves the others theirs.
    const result = await measureWell(measure, cores).catch((error: unknown) => say(`${measure.name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`))
    if (result !== undefined) measured[measure.name] = result
    if (process.argv.includes('--write')) writeResults({ ...readResults(), ...measured })
  }
  console.log(page(measured))
  if (process.argv.includes('--write')) write(readResults())
  if (Object.keys(measured).length < asked.length) throw new Error('Not everything could be measured')
}

async function measureWell(measure: Measure, cores: Cores): Promise<Result> {
  const load = loadavg().map((value) => value.toFixed(1)).join(', ')
  const began = performance.now()
  const release = keepTo(cores.load)
  takeNoise()
  const runs: Figures[] = []
  const times = runsAsked === undefined ? measure.runs[size] : Number(runsAsked)
  try {
    for (let run = 1; run <= times; run++) {
      runs.push(await measure.measure(cores, size, (sentence) => say(`${measure.name}, run ${run} of ${times}: ${sentence} …`)))
    }
  } finally {
    release()
  }
  say(`${measure.name}: ${Math.round((performance.now() - began) / 1000)} s`)
  return {
    circumstances: { date: new Date().toISOString().slice(0, 10), commit: commit(), machine: machine(), node: process.version, cores: cores.said, load, noise: takeNoise(), size },
    figures: medians(runs),
    runs,
  }
}

function write(results: Results): void {
  writeFileSync(DOCUMENT, page(results))
  say('Written to docs/performance.md')
}

/** Progress goes beside the page, so that `npm run bench > page.md` has the page alone. */
function say(sentence: string): void {
  console.error(sentence)
}

// Whatever happens, the exit ends every child (process.ts).
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
