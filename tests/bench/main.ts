/** The bench: the product and a bare relay side by side, on this machine, over loopback; medians of several runs, as a table. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { measureArrival } from './arrival.ts'
import { chooseCores, keepTo } from './cores.ts'
import { measureEvening } from './evening.ts'
import { medians } from './numbers.ts'
import { measureRelay } from './relayed.ts'
import { page, type Results, type Room } from './report.ts'
import { phoneWeight } from './weight.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DOCUMENT = `${ROOT}docs/performance.md`

const quick = process.argv.includes('--quick')
const write = process.argv.includes('--write')
const withPhone = process.env['GATHERWELL_BROWSER'] !== undefined && !process.argv.includes('--no-phone')
const SIZE = quick ? { rooms: [50, 200], runs: 1, steadyTaps: 60, arrivals: 1 } : { rooms: [100, 1_000], runs: 3, steadyTaps: 200, arrivals: 5 }
const JOINS_PER_SECOND = 100
const BURST_SECONDS = 2

async function main(): Promise<void> {
  const cores = chooseCores()
  const load = loadavg().map((value) => value.toFixed(1)).join(', ')
  const release = keepTo(cores.load)
  const rooms: Room[] = []
  for (const people of SIZE.rooms) {
    const relays = []
    const evenings = []
    for (let run = 1; run <= SIZE.runs; run++) {
      say(`${people} people, run ${run} of ${SIZE.runs}: the relay …`)
      relays.push(await measureRelay(cores, people, BURST_SECONDS))
      say(`${people} people, run ${run} of ${SIZE.runs}: the product …`)
      evenings.push(await measureEvening(cores, { people, joinSeconds: people / JOINS_PER_SECOND, burstSeconds: BURST_SECONDS, steadyTaps: SIZE.steadyTaps }))
    }
    rooms.push({ people, relay: medians(relays), product: medians(evenings) })
  }
  release()
  say('A phone …')
  const results: Results = {
    about: { date: new Date().toISOString().slice(0, 10), commit: commit(), machine: machine(), node: process.version, cores: cores.said, load, runs: SIZE.runs, arrivals: SIZE.arrivals, quick },
    rooms,
    weight: phoneWeight(),
    ...(withPhone ? { arrival: await measureArrival(cores, SIZE.arrivals) } : {}),
  }
  const text = page(results)
  console.log(text)
  if (!write) return
  mkdirSync(`${ROOT}docs`, { recursive: true })
  writeFileSync(DOCUMENT, text)
  say('Written to docs/performance.md')
}

/** Progress goes beside the table, so that `npm run bench > table.md` has the table alone. */
function say(sentence: string): void {
  console.error(sentence)
}

function machine(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}`
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'server', 'shared', 'client')
    return git('rev-parse', '--short', 'HEAD') + (changed === '' ? '' : ', with changes')
  } catch {
    return 'unknown'
  }
}

// Whatever happens, the exit ends every child (process.ts).
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
