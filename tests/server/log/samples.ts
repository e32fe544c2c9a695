/** What tests put into a log. */
import type { Append, KeyRow, Log, SessionRow } from '../../../server/log/port.ts'

/** A store of its own, empty; `reopen` closes the log and opens the same store again. */
export interface Opened {
  log: Log
  reopen(): Promise<Log>
  close(): Promise<void>
}

export const NOW = 1_800_000_000_000

export function aSession(id: string, more: Partial<SessionRow> = {}): SessionRow {
  const code = String(10_000_000 + [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 89_999_999)
  return { id, code, joinToken: `token-${id}`, title: `Title ${id}`, phase: 'open', createdAt: NOW, ...more }
}

export function anAppend(session: string, expected: number, words: string[], more: Partial<Append> = {}): Append {
  return { session, expected, events: words.map((data) => ({ at: NOW, data })), receipts: [], ...more }
}

export function aKey(hash: string, more: Partial<KeyRow> = {}): KeyRow {
  return { hash, role: 'facilitator', session: 'a', handle: `h-${hash}`, createdAt: NOW, ...more }
}
