/** The network between a page and its server, to be cut at will. What is sent counts at the server at most once for an id, as in the real one. */
import type { Act, Answer } from '#shared/wire/protocol.ts'

type Heard = (message?: unknown) => void

export class FakeLine {
  connected = false
  /** Every time that an act went out. */
  sent: Act[] = []
  /** What has happened at the server, in order, each act once. */
  effects: Act[] = []
  /** Other things that the page sent. */
  asked: unknown[][] = []
  /** Called for each act that goes out; "lost": it never arrives; "unheard": it arrives, its answer is lost. */
  fate: (act: Act) => 'answered' | 'lost' | 'unheard' = () => 'answered'
  answer: (act: Act) => Answer = () => ({ ok: true, at: 1 })
  /** A line that cannot be made. */
  cut = false
  /** The engine below it, which tells of nothing here. */
  readonly io = { engine: { once: () => undefined }, on: () => undefined, opts: {} }
  #heard = new Map<string, Heard[]>()

  on(event: string, heard: Heard): this {
    this.#heard.set(event, [...(this.#heard.get(event) ?? []), heard])
    return this
  }
  onAny(): this {
    return this
  }
  emit(...message: unknown[]): this {
    this.asked.push(message)
    return this
  }
  connect(): this {
    if (this.cut || this.connected) return this
    this.connected = true
    this.say('connect')
    return this
  }
  disconnect(): this {
    if (!this.connected) return this
    this.connected = false
    this.say('disconnect')
    return this
  }
  /** What the server sends. */
  say(event: string, message?: unknown): void {
    for (const heard of this.#heard.get(event) ?? []) heard(message)
  }
  timeout() {
    return {
      emitWithAck: async (_event: string, act: Act): Promise<Answer> => {
        const sent = JSON.parse(JSON.stringify(act)) as Act
        this.sent.push(sent)
        const fate = this.fate(sent)
        if (fate === 'lost') throw new Error('operation has timed out')
        const answer = this.effects.some(({ id }) => id === sent.id) ? { ok: true as const, at: 1 } : this.answer(sent)
        if (answer.ok && !this.effects.some(({ id }) => id === sent.id)) this.effects.push(sent)
        await Promise.resolve()
        if (fate === 'unheard') throw new Error('operation has timed out')
        return answer
      },
    }
  }
}

/** The line that a page gets which is opened now: test files share what stands in for Socket.IO. */
export const wire = { line: new FakeLine() }
