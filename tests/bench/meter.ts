/** What a stretch of a run cost: the server, the load itself, and everybody else on the machine. */
import { machineSeconds } from './cores.ts'
import type { Measured } from './process.ts'

export interface Cost {
  /** Processor seconds of the server. */
  server: number
  /** How busy the load's process was, 1 = one core. Near 1 it measures itself. */
  load: number
  /** How many cores others used meanwhile. */
  foreign: number
}

/** Starts to count; the returned function tells what has been used since. */
export function meter(measured: Measured): () => Cost {
  const began = performance.now()
  const before = { server: measured.cpu(), own: own(), machine: machineSeconds() }
  return () => {
    const seconds = (performance.now() - began) / 1000
    const server = measured.cpu() - before.server
    const load = own() - before.own
    return { server, load: load / seconds, foreign: Math.max(0, machineSeconds() - before.machine - server - load) / seconds }
  }
}

function own(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
