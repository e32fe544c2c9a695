/** The product as people run it, for the bench: the real process on a data folder of its own, and a session to measure with. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from '#shared/session/plan.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { Guest } from './guest.ts'
import { freePort } from '../support/free-port.ts'
import { start, type Measured } from './process.ts'

const ENTRY = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const HOST_KEY = 'the-key-that-the-bench-signs-in-with'
/** More "next" than any plan of ours has. */
const MOST_MOVES = 300

/** Data folders that are still there: an interrupted bench leaves none behind. */
const folders = new Set<string>()
process.on('exit', () => folders.forEach(remove))

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  folders.delete(folder)
}

export interface Product {
  readonly origin: string
  /** The process that runs now. */
  process(): Measured
  api<T>(method: string, path: string, body?: unknown): Promise<T>
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

export interface Created {
  id: string
  code: string
  links: { join: string; facilitator: string; screen: string }
}

/** How its log is kept: as people have it; in memory; or on a disk that is so much slower, ms. */
export type Storage = 'disk' | 'memory' | { slower: number }

const FORGETFUL = fileURLToPath(new URL('./reference/forgetful.ts', import.meta.url))
const SLOW_DISK = new URL('./reference/slow-disk.ts', import.meta.url).href

export interface Special {
  /** Puts something into its data folder before it starts. */
  prepare?(folder: string): Promise<void>
  /** For Node. */
  flags?: readonly string[]
  env?: Record<string, string>
}

export async function startProduct(core: string | undefined, storage: Storage = 'disk', special: Special = {}): Promise<Product> {
  const folder = await mkdtemp(path(tmpdir(), 'gatherwell-bench-'))
  folders.add(folder)
  await special.prepare?.(folder)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder, HOST_KEY, LOG_LEVEL: 'warn', PUBLIC_URL: origin, TRUST_PROXY: '1', ...(typeof storage === 'string' ? {} : { SLOW_DISK_MS: String(storage.slower) }), ...special.env }
  const flags = [...(special.flags ?? []), ...(typeof storage === 'string' ? [] : ['--import', SLOW_DISK])]
  const born = () => start(storage === 'memory' ? FORGETFUL : ENTRY, { core, env, flags, ready: 'Gatherwell is ready' })
  let child = await born()
  return {
    origin,
    process: () => child,
    // A profiler writes down what it saw when its process ends by itself.
    kill: () => child.end(process.env['BENCH_NODE'] === undefined ? 'SIGKILL' : 'SIGTERM'),
    async restart() {
      child = await born()
    },
    async close() {
      await child.end('SIGTERM')
      remove(folder)
    },
    async api<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(origin + path, {
        method,
        headers: { authorization: `Bearer ${HOST_KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as T
    },
  }
}

/** A session of the first template, its plan changed, its doors open. */
export async function openSession(product: Product, change: (plan: Plan) => void): Promise<Created> {
  const created = await product.api<Created>('POST', '/api/sessions', { template: 'smart-goals', title: 'Measured' })
  const plan = await product.api<Plan>('GET', `/api/sessions/${created.id}/plan`)
  change(plan)
  await product.api('PUT', `/api/sessions/${created.id}/plan`, plan)
  await product.api('POST', `/api/sessions/${created.id}/open`)
  // More people than a session lets in before somebody says so.
  const console = await byLink(product, created, 'console')
  await new Promise((done) => console.client.ask('act', { id: `room-for-${created.id}`.padEnd(16, '-').slice(0, 40), do: { type: 'doors.cap', most: 100_000 } }, done))
  console.client.close()
  return created
}

/** The room goes on until it is in that step. */
export async function goTo(product: Product, session: string, step: string): Promise<void> {
  for (let move = 0; move < MOST_MOVES; move++) {
    const moved = await product.api<{ step?: string }>('POST', `/api/sessions/${session}/next`)
    if (moved.step === step) return
  }
  throw new Error(`The room never came to ${step}`)
}

/** A console or a screen that comes by its link. */
export async function byLink(product: Product, created: Created, door: 'console' | 'screen'): Promise<Guest> {
  const link = door === 'console' ? created.links.facilitator : created.links.screen
  const response = await fetch(`${product.origin}/api/keys/exchange`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: new URL(link).hash.slice(1) }) })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error(`The ${door}'s link was not taken: ${response.status}`)
  const guest = new Guest(product.origin, { v: PROTOCOL, door, session: created.id }, {}, { cookie, origin: product.origin })
  await guest.seen
  return guest
}
