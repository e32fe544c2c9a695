/** What memory a server has left once its garbage is collected (reference/memory-teller.ts). */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './tapping.ts'

const TELLER = new URL('./reference/memory-teller.ts', import.meta.url).href
const LONGEST_S = 30

/** Megabytes. */
export interface Memory {
  rss: number
  /** What it holds itself: JavaScript's heap, and buffers outside it. */
  held: number
}

export interface Teller {
  readonly flags: readonly string[]
  readonly env: Record<string, string>
  /** What the process of this id has now. */
  ask(pid: number): Promise<Memory>
  close(): void
}

/** For one server, which is started with these flags and this environment. */
export function teller(): Teller {
  const folder = mkdtempSync(join(tmpdir(), 'gatherwell-bench-'))
  const file = join(folder, 'memory.json')
  const close = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', close)
  return {
    flags: ['--import', TELLER],
    env: { MEMORY_FILE: file },
    async ask(pid) {
      rmSync(file, { force: true })
      process.kill(pid, 'SIGUSR2')
      if (!(await until(() => existsSync(file), LONGEST_S))) throw new Error('The server does not tell what memory it has')
      const { rss, heapUsed, external } = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.MemoryUsage
      return { rss: rss / 2 ** 20, held: (heapUsed + external) / 2 ** 20 }
    },
    close() {
      process.off('exit', close)
      close()
    },
  }
}
