/** What the log says of a session, folded. */
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import type { SessionState } from '#shared/session/model.ts'
import type { Log } from '../log/port.ts'

export interface Loaded {
  state: SessionState
  seq: number
  /** What happened, oldest first. */
  events: readonly SessionEvent[]
  receipts: Set<string>
}

/** Undefined if there is no such session. */
export async function load(log: Log, id: string): Promise<Loaded | undefined> {
  const [rows, receipts] = await Promise.all([log.read(id), log.receipts(id)])
  const events = rows.map(({ at, data }) => ({ at, event: JSON.parse(data) as SessionEvent }))
  const state = fold(id, events)
  return state === undefined ? undefined : { state, seq: rows.at(-1)?.seq ?? 0, events: events.map(({ event }) => event), receipts: new Set(receipts) }
}
