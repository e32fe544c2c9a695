/**
 * A phone of the product that costs next to nothing, for rooms of thousands: cheap packets (cheap-client.ts), the versions of what it
 * holds instead of views, an outbox in memory, and the waits of the real client before it comes back.
 */
import { nanoid } from 'nanoid'
import { Manager } from 'socket.io-client'
import { RETRYABLE } from '#shared/refusals.ts'
import { PROTOCOL, type Answer } from '#shared/wire/protocol.ts'
import { RECONNECT, SILENCE } from '../../client/live/reconnect.ts'
import { Client } from './cheap-client.ts'

/** Before a "not now" is asked again, ms. */
const PAUSE = 1_000
/** The head of a whole view or of a patch as the server writes it: a thousand phones need not parse what they only count. */
const HEAD = /^42\["(view|patch)",\{"audience":"(\w+)",(?:"from":(\d+),)?"at":(\d+),/u

export interface Ticket {
  token: string
  veil: string
}

interface Act {
  id: string
  step: string
  do: { type: string; text: string; kind: string }
}

/** The library's own. */
interface Backoff {
  /** The next wait, ms. */
  duration(): number
  reset(): void
}

export class Member {
  /** Texts that were answered with a yes. */
  readonly saved: string[] = []
  /** Versions held, by audience, of this line. */
  readonly held = new Map<string, number>()
  online = false
  /** When it was last in, with its views and nothing waiting; of `performance.now`. */
  settled = 0
  /** Refusals for good. */
  refused: string[] = []
  /** Patches that did not follow on what was held: asked for anew. */
  gaps = 0
  #origin: string
  #ticket: Ticket
  #client: Client | undefined
  #outbox: Act[] = []
  #sending = false
  #backoff: Backoff
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(origin: string, ticket: Ticket) {
    this.#origin = origin
    this.#ticket = ticket
    // Never opened: only its waits are wanted, which are the library's own.
    this.#backoff = (new Manager(origin, { autoConnect: false, ...RECONNECT }) as unknown as { backoff: Backoff }).backoff
    this.#connect()
  }

  get waiting(): number {
    return this.#outbox.length
  }

  get in(): boolean {
    return this.online && this.held.size >= 2
  }

  write(step: string, text: string): void {
    this.#outbox.push({ id: nanoid(), step, do: { type: 'write', text, kind: 'thought' } })
    this.#flush()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#client?.close()
  }

  #connect(): void {
    this.held.clear()
    const client = new Client(this.#origin, { v: PROTOCOL, door: 'phone', ...this.#ticket }, (packet) => this.#heard(packet), { lost: () => this.#lost(client) })
    this.#client = client
    client.ready.then(() => {
      this.online = true
      this.#backoff.reset()
      // The views may have come in the same packet.
      this.#settle()
      this.#flush()
    }, () => this.#lost(client))
  }

  #lost(client: Client): void {
    if (this.#client !== client || this.#closed) return
    this.online = false
    this.#sending = false
    this.#client = undefined
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#connect(), this.#backoff.duration())
  }

  #heard(packet: string): void {
    const [, event, audience = '', from, at] = HEAD.exec(packet) ?? []
    if (event === undefined) return
    if (event === 'patch' && this.held.get(audience) !== Number(from)) {
      this.gaps += 1
      return this.#client?.tell('view', audience)
    }
    this.held.set(audience, Number(at))
    if (event === 'view') this.#flush()
    this.#settle()
  }

  /** One act at a time, in order. */
  #flush(): void {
    const [act] = this.#outbox
    const client = this.#client
    if (act === undefined || client === undefined || this.#sending || !this.in) return
    this.#sending = true
    const silent = setTimeout(() => client.close(), SILENCE)
    client.ask('act', act, (raw) => {
      clearTimeout(silent)
      if (this.#client !== client) return
      this.#sending = false
      const answer = raw as Answer
      if (!answer.ok && RETRYABLE.includes(answer.code)) return void setTimeout(() => this.#flush(), PAUSE)
      this.#outbox.shift()
      if (answer.ok) this.saved.push(act.do.text)
      else this.refused.push(answer.code)
      this.#settle()
      this.#flush()
    })
  }

  #settle(): void {
    if (this.in && this.#outbox.length === 0) this.settled = performance.now()
  }
}
