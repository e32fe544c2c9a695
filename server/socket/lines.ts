/** The lines that are open at this server, and what is done to all of some kind at once. */
import type { Server, Socket } from 'socket.io'
import { type Bye, type Hello, PROTOCOL } from '#shared/wire/protocol.ts'
import { channelOf, type SharedAudience } from '../room/audience.ts'
import type { Connections } from '../room/connections.ts'
import type { FanOut } from './fan-out.ts'
import type { Speaker } from './handshake.ts'
import type { Presence } from './presence.ts'

/** Those who show the room: they are told how to come in and how many are here. */
export const SHOWN: readonly SharedAudience[] = ['facilitator', 'screen']
/** Revoked keys that may still have had a handshake going on; older ones are found in the log to be gone. */
const REVOKED_KEPT = 1_000

export interface Lines extends Connections {
  /** True if the key was revoked while its holder was still on the way in. */
  wasRevoked(hash: string): boolean
  /** Ends the lines of a person without a goodbye: they come again at once, as whoever they are by then. */
  renew(session: string, person: string): void
  /** Ends the lines of consoles and screens whose key has ended by itself. */
  endExpired(now: number): void
  /** Hashes of the keys of consoles and screens. */
  keys(): Set<string>
}

export interface LinesDeps {
  io: Server
  fanOut: FanOut
  presence: Presence
  now: () => number
  joinOf: (session: string) => Promise<Hello['join']>
}

export function openLines({ io, fanOut, presence, now, joinOf }: LinesDeps): Lines {
  const revoked = new Set<string>()

  function* speakers(): Generator<{ socket: Socket; speaker: Speaker }> {
    for (const socket of io.sockets.sockets.values()) {
      const { speaker } = socket.data as { speaker?: Speaker }
      if (speaker !== undefined) yield { socket, speaker }
    }
  }

  function expelWhere(right: (speaker: Speaker) => boolean, reason: Bye): void {
    for (const { socket, speaker } of speakers()) if (right(speaker)) dismiss(socket, reason)
  }

  return {
    revoke(hashes) {
      for (const hash of hashes) revoked.add(hash)
      for (const oldest of revoked) {
        if (revoked.size <= REVOKED_KEPT) break
        revoked.delete(oldest)
      }
      expelWhere((speaker) => hashes.includes(speaker.key), 'revoked')
    },
    expel: (session, reason, person) =>
      expelWhere((speaker) => speaker.session === session && (person === undefined || (speaker.door === 'phone' && speaker.person === person)), reason),
    renew(session, person) {
      for (const { socket, speaker } of speakers()) if (speaker.door === 'phone' && speaker.session === session && speaker.person === person) socket.conn.close()
    },
    async renewed(session) {
      const join = await joinOf(session)
      if (join === undefined) return
      // A phone has come in: it needs no way in.
      for (const audience of SHOWN) fanOut.tell(channelOf(session, audience), 'hello', { protocol: PROTOCOL, session, now: now(), join })
    },
    lines() {
      const counts = new Map<string, { door: string; transport: string; count: number }>()
      for (const door of ['phone', 'console', 'screen']) for (const transport of ['websocket', 'polling']) counts.set(`${door} ${transport}`, { door, transport, count: 0 })
      for (const { socket, speaker } of speakers()) {
        const line = counts.get(`${speaker.door} ${socket.conn.transport.name}`)
        if (line !== undefined) line.count += 1
      }
      return { people: presence.all(), counts: [...counts.values()] }
    },
    here: (session) => presence.count(session),
    wasRevoked: (hash) => revoked.has(hash),
    endExpired: (at) => expelWhere((speaker) => speaker.door !== 'phone' && speaker.until !== undefined && speaker.until <= at, 'revoked'),
    keys: () => new Set([...speakers()].flatMap(({ speaker }) => (speaker.door === 'phone' ? [] : [speaker.key]))),
  }
}

function dismiss(socket: Socket, reason: Bye): void {
  socket.emit('bye', reason)
  socket.disconnect(true)
}
