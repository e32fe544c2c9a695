/** Socket.IO in and out: handshake, size, rate and shape. No rules: those are the room's. */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { type ClientEvents, FRAME_BYTES, type Hello, type ServerEvents } from '#shared/wire/protocol.ts'
import { isOwnOrigin } from '../access/origin.ts'
import type { Limits } from '../access/limits.ts'
import { addressBehind, networkOf } from '../access/network.ts'
import { openVeils } from '../access/veil.ts'
import type { Log } from '../log/port.ts'
import type { Logger } from '../logger.ts'
import { NO_METERS, type Meters } from '../meters/meters.ts'
import { channelOf, type Announce, type Head } from '../room/audience.ts'
import type { Connections } from '../room/connections.ts'
import { NO_PEERS, type Peers } from '../room/peers.ts'
import type { Rooms } from '../room/rooms.ts'
import { AtDoor } from './at-door.ts'
import { serve, type ConnectionDeps } from './connection.ts'
import { allLines, cutIfStuck } from './cut.ts'
import { FanOut } from './fan-out.ts'
import { type Speaker, speakerOf } from './handshake.ts'
import { openHeart } from './heart.ts'
import { openLines, SHOWN } from './lines.ts'
import { openNeighbours } from './neighbours.ts'
import { Presence } from './presence.ts'
import { openStrays, type Engine } from './strays.ts'

/** Whoever missed the last thing that happened knows it after this, ms: with a whole view to follow, within five seconds. */
const BEAT = 4_000
/** Between two looks for lines that nobody reads, ms. */
const STUCK = 1_000
/** People coming and going are told of at most this often, ms. */
const HERE = 500
/** Whoever reads has heard the goodbye by then, ms; a frozen phone must not keep a server from closing. */
const GOODBYE = 1_000
/** Only events of the protocol are sent and heard. */
type Line = Server<ClientEvents, ServerEvents>

export interface GatewayDeps {
  log: Log
  limits: Limits
  logger: Logger
  now: () => number
  publicUrl: string | undefined
  cookies: (header: string) => Record<string, string | undefined>
  /** The other servers; by itself there are none. */
  peers?: Peers
  /** How to come into a session, for those who show it. */
  joinOf: (session: string) => Promise<Hello['join']>
  /** Between two heartbeats, ms; four seconds unless a test has no time for them. */
  beat?: number
  /** How many proxies stand in front; none unless it is said. */
  trustProxy?: number
  meters?: Meters
}

export interface Gateway extends Connections {
  io: Line
  attach(rooms: Rooms): void
  /** How rooms tell their audiences. */
  announce: Announce
  /** Whether a proxy has lately brought requests of one polling line to several servers. */
  strayed(): boolean
  close(): Promise<void>
}

