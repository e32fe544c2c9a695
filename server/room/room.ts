/**
 * The running server object of one session. Commands wait in one queue; a batch of them is decided and folded into a draft,
 * committed to the log in one durable append, and only then answered and announced. A failed commit rebuilds the room from the log.
 */
import { randomBytes } from 'node:crypto'
import { nanoid } from 'nanoid'
import { FACILITATORS, type Decision, type PersonId, type Sender, type Tag } from '#shared/activities/activity.ts'
import { refuse, type Refusal } from '#shared/refusals.ts'
import type { SessionContext } from '#shared/session/decide.ts'
import { stepOf, type SessionEvent } from '#shared/session/events.ts'
import { evolve, fold } from '#shared/session/evolve.ts'
import { sealing } from '#shared/session/flow.ts'
import type { SessionState } from '#shared/session/model.ts'
import { storedTime } from '#shared/session/time.ts'
import { touched } from '#shared/session/touched.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { receiptOf } from '../access/veil.ts'
import { Conflict, type Append, type Log } from '../log/port.ts'

/** Commands decided together: enough for a room that taps at once, few enough to leave the loop free for others. */
const BATCH = 500
/** After this many conflicts in a row something else than a neighbour is wrong. */
const TRIES = 3

export interface Order {
  /** The sender's id for this command; the same id never counts twice. Absent: the server's own. */
  command?: string
  sender: Sender
  person?: PersonId
  tag?: (scope: string) => Tag
  decide(state: SessionState, context: SessionContext): Decision<SessionEvent>
}

export interface Commit {
  events: readonly SessionEvent[]
  /** Whose own views changed: person ids and tags, or everybody's. */
  touched: ReadonlySet<string> | 'all'
}

interface Waiting {
  order: Order
  answer(answer: Answer): void
}

type Outcome = { waiting: Waiting; refusal?: Refusal }

export class Room {
  readonly id: string
  #log: Log
  #now: () => number
  #state: SessionState
  #seq: number
  #receipts: Set<string>
  #queue: Waiting[] = []
  #pumping: Promise<void> | undefined
  #listeners = new Set<(commit: Commit) => void>()

  private constructor(log: Log, now: () => number, loaded: Loaded) {
    this.id = loaded.state.id
    this.#log = log
    this.#now = now
    this.#state = loaded.state
    this.#seq = loaded.seq
    this.#receipts = loaded.receipts
  }

  /** The room of a session as its log has it; undefined if there is none. */
  static async load(log: Log, id: string, now: () => number): Promise<Room | undefined> {
    const loaded = await load(log, id)
    return loaded === undefined ? undefined : new Room(log, now, loaded)
  }

  /** Resolves with the durable answer. Never rejects. */
  submit(order: Order): Promise<Answer> {
    const answered = new Promise<Answer>((answer) => this.#queue.push({ order, answer }))
    this.#pumping ??= this.#pump()
    return answered
  }

  /** Reads what is committed, waiting for a draft that is being written. `read` must be synchronous. */
  async committed<T>(read: (state: SessionState, seq: number) => T): Promise<T> {
    while (this.#pumping !== undefined) await this.#pumping
    return read(this.#state, this.#seq)
  }

  /** Calls back after every commit, synchronously, while the state is exactly what is committed. Returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The state and version inside an `onCommit` callback. */
  get state(): SessionState {
    return this.#state
  }
  get seq(): number {
    return this.#seq
  }

  async #pump(): Promise<void> {
    // Lets everything that has already arrived join the first batch, so that it shares one commit.
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#run(this.#queue.splice(0, BATCH), TRIES)
    this.#pumping = undefined
  }

  async #run(batch: Waiting[], tries: number): Promise<void> {
    const now = this.#now()
    const append: Append & { events: { at: number; step?: string; data: string }[]; receipts: string[] } = { session: this.id, expected: this.#seq, events: [], receipts: [] }
    const events: SessionEvent[] = []
    const changed = new Set<string>()
    let all = false
    let ended = false
    const record = (event: SessionEvent) => {
      const at = storedTime(this.#state, event, now)
      const step = stepOf(event)
      append.events.push({ at, data: JSON.stringify(event), ...(step === undefined ? {} : { step }) })
      evolve(this.#state, event, at)
      events.push(event)
      const whom = touched(this.#state, event)
      if (whom === 'all') all = true
      else for (const author of whom) changed.add(author)
    }
    const outcomes = batch.map((waiting): Outcome => {
      const receipt = waiting.order.command === undefined ? undefined : receiptOf(this.id, waiting.order.command)
      if (receipt !== undefined && (this.#receipts.has(receipt) || append.receipts.includes(receipt))) return { waiting }
      const decision = this.#decide(waiting.order, now)
      if ('refused' in decision) return { waiting, refusal: decision }
      for (const event of decision.events) {
        record(event)
        if (event.type === 'session.ended') ended = true
      }
      if (receipt !== undefined && decision.events.length > 0) append.receipts.push(receipt)
      return { waiting }
    })
    const sealed = ended ? sealing(this.#state, randomBytes(16).toString('hex')) : []
    for (const event of sealed) record(event)

    if (events.length > 0) {
      try {
        await this.#write(append, sealed)
      } catch (error) {
        await this.#rebuild()
        if (error instanceof Conflict && tries > 0) return this.#run(batch, tries - 1)
        for (const { waiting } of outcomes) waiting.answer({ ok: false, code: 'storage' })
        return
      }
      this.#seq += events.length
      for (const receipt of append.receipts) this.#receipts.add(receipt)
    }
    for (const { waiting, refusal } of outcomes) waiting.answer(refusal === undefined ? { ok: true, at: this.#seq } : answerOf(refusal))
    if (events.length > 0) for (const listener of this.#listeners) listener({ events, touched: all ? 'all' : changed })
  }

  #decide(order: Order, now: number): Decision<SessionEvent> {
    const context: SessionContext = {
      sender: order.sender,
      ...(order.person === undefined ? {} : { person: order.person }),
      tag: order.tag ?? (() => FACILITATORS),
      now,
      seed: randomBytes(16).toString('hex'),
      id: nanoid(12),
    }
    if (order.person !== undefined && this.#state.people[order.person]?.removed === true) return refuse('not-permitted')
    return order.decide(this.#state, context)
  }

  #write(append: Append, sealed: readonly SessionEvent[]): Promise<void> {
    const dropSteps = sealed.flatMap((event) => (event.type === 'step.sealed' ? [event.step] : []))
    return dropSteps.length === 0 ? this.#log.append(append) : this.#log.rewrite({ ...append, dropSteps })
  }

  /** The draft is not what the log has: forget it. If even reading fails, the old draft stays and the next commit tries again. */
  async #rebuild(): Promise<void> {
    const loaded = await load(this.#log, this.id).catch(() => undefined)
    if (loaded === undefined) return
    this.#state = loaded.state
    this.#seq = loaded.seq
    this.#receipts = loaded.receipts
  }
}

interface Loaded {
  state: SessionState
  seq: number
  receipts: Set<string>
}

async function load(log: Log, id: string): Promise<Loaded | undefined> {
  const [rows, receipts] = await Promise.all([log.read(id), log.receipts(id)])
  const state = fold(id, rows.map((row) => ({ event: JSON.parse(row.data) as SessionEvent, at: row.at })))
  return state === undefined ? undefined : { state, seq: rows.at(-1)?.seq ?? 0, receipts: new Set(receipts) }
}

function answerOf(refusal: Refusal): Answer {
  return refusal.path === undefined ? { ok: false, code: refusal.refused } : { ok: false, code: refusal.refused, path: refusal.path }
}
