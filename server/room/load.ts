/** What the log says of a session, folded. */
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import type { SessionState } from '#shared/session/model.ts'
import type { Head, Log } from '../log/port.ts'

export interface Loaded {
  state: SessionState
  head: Head
  /** What happened, oldest first. */
  events: readonly SessionEvent[]
  receipts: Set<string>
}

/** Undefined if there is no such session. */
export async function load(log: Log, id: string): Promise<Loaded | undefined> {
  const whole = await log.whole(id)
  if (whole === undefined) return undefined
  const events = whole.events.map(({ at, data }) => ({ at, event: JSON.parse(data) as SessionEvent }))
  const state = fold(id, events)
  return state && { state, head: whole.head, events: events.map(({ event }) => event), receipts: new Set(whole.receipts) }
}
