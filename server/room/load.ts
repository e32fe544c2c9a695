/** What the log says of a session, folded. */
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import type { SessionState } from '#shared/session/model.ts'
import type { Log } from '../log/port.ts'

export interface Loaded {
  state: SessionState
  seq: number
  receipts: Set<string>
}

/** Undefined if there is no such session. */
export async function load(log: Log, id: string): Promise<Loaded | undefined> {
  const [rows, receipts] = await Promise.all([log.read(id), log.receipts(id)])
  const state = fold(id, rows.map((row) => ({ event: JSON.parse(row.data) as SessionEvent, at: row.at })))
  return state === undefined ? undefined : { state, seq: rows.at(-1)?.seq ?? 0, receipts: new Set(receipts) }
}
