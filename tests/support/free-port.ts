/** Ports for programs that are told theirs before they start. */
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that a system gives to connections: between the probe and the program's start, nobody is given one of these by chance. */
const FIRST = 20_000
const PORTS = 10_000
/** Programs of this process go on from each other; other processes begin elsewhere. */
let next = (process.pid * 37) % PORTS

/** A port of this machine that nothing listens at. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    next = (next + 1) % PORTS
    // Others may ask while this one waits.
    const port = FIRST + next
    const probe = createServer().listen(port, '127.0.0.1')
    const free = await once(probe, 'listening').then(() => true, () => false)
    if (!free) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
  throw new Error(`No port from ${String(FIRST)} to ${String(FIRST + PORTS)} is free`)
}
