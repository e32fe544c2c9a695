/**
 * This server's copy of a session: what the log says, folded. Batches are drafted on it and written through it; where other servers
 * write the session too, it follows them, and while they do it has the log to itself for each batch.
 */
import type { SessionState } from '#shared/session/model.ts'
import { Conflict, type Head, type Log, type Missed, type Own } from '../log/port.ts'
import type { Dice } from './dice.ts'
import { draft, followed, receiptFor, type Drafted, type Happened, type Waiting } from './draft.ts'
import { load, type Loaded } from './load.ts'
import { write } from './write.ts'

/** After this many conflicts in a row something else than a neighbour is wrong. */
const TRIES = 3
/** Another server that wrote so lately will write again, ms: waiting for its turn costs less than finding out too late that it was first. */
const NEIGHBOUR = 10_000

export interface CopyDeps {
  log: Log
  now: () => number
  dice: Dice
}

/** What a copy tells the room that it is of. */
export interface Told {
  /** It has followed another server, or has read the log anew: synchronously, while the state is exactly what is committed. */
  followed(happened: Happened, anew: boolean): void
  /** There is something to follow. */
  behind(): void
  /** The session was deleted. */
  gone(): void
}

type Written = Drafted & { head: Head }

/** The log was rewritten by another server: what is here is no ground to decide on. */
class Anew extends Error {}

/** A rule threw, `cause`: nothing that storage could mend. */
class Bug extends Error {}

export class Copy {
  readonly id: string
  #log: Log
  #now: () => number
  #dice: Dice
  #told: Told
  #state: SessionState
  #head: Head
  #receipts: Set<string>
  /** The state may hold what was never committed: nothing is decided or read before it has been rebuilt from the log. */
  #spoilt = false
  /** Another server may have written what is not here yet. */
  #behind = false
  /** Where the log has been brought, as was told since it was last read. */
  #heard: Head | undefined
  /** Until when others are expected to write, ms. */
  #shareUntil = 0

  constructor({ log, now, dice }: CopyDeps, { state, head, receipts }: Loaded, told: Told) {
    this.id = state.id
    this.#log = log
    this.#now = now
    this.#dice = dice
    this.#told = told
    this.#state = state
    this.#head = head
    this.#receipts = receipts
  }

  get state(): SessionState {
    return this.#state
  }
  /** Not to be decided on or read. */
  get spoilt(): boolean {
    return this.#spoilt
  }
  get behind(): boolean {
    return this.#behind
  }

  has(receipt: string): boolean {
    return this.#receipts.has(receipt)
  }

  /** Follows what other servers write, as the log announces it. Returns how to stop. */
  follow(): () => void {
    return this.#log.follow(this.id, (head) => {
      if (head === undefined) return this.#told.gone()
      if (!isBeyond(head, this.#head)) return
      this.#heard = head
      this.#behind = true
      this.#told.behind()
    })
  }

