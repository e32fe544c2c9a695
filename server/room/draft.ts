/** A batch of commands decided one after the other, each on what the ones before it made of the state: a draft, until it is written. */
import { FACILITATORS, type Decision, type PersonId, type Sender, type Tag } from '#shared/activities/activity.ts'
import { refuse, type Refusal } from '#shared/refusals.ts'
import type { SessionContext } from '#shared/session/context.ts'
import { stepOf, type SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { isHere } from '#shared/session/groups/people.ts'
import { sealing } from '#shared/session/flow.ts'
import { whoIs } from '#shared/session/merge.ts'
import type { SessionState } from '#shared/session/model.ts'
import { storedJson } from '#shared/session/stored.ts'
import { storedTime } from '#shared/session/time.ts'
import { touched } from '#shared/session/touched.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { receiptOf } from '../access/veil.ts'
import type { Head, StoredEvent } from '../log/port.ts'
import type { Dice } from './dice.ts'
import { blankReceipts, type Draft } from './write.ts'

export interface Order {
  /** The sender's id for this command; the same id never counts twice. Absent: the server's own. */
  command?: string
  sender: Sender
  person?: PersonId
  tag?: (scope: string) => Tag
  decide(state: SessionState, context: SessionContext): Decision<SessionEvent>
}

export interface Waiting {
  order: Order
  answer(answer: Answer): void
}

export interface Outcome {
  waiting: Waiting
  receipt?: string
  refusal?: Refusal
  /** It was decided here, and not known from before. */
  decided?: true
}

/** What has happened, and who sees something else by it. */
export interface Happened {
  events: readonly SessionEvent[]
  /** Whose own views changed: person ids and tags, or everybody's. */
  touched: ReadonlySet<string> | 'all'
}

export interface Drafted extends Happened {
  append: Draft
  outcomes: readonly Outcome[]
}

/** Where a draft begins. */
export interface Ground {
  state: SessionState
  head: Head
  now: number
  dice: Dice
  /** Whether a receipt's act has been answered, or done. */
  known(receipt: string): boolean
  /** Receipts that the log has. */
  receipts: number
}

/** The receipt of a command, if it is somebody's. */
export function receiptFor(session: string, { command }: Order): string | undefined {
  return command === undefined ? undefined : receiptOf(session, command)
}

/** Decides a batch and folds it into `state`, which is spoilt if this throws. */
export function draft(batch: readonly Waiting[], { state, head, now, dice, known, receipts }: Ground): Drafted {
  const append: Draft = { session: state.id, expected: head.seq, edition: head.edition, events: [], receipts: [] }
  const { events, touched: whom, record } = recorder(state)
  let ended = false
  const note = (event: SessionEvent) => {
    const at = storedTime(state, event, now)
    const step = stepOf(event)
    append.events.push({ at, data: storedJson(state, event), ...(step === undefined ? {} : { step }) })
    record(event, at)
  }
  /** Receipts that have come in this batch. */
  const came = new Set<string>()
  const outcomes = batch.map((waiting): Outcome => {
    const receipt = receiptFor(state.id, waiting.order)
    const outcome: Outcome = receipt === undefined ? { waiting } : { waiting, receipt }
    if (receipt !== undefined) {
      const again = known(receipt) || came.has(receipt)
      came.add(receipt)
      if (again) return outcome
    }
    const decision = decide(waiting.order, state, now, dice)
    if ('refused' in decision) return { ...outcome, decided: true, refusal: decision }
    for (const event of decision.events) {
      note(event)
      if (event.type === 'session.ended') ended = true
    }
    if (receipt !== undefined && decision.events.length > 0) append.receipts.push(receipt)
    return { ...outcome, decided: true }
  })
  for (const event of ended ? sealing(state, dice.seed()) : []) note(event)
  if (ended) append.receipts.push(...blankReceipts(state.id, receipts + append.receipts.length, () => dice.seed()))
  return { append, outcomes, events, touched: whom() }
}

/** Folds in what another server has written. The state is spoilt if this throws. */
export function followed(state: SessionState, stored: readonly StoredEvent[]): Happened {
  const { events, touched: whom, record } = recorder(state)
  for (const { at, data } of stored) record(JSON.parse(data) as SessionEvent, at)
  return { events, touched: whom() }
}

function recorder(state: SessionState): { events: SessionEvent[]; record(event: SessionEvent, at: number): void; touched(): Happened['touched'] } {
  const events: SessionEvent[] = []
  const changed = new Set<string>()
  let all = false
  return {
    events,
    record(event, at) {
      evolve(state, event, at)
      events.push(event)
      // An event of a newer version is nothing to this one, and still somebody's news: whatever it was, all are looked at.
      const whom = (touched(state, event) as ReturnType<typeof touched> | undefined) ?? 'all'
      if (whom === 'all') all = true
      else for (const author of whom) changed.add(author)
    },
    touched: () => (all ? 'all' : changed),
  }
}

function decide(order: Order, state: SessionState, now: number, dice: Dice): Decision<SessionEvent> {
  const person = order.person === undefined ? undefined : whoIs(state, order.person)
  const context: SessionContext = {
    sender: order.sender,
    ...(person === undefined ? {} : { person }),
    tag: order.tag ?? (() => FACILITATORS),
    now,
    seed: dice.seed(),
    id: dice.id(),
  }
  // Who was removed, and who is still at the door.
  if (person !== undefined && !isHere(state, person)) return refuse('not-permitted')
  return order.decide(state, context)
}
