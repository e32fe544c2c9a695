/** The real process, to be killed: `server/main.ts` on a data folder and a port that its next life has too. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'
import { HOST_KEY, visit, type Visit } from './visit.ts'

// Tests run from the top of the repository, and where Vite serves them import.meta.url is no path.
const MAIN = join(process.cwd(), 'server/main.ts')

/** Longest start on a busy machine, ms. */
const START_MS = 30_000

export interface Lives {
  url: string
  port: number
  folder: string
  /** Of the life that runs now. */
  pid(): number
  /** Stops, continues or otherwise signals it; tells nothing of what came of it. */
  signal(signal: NodeJS.Signals): void
  /** Resolves with its exit code when it has ended by itself; undefined if a signal ended it. */
  ended(): Promise<number | undefined>
  /** `kill -9`: nothing can be written or said any more. Resolves when the process is gone. */
  kill(): Promise<void>
  /** The next life, on the same folder and port. Resolves when it answers. */
  restart(): Promise<void>
  /** What it has printed, over all its lives. */
  said(): string
  /** A farewell as an operator sends it, unless it is gone already; then the folder is removed. */
  close(): Promise<void>
}

export type ServerProcess = Visit & Lives

/** A server that lives, and whoever may come to it. */
export async function spawnServer(env: Record<string, string> = {}, through?: Through): Promise<ServerProcess> {
  const lives = await openProcess(env, through)
  const visits = visit(lives.url)
  return {
    ...visits,
    ...lives,
    async close() {
      visits.hangUp()
      await lives.close()
    },
  }
}

/** A command that runs the server, such as a tracer; its process must become the server's own. */
export type Through = (folder: string) => string[]

/** The process alone, with the host's key of the tests. */
export async function openProcess(env: Record<string, string> = {}, through: Through = () => []): Promise<Lives> {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-process-'))
  const folder = join(above, 'data')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let said = ''
  let child: ChildProcess | undefined

  async function restart(): Promise<void> {
    // What the runner sets for itself would make it another server than people start.
    const { VITEST: _vitest, NODE_ENV: _env, DATABASE_URL: _database, ...inherited } = process.env
    const [command = '', ...args] = [...through(folder), process.execPath, MAIN]
    const born = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, HOST_KEY, ...env } })
    child = born
    for (const stream of [born.stdout, born.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
    await until(async () => {
      if (born.exitCode !== null || born.signalCode !== null) throw new Error(`The server ended by itself:\n${said}`)
      return fetch(`${url}/healthz`).then((answer) => answer.status === 200, () => false)
    }, 'the server to answer', START_MS)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  await restart()
  return {
    url,
    port,
    folder: env['DATA_DIR'] ?? folder,
    pid: () => child?.pid ?? 0,
    signal: (signal) => void child?.kill(signal),
    restart,
    async ended() {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return child?.exitCode ?? undefined
    },
    kill: () => end('SIGKILL'),
    said: () => said,
    async close() {
      await end('SIGTERM')
      rmSync(above, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  const closed = once(probe, 'close')
  probe.close()
  await closed
  return port
}
