/** Everybody in a room of a reference: cheap clients that count what they hear, and check that each follows on the one before. */
import { mkdtemp } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '../support/cheap-client.ts'
import { freePort } from '../support/free-port.ts'
import { start, type Measured } from './process.ts'
import { Versions } from './versions.ts'

/** What everybody is sent, as all references write its head. */
const HEAD = /^42\["(\w+)",\{"from":(\d+),"at":(\d+),/u
/** So many come in side by side. */
const ABREAST = 50

export interface Reference {
  readonly origin: string
  readonly process: Measured
  close(): Promise<void>
}

/** Starts a server of `reference/` on a core, with a folder of its own. */
export async function startReference(name: 'raw' | 'relay' | 'windowed', core: string | undefined, env: Record<string, string> = {}, flags: readonly string[] = []): Promise<Reference> {
  const folder = await mkdtemp(join(tmpdir(), 'gatherwell-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const port = await freePort()
  const file = fileURLToPath(new URL(`./reference/${name}.ts`, import.meta.url))
  const child = await start(file, { core, env: { PORT: String(port), NODE_ENV: 'production', FOLDER: folder, ...env }, flags, ready: 'Reference is ready' })
  return {
    origin: `http://127.0.0.1:${port}`,
    process: child,
    async close() {
      await child.end('SIGTERM')
      process.off('exit', remove)
      remove()
    },
  }
}

export class Crowd {
  readonly clients: Client[] = []
  versions: Versions
  /** What did not follow on what was heard before. */
  misordered = 0
  #people: number
  #screen: Client

  private constructor(origin: string, people: number) {
    this.#screen = new Client(origin, { screen: true }, () => undefined)
    this.#people = people
    this.versions = new Versions(people)
  }

  /** So many people in the room, and one screen, which is not counted. */
  static async gather(origin: string, people: number): Promise<Crowd> {
    const crowd = new Crowd(origin, people)
    await crowd.#screen.ready
    await inTurn(people, async () => {
      const client = crowd.#come(origin)
      crowd.clients.push(client)
      await client.ready
    })
    return crowd
  }

  #come(origin: string): Client {
    let held = 0
    return new Client(origin, {}, (packet) => {
      const head = HEAD.exec(packet)
      if (head === null) return
      const [from, at] = [Number(head[2]), Number(head[3])]
      if (from !== held) this.misordered += 1
      held = at
      this.versions.heard(from, at)
    })
  }

  /** Counts anew. */
  anew(): void {
    this.versions = new Versions(this.#people)
    for (const client of this.clients) client.received = 0
  }

  /** What all of them were sent since, bytes. */
  received(): number {
    return this.clients.reduce((sum, { received }) => sum + received, 0)
  }

  close(): void {
    for (const client of this.clients) client.close()
    this.#screen.close()
  }
}

/** Does something so many times, not all at once. */
export async function inTurn(times: number, one: (i: number) => Promise<void>, abreast = ABREAST): Promise<void> {
  let next = 0
  await Promise.all(Array.from({ length: Math.min(abreast, times) }, async () => {
    while (next < times) await one(next++)
  }))
}
