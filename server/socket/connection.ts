/** One socket of one speaker: lets it in, hears its acts, lets it go. */
import { createHash } from 'node:crypto'
import type { Socket } from 'socket.io'
import { refuse, type RefusalCode } from '#shared/refusals.ts'
import { decideActivity, decideSession } from '#shared/session/decide.ts'
import { whoIs } from '#shared/session/merge.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import { type Act, type Answer, type Bye, HEARD, type Hello, PROTOCOL } from '#shared/wire/protocol.ts'
import type { Limits } from '../access/limits.ts'
import { tagOf, type Veils } from '../access/veil.ts'
import { StorageRefused } from '../log/port.ts'
import { roomHash, type Logger } from '../logger.ts'
import type { Meters } from '../meters/meters.ts'
import { channelOf, type SharedAudience } from '../room/audience.ts'
import type { Rooms, Running } from '../room/rooms.ts'
import type { Conn, FanOut } from './fan-out.ts'
import type { Speaker } from './handshake.ts'
import { on } from './on.ts'

export interface ConnectionDeps {
  limits: Limits
  veils: Veils
  logger: Logger
  meters: Meters
  now: () => number
  rooms: () => Rooms | undefined
  fanOut: FanOut
  /** How to come into a session, for those who show it. */
  joinOf: (session: string) => Promise<Hello['join']>
  /** True if the key was revoked while its holder was still on the way in. */
  wasRevoked: (hash: string) => boolean
  /** Whether a key is still one, where another server may have revoked it out of this one's hearing. */
  holds?: (key: string) => Promise<boolean>
  entered: (session: string, person: string) => void
  left: (session: string, person: string) => void
  here: (session: string) => number
  /** Waits with a line at the door until its person has joined. Returns how to stop. */
  waits: (session: string, person: string, letIn: () => void) => () => void
}

