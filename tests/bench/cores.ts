/** Which processor core does what: the server on one, the load on another, so that neither waits for the other. */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'

export interface Cores {
  /** As `taskset` counts them; undefined: everybody runs everywhere. */
  readonly server: string | undefined
  readonly load: string | undefined
  /** A sentence for the report. */
  readonly said: string
}

/** The first and the last of the cores that this process may use, where the machine can keep a process to one. */
export function chooseCores(): Cores {
  if (spawnSync('taskset', ['--version']).status !== 0) return { server: undefined, load: undefined, said: 'Nothing was kept to a core of its own (no `taskset` here): server and load shared them all.' }
  const allowed = listOf(/: ([\d,-]+)\s*$/u.exec(spawnSync('taskset', ['-cp', String(process.pid)]).stdout.toString())?.[1] ?? '')
  const [first, last] = [allowed[0], allowed.at(-1)]
  if (availableParallelism() < 2 || first === undefined || last === undefined || first === last) {
    return { server: undefined, load: undefined, said: 'There is one core: server and load shared it.' }
  }
  return { server: String(first), load: String(last), said: 'The server was kept to one core, the load to another (`taskset`).' }
}

/** Keeps this process, with all its threads, to a core until the returned function is called. */
export function keepTo(core: string | undefined): () => void {
  if (core === undefined) return () => undefined
  const everywhere = /: ([\d,-]+)\s*$/u.exec(spawnSync('taskset', ['-cp', String(process.pid)]).stdout.toString())?.[1] ?? `0-${cpus().length - 1}`
  const to = (list: string) => spawnSync('taskset', ['-a', '-cp', list, String(process.pid)])
  to(core)
  return () => void to(everywhere)
}

function listOf(text: string): number[] {
  return text.split(',').filter((part) => part !== '').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}

/** What everybody on this machine has had of its processors, seconds. */
export function machineSeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000
}