/** Opens the socket server on an HTTP server. It serves nobody before `attach` has given it the rooms. */
export function openGateway(http: HttpServer, deps: GatewayDeps): Gateway {
  const io: Line = new Server(http, {
    // A larger frame closes its connection.
    maxHttpBufferSize: FRAME_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    cookie: false,
    allowRequest: (request, allow) => {
      const { origin, host } = request.headers
      const own = origin === undefined ? mayLackOrigin(request) : isOwnOrigin(origin, host, deps.publicUrl)
      if (!own) deps.logger.warn({ event: 'handshake', outcome: 'foreign-origin', from: from(request) }, 'a line was refused')
      allow(null, own)
    },
  })
  const meters = deps.meters ?? NO_METERS
  const from = (request: IncomingMessage | null) => networkOf(addressBehind(request?.socket.remoteAddress ?? '', [request?.headers['x-forwarded-for']].flat().join(','), deps.trustProxy ?? 0))
  const fanOut = new FanOut()
  const presence = new Presence()
  const atDoor = new AtDoor()
  const veils = openVeils((person, hash) => neighbours.admitted(person, hash))
  /** Sessions whose people here have changed since the other servers were told. */
  const movedHere = new Set<string>()
  const pendingHere = new Map<string, NodeJS.Timeout>()
  const local = openLines({ io, fanOut, presence, now: deps.now, joinOf: deps.joinOf })
  let rooms: Rooms | undefined

  io.use((socket, next) => {
    // A phone that has left comes in again over the same line: its request is gone, its token comes anew.
    const request = socket.request as IncomingMessage | null
    const cookies = deps.cookies(request?.headers.cookie ?? '')
    speakerOf(deps.log, socket.handshake.auth, cookies, deps.now()).then(
      (speaker) => {
        if (typeof speaker === 'string') {
          deps.logger.warn({ event: 'handshake', outcome: speaker, from: from(request) }, 'a line was refused')
          return next(refusal(speaker))
        }
        socket.data = { speaker }
        if (speaker.door === 'phone') forgetRequest(socket)
        next()
      },
      () => next(refusal('busy')),
    )
  })

  // One for all: a line keeps what it is served with.
  const served: ConnectionDeps = {
    limits: deps.limits,
    veils,
    logger: deps.logger,
    meters,
    now: deps.now,
    joinOf: deps.joinOf,
    rooms: () => rooms,
    fanOut,
    wasRevoked: local.wasRevoked,
    ...(deps.log.shared ? { holds: async (key: string) => (await deps.log.key(key, deps.now())) !== undefined } : {}),
    entered: (session, person) => presence.enter(session, person) && counted(session),
    left: (session, person) => presence.leave(session, person) && counted(session),
    here: (session) => presence.count(session),
    waits: (session, person, letIn) => atDoor.wait(session, person, letIn),
  }
  io.on('connection', (socket) => serve(socket, (socket.data as { speaker: Speaker }).speaker, served))

  function counted(session: string): void {
    movedHere.add(session)
    announceHere(session)
  }

  function announceHere(session: string): void {
    if (pendingHere.has(session)) return
    const tell = () => {
      pendingHere.delete(session)
      if (movedHere.delete(session)) neighbours.counted(session)
      for (const audience of SHOWN) fanOut.tell(channelOf(session, audience), 'here', presence.count(session))
    }
    pendingHere.set(session, setTimeout(tell, HERE))
  }

  function tellHeads(heads: readonly Head[]): void {
    const now = deps.now()
    for (const { channel, at } of heads) fanOut.tell(channel, 'beat', { now, at })
  }

  const stopHeart = openHeart(deps.beat ?? BEAT, (turn) => {
    if (turn === 0) local.endExpired(deps.now())
    // Where a room cannot be read now, its people hear the next beat.
    for (const session of fanOut.sessions()) rooms?.get(session).then((running) => tellHeads(running?.audiences.heads(turn) ?? []), () => undefined)
  })
  // Apart from the beat: between two of them a busy room says more than may wait for a phone that does not read.
  const stuck = setInterval(() => io.sockets.sockets.forEach((socket) => cutIfStuck(socket) && meters.cut()), STUCK)
  stuck.unref()

  const neighbours = openNeighbours({
    peers: deps.peers ?? NO_PEERS,
    log: deps.log,
    now: deps.now,
    presence,
    veils,
    local,
    changed: announceHere,
    keysHere: local.keys,
  })

  const strays = openStrays({ engine: io.engine as unknown as Engine, peers: deps.peers ?? NO_PEERS, logger: deps.logger, now: deps.now })

  return {
    io,
    ...local,
    strayed: strays.strayed,
    revoke: neighbours.revoke,
    expel: neighbours.expel,
    renewed: neighbours.renewed,
    announce(channel, { patch }, then = []) {
      // The room's news, one's own, and the answer to what one has done leave together.
      then.forEach((own) => fanOut.hold(own))
      if (patch.audience === 'mine') fanOut.hold(channel)
      meters.patched(fanOut.tell(channel, 'patch', patch))
    },
    attach(running) {
      rooms = running
      rooms.onOver((people) => veils.forget(people))
      // What the log tells, every server hears by itself.
      rooms.onRemoved((session, person) => local.expel(session, 'removed', person))
      rooms.onMerged((session, person) => local.renew(session, person))
      rooms.onJoined((session, person) => atDoor.joined(session, person))
      rooms.onDeleted((session) => local.expel(session, 'deleted'))
    },
    async close() {
      stopHeart()
      clearInterval(stuck)
      neighbours.close()
      strays.close()
      for (const timer of pendingHere.values()) clearTimeout(timer)
      const late = setTimeout(allLines(io), GOODBYE)
      await io.close()
      clearTimeout(late)
    },
  }
}

/** A browser's headers and a phone's secrets would stay in memory for as long as its line does. */
function forgetRequest(socket: Socket): void {
  Object.assign(socket.conn, { request: null })
  Object.assign(socket, { handshake: { auth: {}, headers: {}, query: {} } })
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } })
}

/**
 * Browsers name their origin with every WebSocket and every POST, and with a GET that goes elsewhere; with a GET to their own site
 * they don't. So a cookie without an Origin is good for the GETs of polling, where WebSockets are blocked, and for nothing else:
 * what such a GET brings no other site's page can read, and our cookies don't travel with one.
 */
function mayLackOrigin(request: IncomingMessage): boolean {
  return request.headers.cookie === undefined || (request.method === 'GET' && request.headers.upgrade === undefined)
}