  /**
   * Decides a batch and writes what it made; undefined: storage refused it, and nothing of it happened as far as storage says.
   * Throws what a rule threw. `known`: receipts of what was answered lately. Resolves while the state is exactly what is committed.
   */
  async write(batch: readonly Waiting[], known: (receipt: string) => boolean, tries = TRIES): Promise<Drafted | undefined> {
    if (this.#spoilt) return undefined
    try {
      const written = this.#now() < this.#shareUntil ? await this.#alone(batch, known) : await this.#unasked(batch, known)
      this.#head = written.head
      for (const receipt of written.append.receipts) this.#receipts.add(receipt)
      this.#spoilt = false
      return written
    } catch (error) {
      if (error instanceof Bug) throw error.cause
      await this.rebuild()
      if (error instanceof Conflict && this.#log.shared) this.#shareUntil = this.#now() + NEIGHBOUR
      const beaten = error instanceof Conflict || error instanceof Anew
      return beaten && tries > 0 ? this.write(batch, known, tries - 1) : undefined
    }
  }

  /** With the log to itself, having followed what the others wrote. */
  #alone(batch: readonly Waiting[], known: (receipt: string) => boolean): Promise<Written> {
    const receipts = batch.flatMap(({ order }) => receiptFor(this.id, order) ?? [])
    return this.#log.alone(this.id, this.#head, receipts, async (missed, own) => {
      if (missed.anew) throw new Anew()
      this.#take(missed)
      return this.#commit(this.#draft(batch, known), own)
    })
  }

  /** In the hope that nobody else writes: the log says if somebody did. */
  async #unasked(batch: readonly Waiting[], known: (receipt: string) => boolean): Promise<Written> {
    const drafted = this.#draft(batch, known)
    // An append says by itself if the ground was another one. Where nothing is appended, what would be refused here, or has nothing
    // to change, may be what another server has just done, or has just given something to change.
    const decided = drafted.outcomes.filter((outcome) => outcome.decided === true)
    if (this.#log.shared && drafted.events.length === 0 && decided.length > 0) {
      // Events that were followed came without their receipts: an act that did its work elsewhere would be refused as done.
      const missed = await this.#log.missed(this.id, this.#head, decided.flatMap(({ receipt }) => receipt ?? []))
      if (missed === undefined || missed.anew || missed.events.length > 0 || missed.known.length > 0) throw new Conflict('Another server was first')
    }
    return this.#commit(drafted, this.#log)
  }

  #draft(batch: readonly Waiting[], known: (receipt: string) => boolean): Drafted {
    // From the first event until the commit the state is a draft: whatever throws in between has spoilt it.
    this.#spoilt = true
    try {
      const ground = { state: this.#state, head: this.#head, now: this.#now(), dice: this.#dice, receipts: this.#receipts.size }
      return draft(batch, { ...ground, known: (receipt) => known(receipt) || this.#receipts.has(receipt) })
    } catch (cause) {
      throw new Bug('A rule threw', { cause })
    }
  }

  async #commit(drafted: Drafted, log: Own): Promise<Written> {
    return { ...drafted, head: drafted.events.length > 0 ? await write(log, drafted.append, drafted.events) : this.#head }
  }

  /** Follows what other servers have written by now. False: storage did not tell, and the copy stays `behind`. */
  async catchUp(): Promise<boolean> {
    this.#behind = true
    this.#heard = undefined
    const missed = await this.#log.missed(this.id, this.#head).catch(() => 'refused' as const)
    if (missed === 'refused') return false
    if (missed === undefined) {
      this.#told.gone()
      return false
    }
    if (missed.anew) return this.rebuild()
    try {
      this.#take(missed)
      return true
    } catch {
      // Half of it is in the state: from the beginning it may go well, and else nothing is read here.
      return this.rebuild()
    }
  }

  #take({ head, events, known }: Extract<Missed, { anew: false }>): void {
    for (const receipt of known) this.#receipts.add(receipt)
    this.#behind = this.#heard !== undefined && isBeyond(this.#heard, head)
    // What was announced may have been this server's own.
    if (events.length === 0) return
    this.#shareUntil = this.#now() + NEIGHBOUR
    this.#spoilt = true
    const happened = followed(this.#state, events)
    this.#spoilt = false
    this.#head = head
    this.#told.followed(happened, false)
  }

  /** The draft is not what the log has: forget it. False: not even reading went well, and the copy stays spoilt. */
  async rebuild(): Promise<boolean> {
    this.#spoilt = true
    this.#heard = undefined
    const loaded = await load(this.#log, this.id).catch(() => undefined)
    if (loaded === undefined) return false
    // A number alone would not tell: a log that was sealed counts anew.
    const same = loaded.head.seq === this.#head.seq && loaded.head.edition === this.#head.edition && loaded.receipts.size === this.#receipts.size
    this.#state = loaded.state
    this.#head = loaded.head
    this.#receipts = loaded.receipts
    this.#spoilt = false
    this.#behind = this.#heard !== undefined && isBeyond(this.#heard, loaded.head)
    // Storage kept what it said it had refused, or a neighbour wrote: it has happened, and everybody hears of it. What they knew of
    // it already changes nothing.
    if (!same) this.#told.followed({ events: loaded.events, touched: 'all' }, true)
    return true
  }
}

/** Whether a log that is told to be at `heard` has something that one at `head` has not; of another edition nobody knows. */
function isBeyond(heard: Head, head: Head): boolean {
  return heard.edition !== head.edition || heard.seq > head.seq
}
