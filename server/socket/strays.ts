/**
 * Requests of a polling line that come to another server than the line began with: the proxy in front spreads what has to stay together, and
 * whoever's network blocks WebSockets does not get in. The server that gets such a request cannot tell the line from one that is long over; the
 * one that has it can, and says so.
 */
import { hashSecret } from '../access/keys.ts'
import type { Logger } from '../logger.ts'
import type { Peers } from '../room/peers.ts'

/** Other servers are told at most this often, ms: a guesser of lines must cost them nothing. */
const TELL = 2_000
/** Looking for a line among ten thousand takes milliseconds: not more often than this, ms. */
const LOOK = 2_000
/** A proxy that spreads requests parts a line in its first moments, ms. Later it is one whose servers have become others. */
const YOUNG = 10_000
/** A proxy gives a server that was away its share of lines back, and they are made anew at once: it has found it by then, ms after its start. */
const FOUND = 5_000
/** It is said again while it goes on, ms; and for so long after the last time it stands in /healthz. */
const SAY = 10 * 60_000
/** Engine.IO's number for a line that it does not have. */
const UNKNOWN_LINE = 1

/** What we use of Engine.IO. */
export interface Engine {
  on(event: 'connection_error', listener: (error: { code: number; context?: { sid?: string } }) => void): unknown
  on(event: 'connection', listener: (line: object) => void): unknown
  clients: Record<string, object>
}

export interface StraysDeps {
  engine: Engine
  peers: Peers
  logger: Logger
  now: () => number
}

/** Listens for as long as the engine and the peers live. `strayed`: whether it has happened to lines of this server lately. */
export function openStrays({ engine, peers, logger, now }: StraysDeps): { strayed(): boolean; close(): void } {
  let told = -Infinity
  let looked = -Infinity
  let said = -Infinity
  let last = -Infinity
  const start = now()
  const began = new WeakMap<object, number>()
  engine.on('connection', (line) => began.set(line, now()))
  engine.on('connection_error', ({ code, context }) => {
    if (code !== UNKNOWN_LINE || typeof context?.sid !== 'string' || now() - told < TELL) return
    told = now()
    // A line's id lets whoever has it speak on it.
    peers.tell({ type: 'strayed', line: hashSecret(context.sid), up: now() - start })
  })
  const close = peers.onTold((message) => {
    if (message.type !== 'strayed' || now() - looked < LOOK) return
    looked = now()
    const id = Object.keys(engine.clients).find((one) => hashSecret(one) === message.line)
    const line = id === undefined ? undefined : engine.clients[id]
    if (line === undefined) return
    const age = now() - (began.get(line) ?? now())
    if (age > YOUNG || age + FOUND > (message.up ?? Infinity)) return
    last = now()
    if (last - said < SAY) return
    said = last
    logger.warn({ event: 'line', outcome: 'strayed' }, 'the proxy brings requests of one polling line to several servers: whoever cannot use WebSockets does not get in; it has to go by line= (docs/operating.md)')
  })
  return { strayed: () => now() - last < SAY, close }
}
