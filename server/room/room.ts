/**
 * The running server object of one session. Commands wait in one queue; a batch of them is decided and folded into a draft,
 * committed to the log in one durable append, and only then answered and announced. A failed commit rebuilds the room from the log.
 */
import { randomBytes } from 'node:crypto'
import { nanoid } from 'nanoid'
import { FACILITATORS, type Decision, type PersonId, type Sender, type Tag } from '#shared/activities/activity.ts'
import { refuse, type Refusal } from '#shared/refusals.ts'
import type { SessionContext } from '#shared/session/context.ts'
import { stepOf, type SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { sealing } from '#shared/session/flow.ts'
import type { SessionState } from '#shared/session/model.ts'
import { storedTime } from '#shared/session/time.ts'
import { touched } from '#shared/session/touched.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { receiptOf } from '../access/veil.ts'
import { Conflict, StorageRefused, type Head, type Log } from '../log/port.ts'
import { Answers } from './answers.ts'
import { load, type Loaded } from './load.ts'
import { Versions } from './versions.ts'
import { blankReceipts, write, type Draft } from './write.ts'

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

/** Where a room's chance comes from; tests bring dice that fall the same way twice. */
export interface Dice {
  /** Fresh randomness for one draw. */
  seed(): string
  /** A public id that nobody has. */
  id(): string
}

export const DICE: Dice = { seed: () => randomBytes(16).toString('hex'), id: () => nanoid(12) }

export interface RoomDeps {
  log: Log
  now: () => number
  dice: Dice
  /** Hears of what rules and listeners threw: it stops nobody's room, and somebody should know. */
  bug: (error: unknown) => void
}

type Outcome = { waiting: Waiting; receipt?: string; refusal?: Refusal }

export class Room {
  readonly id: string
  #log: Log
  #now: () => number
  #dice: Dice
  #state: SessionState
  #head: Head
  #receipts: Set<string>
  #versions: Versions
  #answers = new Answers()
  #queue: Waiting[] = []
  #readers: (() => void)[] = []
  #pumping: Promise<void> | undefined
  /** The state may hold what was never committed: nothing is decided or read before it has been rebuilt from the log. */
  #spoilt = false
  /** Let go: another room may run the session by now. */
  #closed = false
  #listeners = new Set<(commit: Commit) => void>()
  #bug: (error: unknown) => void

  private constructor({ log, now, dice, bug }: RoomDeps, loaded: Loaded) {
    this.id = loaded.state.id
    this.#log = log
    this.#now = now
    this.#dice = dice
    this.#bug = bug
    this.#state = loaded.state
    this.#head = loaded.head
    this.#receipts = loaded.receipts
    this.#versions = new Versions(now)
  }

  /** The room of a session as its log has it; undefined if there is none. */
  static async load(id: string, deps: RoomDeps): Promise<Room | undefined> {
    const loaded = await load(deps.log, id)
    return loaded === undefined ? undefined : new Room(deps, loaded)
  }

  /** Resolves with the durable answer. Never rejects. */
  submit(order: Order): Promise<Answer> {
    if (this.#closed) return Promise.resolve({ ok: false, code: 'storage' })
    const answered = new Promise<Answer>((answer) => this.#queue.push({ order, answer }))
    this.#pumping ??= this.#pump()
    return answered
  }

  /**
   * Reads what is committed, after the draft that is being written, and before the next: a room that is never idle keeps nobody
   * waiting. `read` must be synchronous. Rejects with what `read` throws, and when storage cannot say what is committed.
   */
  committed<T>(read: (state: SessionState) => T): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageRefused('The room was let go'))
    return new Promise<T>((resolve, reject) => {
      this.#readers.push(() => {
        try {
          if (this.#spoilt) throw new StorageRefused('The room could not be read')
          resolve(read(this.#state))
        } catch (error) {
          reject(error as Error)
        }
      })
      this.#pumping ??= this.#pump()
    })
  }

  /** Takes nothing more: who still has it in hand is told to try again, and then finds the room that runs by then. What it has begun it ends. */
  close(): void {
    this.#closed = true
  }

  /** Calls back after every commit, synchronously, while the state is exactly what is committed. Returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The state inside an `onCommit` callback. */
  get state(): SessionState {
    return this.#state
  }
  /** The version of what is seen now, for those outside. */
  get version(): number {
    return this.#versions.current()
  }

  async #pump(): Promise<void> {
    // Lets everything that has already arrived join the first batch, so that it shares one commit.
    await Promise.resolve()
    while (this.#queue.length + this.#readers.length > 0) {
      if (this.#spoilt) await this.#rebuild()
      for (const read of this.#readers.splice(0)) read()
      const batch = this.#queue.splice(0, BATCH)
      if (batch.length > 0) await this.#guarded(batch)
    }
    this.#pumping = undefined
  }

  /** A rule that throws is a bug; its command is refused, and nobody else's with it. */
  async #guarded(batch: Waiting[]): Promise<void> {
    try {
      await this.#run(batch, TRIES)
    } catch (error) {
      this.#bug(error)
      await this.#rebuild()
      const [only] = batch
      if (batch.length === 1) only?.answer({ ok: false, code: 'bad-shape' })
      else for (const one of batch) await this.#guarded([one])
    }
  }

  async #run(batch: Waiting[], tries: number): Promise<void> {
    if (this.#spoilt) return refuseAll(batch)
    const now = this.#now()
    const append: Draft = { session: this.id, expected: this.#head.seq, edition: this.#head.edition, events: [], receipts: [] }
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
    /** Receipts that have come in this batch. */
    const came = new Set<string>()
    const decide = (waiting: Waiting, receipt?: string): Outcome => {
      const decision = this.#decide(waiting.order, now)
      const outcome: Outcome = receipt === undefined ? { waiting } : { waiting, receipt }
      if ('refused' in decision) return { ...outcome, refusal: decision }
      for (const event of decision.events) {
        record(event)
        if (event.type === 'session.ended') ended = true
      }
      if (receipt !== undefined && decision.events.length > 0) append.receipts.push(receipt)
      return outcome
    }
    // From the first event until the commit the state is a draft: whatever throws in between has spoilt it.
    this.#spoilt = true
    const outcomes = batch.map((waiting): Outcome => {
      const receipt = waiting.order.command === undefined ? undefined : receiptOf(this.id, waiting.order.command)
      if (receipt === undefined) return decide(waiting)
      const again = this.#answers.of(receipt) !== undefined || this.#receipts.has(receipt) || came.has(receipt)
      came.add(receipt)
      return again ? { waiting, receipt } : decide(waiting, receipt)
    })
    const sealed = ended ? sealing(this.#state, this.#dice.seed()) : []
    for (const event of sealed) record(event)
    if (ended) append.receipts.push(...blankReceipts(this.id, this.#receipts.size + append.receipts.length, () => this.#dice.seed()))

    if (events.length > 0) {
      try {
        this.#head = await write(this.#log, append, events)
      } catch (error) {
        await this.#rebuild()
        if (error instanceof Conflict && tries > 0) return this.#run(batch, tries - 1)
        return refuseAll(batch)
      }
      this.#versions.next()
      for (const receipt of append.receipts) this.#receipts.add(receipt)
    }
    this.#spoilt = false
    const at = this.#versions.current()
    for (const { waiting, receipt, refusal } of outcomes) {
      const answer: Answer = refusal === undefined ? { ok: true, at } : answerOf(refusal)
      if (receipt !== undefined) this.#answers.keep(receipt, answer)
      waiting.answer((receipt === undefined ? undefined : this.#answers.of(receipt)) ?? answer)
    }
    if (events.length > 0) this.#tell({ events, touched: all ? 'all' : changed })
  }

  /** What is committed is committed: a listener that throws takes nothing back and stops no other. */
  #tell(commit: Commit): void {
    for (const listener of this.#listeners) {
      try {
        listener(commit)
      } catch (error) {
        this.#bug(error)
      }
    }
  }

  #decide(order: Order, now: number): Decision<SessionEvent> {
    const context: SessionContext = {
      sender: order.sender,
      ...(order.person === undefined ? {} : { person: order.person }),
      tag: order.tag ?? (() => FACILITATORS),
      now,
      seed: this.#dice.seed(),
      id: this.#dice.id(),
    }
    if (order.person !== undefined && this.#state.people[order.person]?.removed === true) return refuse('not-permitted')
    return order.decide(this.#state, context)
  }

  /** The draft is not what the log has: forget it. If even reading fails, the room takes nothing until it succeeds. */
  async #rebuild(): Promise<void> {
    this.#spoilt = true
    const loaded = await load(this.#log, this.id).catch(() => undefined)
    if (loaded === undefined) return
    // A number alone would not tell: a log that was sealed counts anew.
    const same = loaded.head.seq === this.#head.seq && loaded.head.edition === this.#head.edition && loaded.receipts.size === this.#receipts.size
    this.#state = loaded.state
    this.#head = loaded.head
    this.#receipts = loaded.receipts
    this.#spoilt = false
    if (same) return
    // Storage kept what it said it had refused, or a neighbour wrote: it has happened, and everybody hears of it. What they knew of
    // it already changes nothing.
    this.#versions.next()
    this.#tell({ events: loaded.events, touched: 'all' })
  }
}

function refuseAll(batch: readonly Waiting[]): void {
  for (const { answer } of batch) answer({ ok: false, code: 'storage' })
}

function answerOf(refusal: Refusal): Answer {
  return refusal.path === undefined ? { ok: false, code: refusal.refused } : { ok: false, code: refusal.refused, path: refusal.path }
}
