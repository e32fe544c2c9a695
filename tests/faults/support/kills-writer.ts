/**
 * Somebody who writes through whatever happens, as cheap as can be: one act at a time, sent again with the same id until it is answered,
 * on a new line whenever the old one ends or is silent. What the outbox of a phone does, three hundred times on one core.
 */
import { nanoid } from 'nanoid'
import { RETRYABLE } from '#shared/refusals.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { Client } from '../../support/cheap-client.ts'

/** Back after a line has ended, ms: at once for a person, apart for three hundred. */
const BACK_MS = [20, 120] as const
/** After a "not now", ms. */
const AGAIN_MS = 150
/** A card of one's own, wherever it stands in what the server sends. */
const CARDS = /"cards":\{(?:"([\w-]{8,})":\{)/u

export interface Told {
  /** An answer came for this act; `at` as the clock of the wall has it, ms. */
  answered(act: unknown, answer: Answer, at: number): void
}

export interface WriterOptions {
  headers?: Record<string, string>
  /** An act that is not answered within this time is sent again on a new line, ms. */
  silence?: number
  told?: Told
}

interface Waiting {
  act: { id: string; step?: string; do: object }
  done: (answer: Answer) => void
  sent: boolean
}

export class Writer {
  /** A card of this person that the server showed them. */
  card: string | undefined
  /** Sent once more since no answer had come. */
  resent = 0
  /** Refused for now, and sent again. */
  refused = 0
  /** Whole views that came on the line that stands; 0: not in. */
  seen = 0
  /** When the views of this line came, by `performance.now`. */
  seenAt = 0
  #origin: string
  #auth: unknown
  #options: WriterOptions
  #client: Client | undefined
  #line = 0
  #in = false
  #queue: Waiting[] = []
  #closed = false
  #late: NodeJS.Timeout | undefined
  /** Gives this line up and makes a new one. */
  #over: () => void = () => undefined

  constructor(origin: string, auth: unknown, options: WriterOptions = {}) {
    this.#origin = origin
    this.#auth = auth
    this.#options = options
    this.#connect()
  }

  /** Resolves with the first answer that is final: a yes, or a no that asking again does not change. */
  act(step: string | undefined, command: object, id = nanoid()): Promise<Answer> {
    return new Promise((done) => {
      this.#queue.push({ act: step === undefined ? { id, do: command } : { id, step, do: command }, done, sent: false })
      if (this.#queue.length === 1) this.#send()
    })
  }

  /** Everything is answered. */
  get idle(): boolean {
    return this.#queue.length === 0
  }

  close(): void {
    this.#closed = true
    this.#line += 1
    clearTimeout(this.#late)
    this.#client?.close()
  }

  #connect(): void {
    if (this.#closed) return
    const line = (this.#line += 1)
    this.#in = false
    this.seen = 0
    const over = (this.#over = () => {
      if (line !== this.#line) return
      this.#line += 1
      this.#in = false
      clearTimeout(this.#late)
      client.close()
      const [least, most] = BACK_MS
      // Apart from one another without dice: each by its own place among the ids.
      setTimeout(() => this.#connect(), least + (this.resent * 37 + line * 13) % (most - least))
    })
    const { headers } = this.#options
    const client = new Client(this.#origin, this.#auth, (packet) => line === this.#line && this.#heard(packet), { lost: over, ...(headers === undefined ? {} : { headers }) })
    this.#client = client
    this.#watch()
    client.ready.then(() => {
      if (line !== this.#line) return
      this.#in = true
      this.#send()
    }, over)
  }

  #watch(): void {
    clearTimeout(this.#late)
    const { silence } = this.#options
    if (silence !== undefined) this.#late = setTimeout(() => (this.idle && this.#in ? undefined : this.#over()), silence)
  }

  #heard(packet: string): void {
    if (packet.startsWith('42["view",')) {
      this.seen += 1
      this.seenAt = performance.now()
      if (packet.startsWith('42["view",{"audience":"mine"')) this.card = CARDS.exec(packet)?.[1] ?? this.card
    } else if (packet.startsWith('42["patch",{"audience":"mine"')) {
      this.card ??= CARDS.exec(packet)?.[1]
    }
  }

  #send(): void {
    const [first] = this.#queue
    if (first === undefined || !this.#in) return
    if (first.sent) this.resent += 1
    first.sent = true
    const line = this.#line
    this.#watch()
    this.#client?.ask('act', first.act, (raw) => {
      if (line !== this.#line) return
      const answer = raw as Answer
      if (!answer.ok && RETRYABLE.includes(answer.code)) {
        this.refused += 1
        first.sent = false
        setTimeout(() => line === this.#line && this.#send(), AGAIN_MS)
        return
      }
      this.#queue.shift()
      this.#options.told?.answered(first.act, answer, Date.now() + 1)
      first.done(answer)
      this.#send()
    })
  }
}
