/**
 * Loaded before a server (`--import`): on SIGUSR2 it collects its garbage, then writes what memory it has left into `MEMORY_FILE`, as
 * JSON: `process.memoryUsage()`. Only so can two servers be compared: what lies about uncollected says more of the moment than of them.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

const file = process.env['MEMORY_FILE']

if (isMainThread && file !== undefined) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  process.on('SIGUSR2', () => {
    // What the first leaves to finalizers goes with the second.
    collect()
    setImmediate(() => {
      collect()
      writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()))
      renameSync(`${file}.new`, file)
    })
  })
}
