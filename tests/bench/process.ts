/** Children that are measured: each on its core, each gone at the end, however the bench ends. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

const READY_MS = 30_000
/** Linux counts processor time in hundredths, whatever its kernel does. */
const TICKS = 100

export interface Measured {
  readonly pid: number
  /** Processor time since its birth, all threads, seconds. */
  cpu(): number
  /** Resident memory, megabytes. */
  memory(): number
  /** Throws, with the last that it said, if it has ended by itself. */
  mustRun(): void
  /** Resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(128 + constants.signals[signal]))

/** Starts a TypeScript file on a core; resolves once it has printed `ready`. */
export async function start(file: string, options: { core: string | undefined; env: Record<string, string>; ready: string; flags?: readonly string[] }): Promise<Measured> {
  // What a profiler needs comes in here: BENCH_NODE="--cpu-prof --cpu-prof-dir=…" npm run bench
  const flags = (process.env['BENCH_NODE'] ?? '').split(' ').filter((flag) => flag !== '')
  const command = [...(options.core === undefined ? [] : ['taskset', '-c', options.core]), process.execPath, ...(options.flags ?? []), ...flags, file]
  const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } })
  alive.add(child)
  child.once('exit', () => alive.delete(child))
  await printed(child, options.ready)
  let said = ''
  child.stderr?.on('data', (chunk) => (said = (said + String(chunk)).slice(-2000)))
  const pid = child.pid as number
  return {
    pid,
    cpu: () => cpuOf(pid),
    memory: () => Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)]).stdout.toString()) / 1024,
    mustRun() {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`A measured process has ended (${String(child.exitCode ?? child.signalCode)}):\n${said}`)
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), READY_MS)
      await gone
      clearTimeout(late)
    },
  }
}

function printed(child: ChildProcess, ready: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => fail('is not ready'), READY_MS)
    function fail(how: string): void {
      clearTimeout(late)
      child.kill('SIGKILL')
      reject(new Error(`A measured process ${how}:\n${said.slice(-2000)}`))
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        // After the start nothing is kept: what the pipe holds is only let go.
        if (said.includes(ready)) return
        said += String(chunk)
        if (!said.includes(ready)) return
        clearTimeout(late)
        resolve()
      })
    }
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`ended with ${String(code)}`))
  })
}

/** Processor time of a process since its birth, all threads, seconds. */
export function cpuOf(pid: number): number {
  if (process.platform === 'linux') {
    // After the name in brackets, which may hold blanks: state is the first field, utime and stime the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /su, '').split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  }
  const time = spawnSync('ps', ['-o', 'cputime=', '-p', String(pid)]).stdout.toString().trim()
  return time.split(/[:-]/u).reduce((sum, part) => sum * 60 + Number(part), 0)
}
