/**
 * Looks into a server from within its process, which a test has started with it (`--import`): the product has no door for this. At
 * SIGUSR2 a line goes to its standard error: memory after collecting, open files, timers, and the longest time its loop stood still.
 */
import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const NANOS = 1e6

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}

process.on('SIGUSR2', () => {
  const lagMs = Math.round(delay.max / NANOS)
  // What finalizers let go of is collected the second time.
  collect()
  setImmediate(() => {
    collect()
    const { heapUsed, rss } = process.memoryUsage()
    const kinds = process.getActiveResourcesInfo()
    process.stderr.write(`probe ${JSON.stringify({ lagMs, heap: heapUsed, rss, files: openFiles(), timers: kinds.filter((kind) => kind === 'Timeout').length })}\n`)
    delay.reset()
  })
})
