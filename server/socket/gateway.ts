/** Socket.IO in and out: handshake, size, rate and shape. No rules: those are the room's. */
import { createHash } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import type { RefusalCode } from '#shared/refusals.ts'
import { decideActivity, decideSession } from '#shared/session/decide.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import { type Act, type Answer, type Bye, type Hello, PROTOCOL } from '#shared/wire/protocol.ts'
import { isOwnOrigin } from '../access/origin.ts'
import type { Limits } from '../access/limits.ts'
import { tagOf } from '../access/veil.ts'
import type { Log } from '../log/port.ts'
import type { Logger } from '../logger.ts'
import { channelOf, type SharedAudience } from '../room/audience.ts'
import type { Rooms, Running } from '../room/rooms.ts'
import { type Speaker, speakerOf } from './handshake.ts'
import { on } from './on.ts'
import { Presence } from './presence.ts'

/** A frame of a client; a larger one closes its connection. */
const FRAME_BYTES = 16 * 1024
const BEAT = 10_000
/** People coming and going are told of at most this often, ms. */
const HERE = 500
/** A bound on what one connection may leave undelivered before it is cut: it comes back to a whole view. */
const UNDELIVERED_BYTES = 1024 * 1024

export interface GatewayDeps {
  log: Log
  limits: Limits
  logger: Logger
  now: () => number
  publicUrl: string | undefined
  cookies: (header: string) => Record<string, string | undefined>
  /** How to come into a session, for those who show it. */
  joinOf: (session: string) => Promise<Hello['join']>
}

export interface Gateway {
  io: Server
  attach(rooms: Rooms): void
  /** Ends the open connections of these keys at once. */
  revoke(hashes: readonly string[]): void
  /** Ends every connection of a session, or of one person in it. */
  expel(session: string, reason: Bye, person?: string): void
  here(session: string): number
  close(): Promise<void>
}

