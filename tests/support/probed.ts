/** A server process that can be looked into; probe.ts does the looking. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerProcess } from './server-process.ts'
import { until } from './until.ts'

export interface Probe {
  /** The longest that its event loop stood still since the probe before, ms. */
  lagMs: number
  /** Of JavaScript, after collecting; bytes. */
  heap: number
  /** Of the process, bytes. */
  rss: number
  /** Open files and sockets; 0 where the system cannot say. */
  files: number
  /** Timers that keep the process alive. */
  timers: number
}

/** The environment that such a process is started with. */
export const PROBED = { NODE_OPTIONS: `--import=${pathToFileURL(join(process.cwd(), 'tests/support/probe.ts')).href}` }

const LINE = /^probe (\{.*\})$/gmu

export async function probe(server: ServerProcess): Promise<Probe> {
  const before = [...server.said().matchAll(LINE)].length
  server.signal('SIGUSR2')
  const line = await until(() => [...server.said().matchAll(LINE)][before], 'the server to say how it is', 30_000)
  return JSON.parse(line[1] as string) as Probe
}