/** Serves one line until it ends: lets it into its audience, takes its acts, answers them. The handshake has said who speaks. */
export function serve(socket: Socket, speaker: Speaker, deps: ConnectionDeps): void {
  const { logger, fanOut } = deps
  const conn = socket.conn as unknown as Conn
  const audience = audienceOf(speaker)
  const who = speakerKey(speaker)
  let left = false
  let entered = false
  let running: Running | undefined
  let own: string | undefined
  const admitted = () => speaker.door !== 'phone' || deps.veils.admit(speaker.person, speaker.veil)
  admitted()
  /** Acts keep their order while it is asked. */
  let holding: Promise<boolean | undefined> = Promise.resolve(true)
  let entering = letIn()
  /** How to leave the door, for who waits there. */
  let leaveDoor: (() => void) | undefined

  on(socket, 'act', logger, (raw, ack) => act(raw, timed(ack, deps.meters)), (_act, ack) => {
    deps.meters.bug()
    reply(ack, no('storage'))
  })
  on(socket, 'view', logger, again, () => undefined)
  on(socket, 'disconnect', logger, async () => {
    left = true
    // At once: the same line may come in again.
    fanOut.leave(channelOf(speaker.session, audience), conn)
    if (own !== undefined) fanOut.leave(own, conn)
    leaveDoor?.()
    await entering
    leave()
  }, () => undefined)

  function letIn(): Promise<void> {
    return enter().catch(() => {
      logger.warn({ event: 'enter', outcome: 'storage' }, 'a connection could not be let in')
      // Not a goodbye: the client comes back by itself and tries again.
      socket.conn.close()
    })
  }

  async function enter(): Promise<void> {
    running = await deps.rooms()?.get(speaker.session)
    if (running === undefined) return bye('deleted')
    const join = speaker.door === 'phone' ? undefined : await deps.joinOf(speaker.session)
    await running.room.committed((state) => {
      if (left || running === undefined) return
      if (deps.wasRevoked(speaker.key)) return bye('revoked')
      // A facilitator may have said that this is somebody who had come in before.
      if (speaker.door === 'phone') speaker.person = whoIs(state, speaker.person)
      const person = speaker.door === 'phone' ? state.people[speaker.person] : undefined
      if (speaker.door === 'phone' && person === undefined && Object.hasOwn(state.waiting, speaker.person)) return waitAtDoor(speaker, running)
      if (speaker.door === 'phone' && (person === undefined || person.removed === true)) return bye('removed')
      const hello: Hello = { protocol: PROTOCOL, session: speaker.session, now: deps.now() }
      fanOut.holdOne(conn)
      fanOut.send(conn, 'hello', join === undefined ? hello : { ...hello, join })
      fanOut.sendShared(conn, running.audiences.join(audience))
      fanOut.join(channelOf(speaker.session, audience), conn)
      if (speaker.door === 'phone') {
        const mine = running.audiences.joinOwn(speaker.person, speaker.veil)
        own = mine.channel
        fanOut.send(conn, 'view', mine.message)
        fanOut.join(own, conn)
        deps.entered(speaker.session, speaker.person)
      } else {
        fanOut.send(conn, 'here', deps.here(speaker.session))
      }
      entered = true
    })
  }

  /** Only their own small view, until their person has joined. */
  function waitAtDoor({ session, person }: Extract<Speaker, { door: 'phone' }>, { audiences }: Running): void {
    fanOut.holdOne(conn)
    fanOut.send(conn, 'hello', { protocol: PROTOCOL, session, now: deps.now() })
    const { channel, message } = audiences.joinDoor(person)
    own = channel
    fanOut.send(conn, 'view', message)
    fanOut.join(channel, conn)
    const stop = deps.waits(session, person, () => {
      leaveDoor?.()
      if (!left) entering = letIn()
    })
    leaveDoor = () => {
      leaveDoor = own = undefined
      stop()
      fanOut.leave(channel, conn)
      audiences.leaveOwn(channel)
    }
  }

  function leave(): void {
    if (!entered || running === undefined) return
    entered = false
    running.audiences.leave(audience)
    if (speaker.door !== 'phone' || own === undefined) return
    running.audiences.leaveOwn(own)
    deps.left(speaker.session, speaker.person)
  }

  async function act(raw: unknown, ack: unknown): Promise<void> {
    const shaped = shapeOf(raw)
    if (shaped === undefined) return reply(ack, no('bad-shape'))
    if (!HEARD.act.includes(speaker.door)) return reply(ack, no('not-permitted'))
    await entering
    if (running === undefined || !entered) return reply(ack, no('not-permitted'))
    if (!deps.limits.command(who, deps.now()).ok) return reply(ack, no('too-fast'))
    const { holds } = deps
    if (holds !== undefined && speaker.door === 'console') {
      holding = holding.then(() => holds(speaker.key)).catch(() => undefined)
      const held = await holding
      if (held !== true) reply(ack, no(held === undefined ? 'storage' : 'not-permitted'))
      if (held === false) bye('revoked')
      if (held !== true) return
    }
    let unsigned = true
    const tag = speaker.door === 'phone' ? tagger(speaker) : undefined
    const answer = await running.room.submit({
      command: shaped.id,
      sender: speaker.door === 'console' ? 'facilitator' : 'participant',
      ...(speaker.door === 'phone' ? { person: speaker.person } : {}),
      ...(tag === undefined ? {} : { tag: (scope: string) => ((unsigned = false), tag(scope)) }),
      decide: (state, context) => {
        const parsed = parseCommand(state, shaped.step, shaped.do)
        if ('refused' in parsed) return parsed
        const decision =
          'session' in parsed.value
            ? decideSession(state, parsed.value.session, context)
            : decideActivity(state, parsed.value.step, parsed.value.command, context)
        // One person answers once where nobody knows who answered, whatever secrets their phone comes with.
        return unsigned || admitted() ? decision : refuse('too-many')
      },
    })
    if (!answer.ok && answer.code === 'not-permitted') logger.warn({ event: 'act', outcome: answer.code, room: roomHash(speaker.session) }, 'an act was refused')
    reply(ack, answer)
  }

  function tagger(phone: Extract<Speaker, { door: 'phone' }>): (scope: string) => string {
    const known = own === undefined ? undefined : running?.audiences.tagger(own)
    return known ?? ((scope) => tagOf(phone.veil, phone.session, scope))
  }

  /** A whole view costs more than a patch: who asks for it all the time is not heard all the time, and asks again. */
  async function again(asked: unknown): Promise<void> {
    await entering
    if (running === undefined || (!entered && leaveDoor === undefined)) return
    if (!HEARD.view.includes(speaker.door)) return
    const which = own !== undefined && asked === (entered ? 'mine' : 'door') ? { own } : entered && asked === audience ? audience : undefined
    if (which === undefined || !deps.limits.command(`view ${who}`, deps.now()).ok) return
    // Where it cannot be read now, the next heartbeat has the page ask again.
    const message = await running.room.settled(() => running?.audiences.again(which)).catch(notRead)
    if (message === undefined || left) return
    if (message.audience === audience) fanOut.sendShared(conn, message)
    else fanOut.send(conn, 'view', message)
  }

  function bye(reason: Bye): void {
    socket.emit('bye', reason)
    socket.disconnect(true)
  }
}

function notRead(error: unknown): undefined {
  if (!(error instanceof StorageRefused)) throw error
}

function audienceOf(speaker: Speaker): SharedAudience {
  return speaker.door === 'phone' ? 'everyone' : speaker.door === 'console' ? 'facilitator' : 'screen'
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

/** The same, and tells how long it took. */
function timed(ack: unknown, meters: Meters): (answer: Answer) => void {
  const began = performance.now()
  return (answer) => {
    meters.acked(answer.ok ? 'ok' : answer.code, performance.now() - began)
    reply(ack, answer)
  }
}

function reply(ack: unknown, answer: Answer): void {
  if (typeof ack === 'function') (ack as (answer: Answer) => void)(answer)
}