export function openGateway(http: HttpServer, deps: GatewayDeps): Gateway {
  const io = new Server(http, {
    maxHttpBufferSize: FRAME_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    cookie: false,
    // Scripts and tests send no Origin; they are known by what they show, and browsers always send one across sites.
    allowRequest: (request, allow) => {
      const { origin, host } = request.headers
      allow(null, origin === undefined ? request.headers.cookie === undefined : isOwnOrigin(origin, host, deps.publicUrl))
    },
  })
  const presence = new Presence()
  const pendingHere = new Map<string, NodeJS.Timeout>()
  let rooms: Rooms | undefined

  io.use((socket, next) => {
    const cookies = deps.cookies(socket.request.headers.cookie ?? '')
    speakerOf(deps.log, socket.handshake.auth, cookies, deps.now()).then(
      (speaker) => {
        if (typeof speaker === 'string') return next(refusal(speaker))
        socket.data = { speaker }
        next()
      },
      () => next(refusal('busy')),
    )
  })

  io.on('connection', (socket) => {
    const speaker = (socket.data as { speaker: Speaker }).speaker
    const logger = deps.logger
    let left = false
    let running: Running | undefined
    let own: string | undefined
    const entering = enter()

    on(socket, 'act', logger, act, (_act, ack) => reply(ack, no('storage')))
    on(socket, 'view', logger, again, () => undefined)
    socket.on('disconnect', () => {
      left = true
      void entering.then(leave, leave)
    })

    async function enter(): Promise<void> {
      running = await rooms?.get(speaker.session)
      if (running === undefined) return bye('deleted')
      const join = speaker.door === 'phone' ? undefined : await deps.joinOf(speaker.session)
      await running.room.committed((state) => {
        if (left || running === undefined) return
        const person = speaker.door === 'phone' ? state.people[speaker.person] : undefined
        if (speaker.door === 'phone' && (person === undefined || person.removed === true)) return bye('removed')
        const hello: Hello = { protocol: PROTOCOL, session: speaker.session, now: deps.now() }
        socket.emit('hello', join === undefined ? hello : { ...hello, join })
        for (const audience of audiencesOf(speaker)) {
          socket.emit('view', running.audiences.join(audience))
          void socket.join(channelOf(speaker.session, audience))
        }
        if (speaker.door === 'phone') {
          const mine = running.audiences.joinOwn(speaker.person, speaker.veil)
          own = mine.channel
          socket.emit('view', mine.message)
          void socket.join(mine.channel)
          if (presence.enter(speaker.session, speaker.person)) announceHere(speaker.session)
        } else {
          socket.emit('here', presence.count(speaker.session))
        }
        entered = true
      })
    }
    let entered = false

    function leave(): void {
      if (!entered || running === undefined) return
      entered = false
      for (const audience of audiencesOf(speaker)) running.audiences.leave(audience)
      if (speaker.door !== 'phone' || own === undefined) return
      running.audiences.leaveOwn(own)
      if (presence.leave(speaker.session, speaker.person)) announceHere(speaker.session)
    }

    async function act(raw: unknown, ack: unknown): Promise<void> {
      const shaped = shapeOf(raw)
      if (shaped === undefined) return reply(ack, no('bad-shape'))
      if (speaker.door === 'screen') return reply(ack, no('not-permitted'))
      await entering
      if (running === undefined || !entered) return reply(ack, no('not-permitted'))
      if (!deps.limits.command(speakerKey(speaker), deps.now()).ok) return reply(ack, no('too-fast'))
      const answer = await running.room.submit({
        command: shaped.id,
        sender: speaker.door === 'console' ? 'facilitator' : 'participant',
        ...(speaker.door === 'phone' ? { person: speaker.person, tag: tagger(speaker) } : {}),
        decide: (state, context) => {
          const parsed = parseCommand(state, shaped.step, shaped.do)
          if ('refused' in parsed) return parsed
          return 'session' in parsed.value
            ? decideSession(state, parsed.value.session, context)
            : decideActivity(state, parsed.value.step, parsed.value.command, context)
        },
      })
      reply(ack, answer)
    }

    function tagger(phone: Extract<Speaker, { door: 'phone' }>): (scope: string) => string {
      const known = own === undefined ? undefined : running?.audiences.tagger(own)
      return known ?? ((scope) => tagOf(phone.veil, phone.session, scope))
    }

    async function again(audience: unknown): Promise<void> {
      await entering
      if (running === undefined || !entered) return
      const asked = audience === 'mine' && own !== undefined ? { own } : audiencesOf(speaker).find((mine) => mine === audience)
      const message = asked === undefined ? undefined : await running.room.committed(() => running?.audiences.again(asked))
      if (message !== undefined) socket.emit('view', message)
    }

    function bye(reason: Bye): void {
      socket.emit('bye', reason)
      socket.disconnect(true)
    }
  })

  function announceHere(session: string): void {
    if (pendingHere.has(session)) return
    const tell = () => {
      pendingHere.delete(session)
      io.to([channelOf(session, 'facilitator'), channelOf(session, 'screen')]).emit('here', presence.count(session))
    }
    pendingHere.set(session, setTimeout(tell, HERE))
  }

  const beat = setInterval(() => {
    const now = deps.now()
    for (const socket of io.sockets.sockets.values()) cutIfStuck(socket)
    for (const channel of io.sockets.adapter.rooms.keys()) {
      const [session, audience, more] = channel.split('/')
      if (session === undefined || audience === undefined || more !== undefined) continue
      void rooms?.get(session).then((running) => {
        const at = running?.audiences.version(audience as SharedAudience)
        if (at !== undefined) io.to(channel).emit('beat', { now, at: { [audience]: at } })
      })
    }
  }, BEAT)
  beat.unref()

  function expelWhere(right: (speaker: Speaker) => boolean, reason: Bye): void {
    for (const socket of io.sockets.sockets.values()) {
      const { speaker } = socket.data as { speaker?: Speaker }
      if (speaker === undefined || !right(speaker)) continue
      socket.emit('bye', reason)
      socket.disconnect(true)
    }
  }

  return {
    io,
    attach(running) {
      rooms = running
    },
    revoke: (hashes) => expelWhere((speaker) => hashes.includes(speaker.key), 'revoked'),
    expel: (session, reason, person) =>
      expelWhere((speaker) => speaker.session === session && (person === undefined || (speaker.door === 'phone' && speaker.person === person)), reason),
    here: (session) => presence.count(session),
    async close() {
      clearInterval(beat)
      for (const timer of pendingHere.values()) clearTimeout(timer)
      await io.close()
    },
  }
}

function audiencesOf(speaker: Speaker): SharedAudience[] {
  return [speaker.door === 'phone' ? 'everyone' : speaker.door === 'console' ? 'facilitator' : 'screen']
}

function speakerKey(speaker: Speaker): string {
  return createHash('sha256').update(`${speaker.key}${speaker.session}`).digest('base64url')
}

/** The envelope of an act, by hand: nothing of it is trusted before. */
function shapeOf(raw: unknown): Act | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const { id, step, do: command } = raw as Record<string, unknown>
  if (typeof id !== 'string' || !/^[\w-]{16,40}$/.test(id)) return undefined
  if (step !== undefined && (typeof step !== 'string' || !/^[a-z][a-z0-9-]{0,31}$/.test(step))) return undefined
  if (typeof command !== 'object' || command === null || typeof (command as { type?: unknown }).type !== 'string') return undefined
  return step === undefined ? { id, do: command as Act['do'] } : { id, step, do: command as Act['do'] }
}

function no(code: RefusalCode): Answer {
  return { ok: false, code }
}

function reply(ack: unknown, answer: Answer): void {
  if (typeof ack === 'function') (ack as (answer: Answer) => void)(answer)
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } })
}

/** A phone that does not read is let go before what waits for it grows; it comes back to a whole view. */
function cutIfStuck(socket: Socket): void {
  const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } }
  if ((transport.socket?.bufferedAmount ?? 0) > UNDELIVERED_BYTES) socket.conn.close()
}
