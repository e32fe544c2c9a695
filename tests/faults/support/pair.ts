/** Two servers on one real PostgreSQL, each by a network of its own that can fail, and a room of people who write through both. */
import { expect } from 'vitest'
import { openPostgresLog } from '../../../server/log/postgres.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import type { Line } from '../../support/line.ts'
import type { Cluster, Database } from '../../support/postgres.ts'
import { canonical, until } from '../../support/until.ts'
import { openGate, type Gate } from './gate.ts'
import { openWordsRoom, type WordsRoom } from './kills-room.ts'

/** A server that is cut off, or a database that starts again, and a busy machine. */
const PATIENCE = 60_000
/** An act without an answer is sent again on a new line after this, ms. */
const SILENCE = 8_000

export interface Pair {
  servers: readonly [TestApp, TestApp]
  gates: readonly [Gate, Gate]
  room: WordsRoom
  /** A console at each server. */
  consoles: readonly [Line, Line]
  /**
   * The console at a server starts the clock; resolves with how long after the answer the consoles at this server and at the other one
   * showed it, ms.
   */
  tell(at: 0 | 1): Promise<{ here: number; there: number }>
  /** Sentences in the logs of both servers that contain this, by server. */
  said(words: string): [number, number]
  /** Throws unless everything acknowledged is in the log once, and both servers show the same. Returns how many words are there. */
  check(): Promise<number>
  close(): Promise<void>
}

export async function openPair(cluster: Cluster, people: number, mark: string): Promise<Pair> {
  const database: Database = await cluster.database()
  const gates = [await openGate(database.url), await openGate(database.url)] as const
  const start = ({ url }: Gate) => startApp({ env: { DATABASE_URL: url } })
  const servers = [await start(gates[0]), await start(gates[1])] as const
  const room = await openWordsRoom(servers[0], { people, mark, writer: { silence: SILENCE }, origins: servers.map(({ url }) => url) })
  const consoles = [await servers[0].facilitator(room.session), await servers[1].facilitator(room.session)] as const
  /** Whole milliseconds, each another. */
  let told = 3_600_000

  return {
    servers, gates, room, consoles,
    async tell(at) {
      const total = (told += 1)
      await until(() => consoles[at].act(undefined, { type: 'timer.start', total }).then(({ ok }) => ok, () => false), 'the clock to be started', PATIENCE)
      const began = performance.now()
      const took = async (line: Line) => {
        await until(() => JSON.stringify(line.view('facilitator')?.timer ?? {}).includes(String(total)), 'a console to show the clock', PATIENCE)
        return performance.now() - began
      }
      const [here, there] = await Promise.all([took(consoles[at]), took(consoles[at === 0 ? 1 : 0])])
      return { here, there }
    },
    said: (words) => servers.map(({ logged }) => logged.filter((line) => line.includes(words)).length) as [number, number],
    async check() {
      await room.quiet()
      await until(() => canonical(consoles[0].view('facilitator')) === canonical(consoles[1].view('facilitator')), 'both servers to show the same', PATIENCE)
      const { log } = await openPostgresLog({ url: database.url })
      try {
        const events = await log.read(room.session.id)
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
        return room.check({ sessions: new Map([[room.session.id, { events }]]) })
      } finally {
        await log.close()
      }
    },
    async close() {
      room.close()
      for (const server of servers) await server.close()
      for (const gate of gates) await gate.close()
      await database.drop().catch(() => undefined)
    },
  }
}
