/**
 * The running server object of one session. Commands wait in one queue; a batch of them is decided and folded into a draft,
 * committed to the log in one durable append, and only then answered and announced. A failed commit rebuilds the room from the log.
 */
import type { Refusal } from '#shared/refusals.ts'
import type { SessionState } from '#shared/session/model.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { StorageRefused } from '../log/port.ts'
import { Answers, answerOf } from './answers.ts'
import { Copy, type CopyDeps } from './copy.ts'
import type { Drafted, Happened, Order, Waiting } from './draft.ts'
import { load, type Loaded } from './load.ts'
import { NO_PEERS, type Peers } from './peers.ts'
import { Versions } from './versions.ts'

export type { Order } from './draft.ts'

/** Commands decided together: enough for a room that taps at once, few enough to leave the loop free for others. */
const BATCH = 500
/** Storage that did not tell what other servers wrote is asked again after this, ms, whether or not anybody says it once more. */
const AGAIN = 1_000

export interface Commit extends Happened {
  /** False: another server wrote it, and does what follows from it. */
  own: boolean
}

export interface RoomDeps extends CopyDeps {
  /** Hears of what rules and listeners threw: it stops nobody's room, and somebody should know. */
  bug: (error: unknown) => void
  /** The other servers; by itself there are none. */
  peers?: Peers
}

export class Room {
  readonly id: string
  #copy: Copy
  #shared: boolean
  #peers: Peers
  #versions: Versions
  #answers = new Answers()
  #queue: Waiting[] = []
  #readers: { read: (current: boolean) => void; fresh: boolean }[] = []
  #pumping: Promise<void> | undefined
  #again: NodeJS.Timeout | undefined
  /** Let go: another room may run the session by now. */
  #closed = false
  #gone: () => void = () => undefined
  #unfollow: () => void
  #listeners = new Set<(commit: Commit) => void>()
  #bug: (error: unknown) => void

  private constructor({ bug, peers = NO_PEERS, ...deps }: RoomDeps, loaded: Loaded) {
    this.id = loaded.state.id
    this.#bug = bug
    this.#peers = peers
    this.#shared = deps.log.shared
    this.#versions = new Versions(deps.now)
    this.#copy = new Copy(deps, loaded, {
      followed: (happened, anew) => {
        this.#versions.next()
        this.#tell({ ...happened, own: anew })
      },
      behind: () => {
        if (!this.#closed) this.#pumping ??= this.#pump()
      },
      gone: () => void (this.#closed || this.#gone()),
    })
    this.#unfollow = this.#copy.follow()
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
   * waiting. What other servers have committed before the call is in it. `read` must be synchronous. Rejects with what `read` throws,
   * and when storage cannot say what is committed.
   */
  committed<T>(read: (state: SessionState) => T): Promise<T> {
    return this.#read(read, this.#shared)
  }

  /** As `committed`, of what is known here: what another server has just written may be missing. */
  settled<T>(read: (state: SessionState) => T): Promise<T> {
    return this.#read(read, false)
  }

  #read<T>(read: (state: SessionState) => T, fresh: boolean): Promise<T> {
    if (this.#closed) return Promise.reject(new StorageRefused('The room was let go'))
    return new Promise<T>((resolve, reject) => {
      // What was announced while storage was being asked came after the call: a room that others write in without a pause is read all the same.
      const guarded = (current: boolean) => {
        try {
          if (this.#copy.spoilt || (fresh && !current)) throw new StorageRefused('The room could not be read')
          resolve(read(this.#copy.state))
        } catch (error) {
          reject(error as Error)
        }
      }
      this.#readers.push({ read: guarded, fresh })
      this.#pumping ??= this.#pump()
    })
  }

  /** Takes nothing more: who still has it in hand is told to try again, and then finds the room that runs by then. What it has begun it ends. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#again)
    this.#unfollow()
  }

  /** Calls back after every commit, synchronously, while the state is exactly what is committed. Returns how to stop. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls back once another server has deleted the session. */
  onGone(gone: () => void): void {
    this.#gone = gone
  }

  /** Another server has refused the act of this receipt: a late copy of it is answered the same here. */
  refusedElsewhere(receipt: string, refusal: Refusal): void {
    if (!this.#copy.has(receipt)) this.#answers.keep(receipt, answerOf(refusal))
  }

  /** The state inside an `onCommit` callback. */
  get state(): SessionState {
    return this.#copy.state
  }
  /** The version of what is seen now, for those outside. */
  get version(): number {
    return this.#versions.current()
  }

  async #pump(): Promise<void> {
    // Lets everything that has already arrived join the first batch, so that it shares one commit.
    await Promise.resolve()
    clearTimeout(this.#again)
    let inVain = false
    while (this.#queue.length + this.#readers.length > 0 || (this.#copy.behind && !inVain)) {
      const readers = this.#readers.splice(0)
      let current = true
      if (this.#copy.spoilt) current = await this.#copy.rebuild()
      else if (this.#copy.behind || readers.some(({ fresh }) => fresh)) current = await this.#copy.catchUp()
      inVain = !current
      for (const { read } of readers) read(current)
      const batch = this.#queue.splice(0, BATCH)
      if (batch.length > 0) await this.#guarded(batch)
    }
    this.#pumping = undefined
    if (this.#copy.behind && !this.#closed) this.#again = setTimeout(() => (this.#pumping ??= this.#pump()), AGAIN).unref()
  }

  /** A rule that throws is a bug; its command is refused, and nobody else's with it. */
  async #guarded(batch: Waiting[]): Promise<void> {
    try {
      const drafted = await this.#copy.write(batch, (receipt) => this.#answers.of(receipt) !== undefined)
      if (drafted === undefined) for (const { answer } of batch) answer({ ok: false, code: 'storage' })
      else this.#answer(drafted)
    } catch (error) {
      this.#bug(error)
      await this.#copy.rebuild()
      const [only] = batch
      if (batch.length === 1) only?.answer({ ok: false, code: 'bad-shape' })
      else for (const one of batch) await this.#guarded([one])
    }
  }

  #answer({ outcomes, events, touched }: Drafted): void {
    if (events.length > 0) this.#versions.next()
    const at = this.#versions.current()
    for (const { waiting, receipt, refusal, decided } of outcomes) {
      const answer: Answer = refusal === undefined ? { ok: true, at } : answerOf(refusal)
      if (receipt === undefined) {
        waiting.answer(answer)
        continue
      }
      if (decided === true) this.#answers.decided(receipt, answer)
      else this.#answers.keep(receipt, answer)
      if (refusal !== undefined) this.#peers.tell({ type: 'refused', session: this.id, receipt, refusal })
      waiting.answer(this.#answers.of(receipt) ?? answer)
    }
    if (events.length > 0) this.#tell({ events, touched, own: true })
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
}
