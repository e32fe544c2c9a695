/**
 * The line to the server: the only file that knows Socket.IO. It sends acts until they are answered, holds the views that
 * arrive, and asks for a whole one whenever something was missed.
 */
import { nanoid } from 'nanoid'
import { io, type Socket } from 'socket.io-client'
import { behind, takePatch, takeView, type Held } from './inbox.ts'
import { hearEnds, hearEndsOfTries } from './opening.ts'
import { lineOf, RECONNECT, SILENCE } from './reconnect.ts'
import type { Audience } from '#shared/session/views/types.ts'
import type { Act, Answer, Bye, ClientEvents, Handshake, Hello, ServerEvents } from '#shared/wire/protocol.ts'

/** The server's heart beats every four seconds: a line that brings nothing while two beats are due only looks alive. ms. */
const DEAF = 10_000

export type LineState = 'connecting' | 'on' | 'off'

export class Connection {
  state = $state<LineState>('connecting')
  /** Device time since which there has been no line. */
  offSince = $state<number | undefined>(undefined)
  views = $state.raw<Partial<Record<Audience, Held>>>({})
  hello = $state.raw<Hello | undefined>(undefined)
  here = $state<number | undefined>(undefined)
  bye = $state<Bye | undefined>(undefined)
  /** Why the server did not let this client in, as its code says. */
  refused = $state<string | undefined>(undefined)
  /** Server time minus device time, ms. */
  offset = $state(0)
  #socket: Socket<ServerEvents, ClientEvents>
  #opened: () => void
  /** What a proxy in front of several servers may go by; all requests of one polling line have the same. */
  #query: { line: string }
  #session: string
  #chance = nanoid(8)
  /** Tries in vain since the last line. */
  #failed = 0
  /** Device time at which the server was last heard. */
  #heard = 0

  constructor(session: string, auth: Handshake, opened: () => void) {
    this.#opened = opened
    this.#session = session
    this.#query = { line: lineOf(session, 0, this.#chance) }
    this.#socket = io({
      auth,
      // WebSocket first: it may come to any server; polling where a network blocks it.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: SILENCE,
      ...RECONNECT,
      withCredentials: true,
      query: this.#query,
    })
    const socket = this.#socket
    hearEnds(socket)
    hearEndsOfTries(socket)
    socket.onAny(() => (this.#heard = Date.now()))
    socket.on('connect', () => {
      this.#heard = Date.now()
      this.#failed = 0
      this.state = 'on'
      this.offSince = undefined
      this.refused = undefined
      this.#opened()
    })
    socket.on('disconnect', () => this.#lost())
    socket.on('connect_error', (error) => {
      this.#failed += 1
      this.#lost()
      // A network that swallows WebSockets without a word leaves no time for the other way: the next try begins with that.
      if (error.message === 'timeout') socket.io.opts.transports?.reverse()
      const code = (error as { data?: { code?: string } }).data?.code
      if (code === undefined) return
      this.refused = code
      // A refusal is final for this handshake; asking again would only repeat it.
      if (code !== 'busy') socket.disconnect()
      else setTimeout(() => socket.connect(), 2_000)
    })
    socket.on('hello', (hello) => {
      this.hello = hello
      this.offset = hello.now - Date.now()
    })
    socket.on('view', (message) => {
      this.views = { ...this.views, [message.audience]: takeView(message) }
    })
    socket.on('patch', (message) => {
      const taken = takePatch(this.views[message.audience], message)
      if (taken === 'gap') socket.emit('view', message.audience)
      else if (taken !== 'old') this.views = { ...this.views, [message.audience]: taken.held }
    })
    socket.on('here', (count) => (this.here = count))
    socket.on('beat', (beat) => {
      this.offset = beat.now - Date.now()
      for (const [audience, at] of Object.entries(beat.at)) {
        if (behind(this.views[audience as Audience], at)) socket.emit('view', audience as Audience)
      }
    })
    socket.on('bye', (reason) => {
      this.bye = reason
      socket.disconnect()
    })
  }

  /** Sends once. Undefined: no answer came (no line, or a dead one), so nobody knows; send it again with the same id. */
  async send(act: Act): Promise<Answer | undefined> {
    const socket = this.#socket
    if (!socket.connected) return undefined
    try {
      return await socket.timeout(SILENCE).emitWithAck('act', act)
    } catch {
      if (socket.connected) this.renew()
      return undefined
    }
  }

  /** Makes a new line: a phone that slept holds one that only looks alive. `anyway`: also after a refusal. */
  renew(anyway = false): void {
    if (this.bye !== undefined) return
    if (!anyway && this.refused !== undefined && this.refused !== 'busy') return
    hearEnds(this.#socket.disconnect().connect())
  }

  /** Makes a new line if this one has gone silent: after a sleep, or where the network passes one direction only. */
  check(now: number): void {
    if (this.state === 'on' && now - this.#heard > DEAF) this.renew()
  }

  close(): void {
    this.#socket.disconnect()
  }

  #lost(): void {
    this.#query.line = lineOf(this.#session, this.#failed, this.#chance)
    this.state = 'off'
    this.offSince ??= Date.now()
  }
}
