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

/** The most of it in all stretches: what a reader needs to know before believing a time. */
export interface Noise {
  load: number
  foreign: number
}

let most: Noise = { load: 0, foreign: 0 }

/** The most there was since this was last asked. */
export function takeNoise(): Noise {
  const taken = most
  most = { load: 0, foreign: 0 }
  return taken
}

/** Starts to count; the returned function tells what has been used since. */
export function meter(measured: Pick<Measured, 'cpu'>): () => Cost {
  const began = performance.now()
  const before = { server: measured.cpu(), own: own(), machine: machineSeconds() }
  return () => {
    const seconds = (performance.now() - began) / 1000
    const server = measured.cpu() - before.server
    const load = own() - before.own
    const cost = { server, load: load / seconds, foreign: Math.max(0, machineSeconds() - before.machine - server - load) / seconds }
    most = { load: Math.max(most.load, cost.load), foreign: Math.max(most.foreign, cost.foreign) }
    return cost
  }
}

function own(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
