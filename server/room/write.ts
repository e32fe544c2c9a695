/** How a room's commit is written: appended, or, where it stands for what was before, in its place. */
import { withoutPeople } from '#shared/session/erased.ts'
import { replacedBy, type SessionEvent } from '#shared/session/events.ts'
import { receiptOf } from '../access/veil.ts'
import type { Append, Head, Own } from '../log/port.ts'

/** The receipts of an ended session are filled up to a multiple of this. */
const RECEIPTS = 256

export type Draft = Append & { edition: number; events: { at: number; step?: string; data: string }[]; receipts: string[] }

/**
 * Writes a draft durably; resolves with where the log stands then. `events` are the draft's, parsed. Where some stand for all of their step
 * before them, nothing of it is kept besides, from the log or from this batch. Rejects as the log does.
 */
export async function write(log: Own, draft: Draft, events: readonly SessionEvent[]): Promise<Head> {
  const last = new Map<string, number>()
  events.forEach((event, i) => {
    const step = replacedBy(event)
    if (step !== undefined) last.set(step, i)
  })
  const erased = events.filter((event) => event.type === 'person.erased').map(({ person }) => person)
  const sealsDoor = events.some(({ type }) => type === 'door.sealed')
  if (last.size + erased.length === 0) {
    await log.append(draft)
    return { seq: draft.expected + draft.events.length, edition: draft.edition }
  }
  const rows = erased.length > 0 || sealsDoor ? await log.read(draft.session) : []
  const strangers = sealsDoor ? neverIn([...rows, ...draft.events]) : []
  draft.events = draft.events.filter(({ step }, i) => step === undefined || i >= (last.get(step) ?? 0))
  if (erased.length + strangers.length === 0) return log.rewrite({ ...draft, dropSteps: [...last.keys()] })
  const people = new Set(erased)
  const told = ({ data }: { data: string }) => withoutPeople(JSON.parse(data) as SessionEvent, people)
  for (const event of draft.events) event.data = JSON.stringify(told(event) ?? JSON.parse(event.data))
  const replace = rows.flatMap((row) => (told(row) === undefined ? [] : [{ seq: row.seq, data: JSON.stringify(told(row)) }]))
  return log.rewrite({ ...draft, dropSteps: [...last.keys()], replace, dropPeople: [...erased, ...strangers] })
}

/** Who knocked and was never let in: with the session their devices' keys end too. */
function neverIn(rows: readonly { data: string }[]): string[] {
  const strangers = new Set<string>()
  for (const { data } of rows) {
    if (!data.includes('"person.')) continue
    const event = JSON.parse(data) as SessionEvent
    if (event.type === 'person.knocked') strangers.add(event.person)
    if (event.type === 'person.joined') strangers.delete(event.person)
  }
  return [...strangers]
}

/** Receipts of nothing: beside the events that stay, the number of true ones would tell how many anonymous acts there were. */
export function blankReceipts(session: string, there: number, seed: () => string): string[] {
  return Array.from({ length: RECEIPTS - (there % RECEIPTS) }, () => receiptOf(session, seed()))
}
