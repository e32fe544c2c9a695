/**
 * The real process, to be killed: `server/main.ts` on a data folder and a port that its next life has too. Where the switch in storage.ts
 * says so, it keeps what it is told in a PostgreSQL, or it is two processes behind one address.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFront } from './front.ts'
import { freePort } from './free-port.ts'
import { dropStorage, settingsFor } from './databases.ts'
import { areSeveral, SERVERS, SWITCH } from './storage.ts'
import { until } from './until.ts'
import { HOST_KEY, visit, type Visit } from './visit.ts'

// Tests run from the top of the repository, and where Vite serves them import.meta.url is no path.
const MAIN = join(process.cwd(), 'server/main.ts')

/** Longest start on a busy machine, ms. */
const START_MS = 120_000

export interface Lives {
  url: string
  port: number
  folder: string
  /** Every process of it by itself: one, or those that share its address. */
  each: readonly Lives[]
  /** Whom something happens to now: each process in turn, then all at once. */
  turn(): Lives
  /** Of the life that runs now; where there are several, of the first. */
  pid(): number
  /** Stops, continues or otherwise signals it; tells nothing of what came of it. */
  signal(signal: NodeJS.Signals): void
  /** Resolves with its exit code when it has ended by itself, the largest of several; undefined if a signal ended it. */
  ended(): Promise<number | undefined>
  /** `kill -9`: nothing can be written or said any more. Resolves when the process is gone. */
  kill(): Promise<void>
  /** The next life of whatever has ended, on the same folder and port. Resolves when it answers. */
  restart(): Promise<void>
  /** What it has printed, over all its lives. */
  said(): string
  /** A farewell as an operator sends it, unless it is gone already; then the folder is removed. */
  close(): Promise<void>
}

export type ServerProcess = Visit & Lives

/** A server that lives, and whoever may come to it. */
export async function spawnServer(env: Record<string, string> = {}, through?: Through): Promise<ServerProcess> {
  const lives = await (areSeveral(env) ? openSeveral(env, through) : openProcess(env, through))
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

/** Processes on one storage, behind one address that is not sticky: what is true of one of them is true of all together. */
async function openSeveral(env: Record<string, string>, through?: Through): Promise<Lives> {
  const first = await openProcess(env, through)
  const others = await Promise.all(Array.from({ length: SERVERS - 1 }, () => openProcess({ ...env, DATA_DIR: first.folder }, through)))
  const each = [first, ...others]
  const front = await openFront(each.map(({ port }) => port))
  const all = <T>(ask: (one: Lives) => Promise<T>) => Promise.all(each.map(ask))
  const together: Lives = {
    ...first,
    each,
    turn: inTurn(() => [...each, together]),
    url: `http://127.0.0.1:${front.port}`,
    port: front.port,
    signal: (signal) => each.forEach((one) => one.signal(signal)),
    ended: async () => (await all((one) => one.ended())).reduce((most, code) => (most === undefined || code === undefined ? undefined : Math.max(most, code))),
    kill: async () => void (await all((one) => one.kill())),
    restart: async () => void (await all((one) => one.restart())),
    said: () => each.map((one) => one.said()).join('\n'),
    async close() {
      await all((one) => one.close())
      await front.close()
    },
  }
  return together
}

function inTurn(all: () => readonly Lives[]): () => Lives {
  let next = 0
  return () => all()[next++ % all().length] as Lives
}

/** The process alone, with the host's key of the tests. */
export async function openProcess(env: Record<string, string> = {}, through: Through = () => []): Promise<Lives> {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-process-'))
  const folder = env['DATA_DIR'] ?? join(above, 'data')
  const settings = await settingsFor(folder, env)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let said = ''
  let child: ChildProcess | undefined

  const lives = () => child !== undefined && child.exitCode === null && child.signalCode === null

  async function restart(): Promise<void> {
    if (lives()) return
    // What the runner sets for itself would make it another server than people start.
    const { VITEST: _vitest, NODE_ENV: _env, DATABASE_URL: _database, [SWITCH]: _switch, ...inherited } = process.env
    const [command = '', ...args] = [...through(folder), process.execPath, MAIN]
    const born = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, HOST_KEY, ...settings, ...env } })
    child = born
    for (const stream of [born.stdout, born.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
    await until(async () => {
      if (born.exitCode !== null || born.signalCode !== null) throw new Error(`The server ended by itself:\n${said}`)
      return fetch(`${url}/healthz`).then((answer) => answer.status === 200, () => false)
    }, 'the server to answer', START_MS)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || !lives()) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  await restart()
  const alone: Lives = {
    url,
    port,
    folder,
    each: [],
    turn: () => alone,
    pid: () => child?.pid ?? 0,
    signal: (signal) => void child?.kill(signal),
    restart,
    async ended() {
      if (child !== undefined && lives()) await once(child, 'exit')
      return child?.exitCode ?? undefined
    },
    kill: () => end('SIGKILL'),
    said: () => said,
    async close() {
      await end('SIGTERM')
      await dropStorage(folder)
      rmSync(above, { recursive: true, force: true })
    },
  }
  alone.each = [alone]
  return alone
}
