/** A client over a real socket: what it was sent, kept as the product's own clients keep it, and every frame besides. */
import { nanoid } from 'nanoid'
import { io, type Socket } from 'socket.io-client'
import { RETRYABLE } from '#shared/refusals.ts'
import type { Audience, Views } from '#shared/session/views/types.ts'
import type { Act, Answer, Bye, Hello, PatchMessage, ViewMessage } from '#shared/wire/protocol.ts'
import { behind, takePatch, takeView, type Held } from '../../client/live/inbox.ts'
import { schemas, strayIn, strayInEvent, strayInView, type Schema } from './closed/schemas.ts'
import { PATIENCE_MS, until } from './until.ts'

/** What a test fills the buffers of a line with; the product sends no such event. */
export const NOISE = 'noise'

/** By then a server that was killed is back, on a busy machine too, ms. */
const INSISTS = 30_000

export interface LineOptions {
  auth: unknown
  headers?: Record<string, string>
  transports?: ('websocket' | 'polling')[]
  /** Comes back by itself, as a browser does. */
  reconnects?: boolean
  /** Called before a message is taken; true loses it, as if it had never come. */
  loses?: (event: string, message: unknown) => boolean
}

export type Command = { type: string; [field: string]: unknown }

export class Line {
  readonly socket: Socket
  readonly byes: Bye[] = []
  /** Every packet as it came, for tests that look for what must not be there. */
  readonly frames: string[] = []
  hello: Hello | undefined
  here: number | undefined
  /** Why the server did not let this client in. */
  refused: string | undefined
  /** Why the line ended last. */
  lost: string | undefined
  /** How often a whole view came. */
  wholes = 0
  #held: Partial<Record<Audience, Held>> = {}
  #comesBack: boolean

  constructor(url: string, { auth, headers = {}, transports = ['websocket'], reconnects = false, loses = () => false }: LineOptions) {
    const socket = io(url, {
      auth: auth as object, extraHeaders: headers, transports, forceNew: true,
      reconnection: reconnects, reconnectionDelay: 30, reconnectionDelayMax: 150,
    })
    this.socket = socket
    this.#comesBack = reconnects
    socket.on('disconnect', (reason) => (this.lost = reason))
    socket.on('connect', () => (this.refused = this.lost = undefined))
    socket.io.on('open', () => socket.io.engine.on('packet', ({ data }) => this.frames.push(String(data))))
    socket.on('connect_error', (error) => {
      this.refused = (error as { data?: { code?: string } }).data?.code ?? 'no-line'
      if (this.refused === 'busy' && reconnects) setTimeout(() => socket.connect(), 30)
    })
    const listen = <M>(event: string, take: (message: M) => void) =>
      socket.on(event, (message: unknown) => {
        closed(strayInEvent(event, message), event)
        if (!loses(event, message)) take(message as M)
      })
    socket.onAny((event: string) => closed(event in schemas.events || event === NOISE ? undefined : 'no event of the protocol', event))
    listen('hello', (hello: Hello) => (this.hello = hello))
    listen('here', (count: number) => (this.here = count))
    listen('bye', (reason: Bye) => this.byes.push(reason))
    listen('view', (message: ViewMessage) => {
      this.wholes += 1
      this.#hold(message.audience, takeView(message))
    })
    listen('patch', (message: PatchMessage) => {
      const taken = takePatch(this.#held[message.audience], message)
      if (taken === 'gap') socket.emit('view', message.audience)
      else if (taken !== 'old') this.#hold(message.audience, taken.held)
    })
    listen('beat', ({ at }: { at: Partial<Record<Audience, number>> }) => {
      for (const [audience, head] of Object.entries(at)) if (behind(this.#held[audience as Audience], head)) socket.emit('view', audience)
    })
  }

  #hold(audience: Audience, held: Held): void {
    closed(strayInView(audience, held.view), audience)
    this.#held[audience] = held
  }

  held(audience: Audience): Held | undefined {
    return this.#held[audience]
  }

  view<A extends Audience>(audience: A): Views[A] | undefined {
    return this.#held[audience]?.view as Views[A] | undefined
  }

  /** Resolves when the whole views of this connection have come. */
  async ready(...audiences: Audience[]): Promise<this> {
    await until(() => {
      const why = this.byes[0] ?? this.refused ?? this.lost
      if (why !== undefined && !this.socket.connected && !this.#comesBack) throw new Error(`Not let in: ${why}`)
      return audiences.every((audience) => this.#held[audience] !== undefined)
    }, `the views of ${audiences.join(' and ')}`)
    return this
  }

  /** Sends once; rejects if no answer came. */
  async send(act: unknown, patience = PATIENCE_MS): Promise<Answer> {
    const answer = (await this.socket.timeout(patience).emitWithAck('act', act)) as Answer
    closed(strayIn(schemas.events.answer as Schema, answer), 'answer')
    return answer
  }

  act(step: string | undefined, command: Command, id = nanoid()): Promise<Answer> {
    return this.send(step === undefined ? { id, do: command } : ({ id, step, do: command } satisfies Act))
  }

  /** The same, for a test that needs it done. */
  async done(step: string | undefined, command: Command, id = nanoid()): Promise<number> {
    const answer = await this.act(step, command, id)
    if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.code} ${answer.path ?? ''}`)
    return answer.at
  }

  /** Sends until it is answered for good, with one id, as an outbox does. */
  insist(step: string | undefined, command: Command): Promise<Answer> {
    const id = nanoid()
    return until(async () => {
      if (!this.socket.connected) return undefined
      const answer = await this.act(step, command, id).catch(() => undefined)
      return answer !== undefined && (answer.ok || !RETRYABLE.includes(answer.code)) ? answer : undefined
    }, `an answer to ${command.type}`, INSISTS)
  }

  /** A new connection of the same client, which forgets what it held, as a reload does. */
  async again(...audiences: Audience[]): Promise<void> {
    this.socket.disconnect()
    this.#held = {}
    this.lost = undefined
    this.socket.connect()
    await this.ready(...audiences)
  }

  close(): void {
    this.socket.disconnect()
  }
}

/** F28: whatever is sent over any line in any test is what the types of its audience name, and nothing besides. */
function closed(stray: string | undefined, what: string): void {
  if (stray !== undefined) throw new Error(`F28 a stray in ${what}: ${stray}`)
}
