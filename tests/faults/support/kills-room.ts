/** A room of people who write without end, and what must be true of its log whatever happened to the server. */
import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import type { StoredEvent } from '../../../server/log/port.ts'
import { planWith } from '../../support/kinds.ts'
import { keyOf, type Hosted, type Reply, type Ticket, type Visit } from '../../support/visit.ts'
import { until } from '../../support/until.ts'
import { isWhole } from '../../support/folder-state.ts'
import { Writer, type WriterOptions } from './kills-writer.ts'

/** Joining side by side: so many at a time, as a browser would. */
const AT_A_TIME = 20
const PATIENCE = 90_000

const oneWall = planWith('answers', { anonymous: true, config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } })

export interface WordsRoom {
  session: Hosted
  /** What makes a line the same person's as the writer of the same number. */
  tickets: Ticket[]
  writers: Writer[]
  /** The last word of each that was answered with a yes, by number. */
  last: ReadonlyMap<number, string>
  console: Writer
  /** Words that were answered with a yes, in the order of the answers. */
  acknowledged: Set<string>
  /** Each writes so many more words, one after the other; resolves when all have their yes. */
  write(each?: number): Promise<void>
  /** Resolves when nobody waits for an answer. */
  quiet(): Promise<void>
  /** Asks the host's API again and again until it says yes (or that it is done already). */
  insist(method: string, path: string, body?: unknown): Promise<Reply>
  /**
   * Throws unless the log holds every acknowledged word, none of them twice; once it is sealed, the last word of everybody, and no other.
   * Returns how many words it holds. `promised`: what had its yes when storage was looked at, if more was answered since.
   */
  check(state: Sessions, promised?: Promised): number
  /** What has been answered with a yes by now. */
  promised(): Promised
  close(): void
}

export interface RoomOptions {
  people: number
  /** A word that no other room has. */
  mark: string
  writer?: WriterOptions
  /** Where their lines go, one after the other; else all to the server itself. */
  origins?: readonly string[]
}

export interface Promised {
  words: string[]
  /** The last of each person. */
  last: string[]
}

/** What storage holds. */
export type Sessions = { sessions: ReadonlyMap<string, { events: readonly StoredEvent[] }> }

/** Opens a session in which people may write anonymously, with all of them in. */
export async function openWordsRoom(server: Visit, { people, mark, writer = {}, origins = [server.url] }: RoomOptions): Promise<WordsRoom> {
  // A disk that says no for a moment (some tests make it) costs a half-made session and another try.
  const session = await insisting(() => server.openSession(oneWall))
  await insisting(() => server.move(session, 'start'))
  const tickets: Ticket[] = []
  for (let i = 0; i < people; i += AT_A_TIME) {
    tickets.push(...(await Promise.all(Array.from({ length: Math.min(AT_A_TIME, people - i) }, () => joinInsisting(server, session)))))
  }
  const writers = tickets.map((ticket, i) => new Writer(origins[i % origins.length] ?? server.url, server.phone(ticket), writer))
  const cookie = await insisting(() => server.cookieFor(session.links.facilitator))
  const console = new Writer(server.url, { v: PROTOCOL, door: 'console', session: session.id }, { ...writer, headers: { cookie, origin: server.url } })
  await until(() => writers.every(({ seen }) => seen >= 2) && console.seen >= 1, 'everybody to be in', PATIENCE)
  const acknowledged = new Set<string>()
  const last = new Map<number, string>()
  let words = 0

  async function writeOne(who: Writer, i: number): Promise<void> {
    const word = `${mark}w${i}n${words++};`
    // A card of one's own is written over: the log grows by each word, the wall does not.
    if (last.has(i)) await until(() => who.card !== undefined, 'one to see their own card', PATIENCE)
    const answer = await who.act('step', who.card === undefined ? { type: 'write', text: word } : { type: 'edit', id: who.card, text: word })
    if (!answer.ok) throw new Error(`"${word}" was refused: ${answer.code}`)
    acknowledged.add(word)
    last.set(i, word)
  }

  async function insist(method: string, path: string, body?: unknown): Promise<Reply> {
    return until(async () => {
      const reply = await server.host(method, path, body).catch(() => undefined)
      const done = reply !== undefined && (reply.status < 300 || reply.status === 404 || reply.body?.code === 'ended')
      if (reply !== undefined && !done && reply.status !== 503) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`)
      return done && reply
    }, `${method} ${path} to be done`, PATIENCE)
  }

  const promised = (): Promised => ({ words: [...acknowledged], last: [...last.values()] })

  return {
    session, tickets, writers, last, console, acknowledged, insist, promised,
    async write(each = 1) {
      await Promise.all(writers.map(async (who, i) => {
        for (let n = 0; n < each; n += 1) await writeOne(who, i)
      }))
    },
    quiet: () => until(() => [...writers, console].every(({ idle }) => idle), 'everything to be answered', PATIENCE).then(() => undefined),
    check(state, { words: told, last: lastOfAll } = promised()) {
      const held = state.sessions.get(session.id)
      if (held === undefined) throw new Error('The session is gone')
      const found = wordsOf(held.events.map(({ data }) => data).join('\n'), mark)
      const once = new Set(found)
      const sealed = held.events.some(({ data }) => data.includes('"type":"step.sealed"'))
      if (!sealed) expect(isWhole(held.events)).toBe(true)
      const expected = sealed ? lastOfAll : told
      expect({ doubled: found.length - once.size, lost: expected.filter((word) => !once.has(word)) }).toEqual({ doubled: 0, lost: [] })
      if (sealed) expect(once.size).toBe(expected.length)
      return once.size
    },
    close() {
      for (const who of [...writers, console]) who.close()
    },
  }
}

/** Every word of a room in a text, as often as it stands there. */
export function wordsOf(text: string, mark: string): string[] {
  return [...text.matchAll(new RegExp(`${mark}w\\d+n\\d+;`, 'gu'))].map(([word]) => word)
}

/** A device that joins, as often as it must until it is in; the same device is the same person. */
export async function joinInsisting(server: Visit, session: Hosted, device = randomBytes(32).toString('base64url')): Promise<Ticket> {
  return until(async () => {
    const reply = await server.nobody('POST', '/api/join', { token: keyOf(session.links.join), device }).catch(() => undefined)
    if (reply !== undefined && reply.status !== 201 && reply.status !== 503) throw new Error(`join: ${reply.status} ${reply.text}`)
    return reply?.status === 201 && (reply.body as Ticket)
  }, 'a device to join', PATIENCE)
}

function insisting<T>(ask: () => Promise<T>): Promise<T> {
  return until(() => ask().then((done) => [done] as const, (error: Error) => {
    if (!error.message.includes(': 503 ')) throw error
    return undefined
  }), 'the server to do it', PATIENCE).then(([done]) => done)
}
