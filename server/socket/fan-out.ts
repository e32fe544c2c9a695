/**
 * What goes to many lines at once: encoded and framed once, then one write into each line's own socket. Through Socket.IO's adapter,
 * client, engine and transport each delivery costs half as much again; the system's own share of it nobody can save but by
 * sending less often, so what one line is sent in one moment leaves in one write.
 */
import type { Socket as Raw } from 'node:net'
import type { ServerEvents, ViewMessage } from '#shared/wire/protocol.ts'
import { encode, type Packet } from './packet.ts'

/** Whole views that are kept ready to be sent, bytes, in all rooms together: who comes back comes with everybody else. */
const READY_BYTES = 8 * 1024 * 1024
/** What `ws` calls a WebSocket that takes messages. */
const OPEN = 1

/** What we use of a line below Socket.IO. Its transport changes when polling becomes a WebSocket; only a WebSocket has a socket of its own. */
export interface Conn {
  readonly readyState: string
  readonly writeBuffer: readonly unknown[]
  readonly transport: { readonly name?: string; readonly socket?: { readonly readyState?: number; readonly _socket?: Raw } }
  write(text: string, options: Packet['options']): unknown
}

type Message<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0]

export class FanOut {
  #channels = new Map<string, Set<Conn>>()
  /** How many channels of each session somebody is in. */
  #sessions = new Map<string, number>()
  /** Sockets that keep what they are given until this turn of the loop ends. */
  #held: Raw[] = []
  #ready = new Map<ViewMessage, Packet>()
  #readyBytes = 0

  join(channel: string, conn: Conn): void {
    const lines = this.#channels.get(channel)
    if (lines !== undefined) return void lines.add(conn)
    this.#channels.set(channel, new Set([conn]))
    const session = sessionOf(channel)
    this.#sessions.set(session, (this.#sessions.get(session) ?? 0) + 1)
  }

  leave(channel: string, conn: Conn): void {
    const lines = this.#channels.get(channel)
    if (lines?.delete(conn) !== true || lines.size > 0) return
    this.#channels.delete(channel)
    const session = sessionOf(channel)
    const left = (this.#sessions.get(session) ?? 1) - 1
    if (left === 0) this.#sessions.delete(session)
    else this.#sessions.set(session, left)
  }

  /** The sessions that somebody is in. */
  sessions(): Iterable<string> {
    return this.#sessions.keys()
  }

  /** Sends to every line of a channel; answers how many they are. */
  tell<E extends keyof ServerEvents>(channel: string, event: E, message: Message<E>): number {
    const lines = this.#channels.get(channel)
    if (lines === undefined) return 0
    const packet = encode(event, message)
    for (const conn of lines) deliver(conn, packet)
    return lines.size
  }

  send<E extends keyof ServerEvents>(conn: Conn, event: E, message: Message<E>): void {
    deliver(conn, encode(event, message))
  }

  /** Sends a whole view that others are sent as well: as long as the message is the same one, it is encoded once. */
  sendShared(conn: Conn, message: ViewMessage): void {
    let packet = this.#ready.get(message)
    if (packet === undefined) {
      packet = encode('view', message)
      this.#keep(message, packet)
    }
    deliver(conn, packet)
  }

  /** What the lines of a channel are sent from here until this turn of the loop ends leaves in one write each. */
  hold(channel: string): void {
    const lines = this.#channels.get(channel)
    if (lines !== undefined) for (const conn of lines) this.holdOne(conn)
  }

  holdOne(conn: Conn): void {
    const raw = free(conn)
    if (raw === undefined || raw.writableCorked > 0) return
    raw.cork()
    // After everything that is already due, answers to what was just committed included.
    if (this.#held.push(raw) === 1) process.nextTick(() => this.#release())
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    for (const raw of held) raw.uncork()
  }

  #keep(message: ViewMessage, packet: Packet): void {
    this.#ready.set(message, packet)
    this.#readyBytes += packet.frame.length
    for (const [oldest, { frame }] of this.#ready) {
      if (this.#readyBytes <= READY_BYTES) return
      this.#ready.delete(oldest)
      this.#readyBytes -= frame.length
    }
  }
}

/** Every channel's name begins with its session's. */
function sessionOf(channel: string): string {
  return channel.slice(0, channel.indexOf('/'))
}

function deliver(conn: Conn, packet: Packet): void {
  const raw = free(conn)
  if (raw === undefined) conn.write(packet.text, packet.options)
  else raw.write(packet.frame)
}

/**
 * The socket of a line that may be written to past Socket.IO: nothing that was sent before still waits above it, and the system has
 * taken all that was given to it. Else undefined: then Engine.IO keeps the order, and what waits is counted in its buffer, by which
 * who does not read is known (cut.ts).
 */
function free({ readyState, writeBuffer, transport }: Conn): Raw | undefined {
  if (readyState !== 'open' || writeBuffer.length > 0 || transport.name !== 'websocket') return undefined
  const { readyState: open, _socket: raw } = transport.socket ?? {}
  // Held together means empty when it began: see `holdOne`.
  return open === OPEN && raw !== undefined && (raw.writableLength === 0 || raw.writableCorked > 0) ? raw : undefined
}
