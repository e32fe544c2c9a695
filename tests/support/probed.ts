/** A server process that can be looked into; probe.ts does the looking. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Lives, ServerProcess } from './server-process.ts'
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

/** Of several processes the largest of each. */
export async function probe({ each }: ServerProcess): Promise<Probe> {
  const probes = await Promise.all(each.map(probeOne))
  const most = (name: keyof Probe) => Math.max(...probes.map((one) => one[name]))
  return { lagMs: most('lagMs'), heap: most('heap'), rss: most('rss'), files: most('files'), timers: most('timers') }
}

async function probeOne(server: Lives): Promise<Probe> {
  const before = [...server.said().matchAll(LINE)].length
  server.signal('SIGUSR2')
  const line = await until(() => [...server.said().matchAll(LINE)][before], 'the server to say how it is', 30_000)
  return JSON.parse(line[1] as string) as Probe
}
