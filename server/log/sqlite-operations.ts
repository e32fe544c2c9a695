/** What the log's port asks, as synchronous SQL. Transactions are the caller's (sqlite-batch.ts). */
import type { DatabaseSync } from 'node:sqlite'
import { Conflict, Gone } from './port.ts'
import type { Append, KeyRole, KeyRow, Log, Rewrite, SessionRow, StoredEvent } from './port.ts'

type Sync<F> = F extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never

/** The port without promises; `deleteSession` is also told the time, since the thread reads no clock. */
export type Operations = { [K in Exclude<keyof Log, 'close' | 'deleteSession'>]: Sync<Log[K]> } & {
  deleteSession(id: string, now: number): void
}

/** How long a code stays spent after its session ended or was deleted. */
const CODE_REST_MS = 90 * 24 * 60 * 60 * 1000

const SESSION = `SELECT id, code, join_token AS joinToken, title, phase, created_at AS createdAt, ended_at AS endedAt FROM sessions`
const KEY = `SELECT hash, role, session, person, name, parent, handle, created_at AS createdAt, expires_at AS expiresAt FROM keys`

export function operations(db: DatabaseSync): Operations {
  const head = db.prepare('SELECT max(seq) AS seq FROM events WHERE session = ?')
  const addEvent = db.prepare('INSERT INTO events (session, seq, at, step, data) VALUES (?, ?, ?, ?, ?)')
  const addReceipt = db.prepare('INSERT INTO receipts (session, hash) VALUES (?, ?)')
  const dropStep = db.prepare('DELETE FROM events WHERE session = ? AND step = ? AND seq <= ?')
  const readEvents = db.prepare('SELECT seq, at, step, data FROM events WHERE session = ? AND seq > ? ORDER BY seq')
  const readReceipts = db.prepare('SELECT hash FROM receipts WHERE session = ? ORDER BY hash')

  const addSession = db.prepare(
    'INSERT INTO sessions (id, code, join_token, title, phase, created_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const allSessions = db.prepare(`${SESSION} ORDER BY created_at DESC, id`)
  const bySessionId = db.prepare(`${SESSION} WHERE id = ?`)
  const byCode = db.prepare(`${SESSION} WHERE code = ? AND phase <> 'ended'`)
  const byJoinToken = db.prepare(`${SESSION} WHERE join_token = ?`)
  const codeInUse = db.prepare(
    `SELECT 1 FROM sessions WHERE code = ? AND (phase <> 'ended' OR ended_at IS NULL OR ended_at > ?)
     UNION ALL SELECT 1 FROM spent_codes WHERE code = CAST(? AS INTEGER) AND spent_at > ?`,
  )
  const changeSession = db.prepare(
    `UPDATE sessions SET title = coalesce(?, title), phase = coalesce(?, phase), ended_at = coalesce(?, ended_at),
     join_token = coalesce(?, join_token) WHERE id = ?`,
  )
  const spendCode = db.prepare(
    `INSERT OR REPLACE INTO spent_codes (code, spent_at)
     SELECT CAST(code AS INTEGER), coalesce(ended_at, ?) FROM sessions WHERE id = ?`,
  )
  const forgetCodes = db.prepare('DELETE FROM spent_codes WHERE spent_at <= ?')
  const dropSession = db.prepare('DELETE FROM sessions WHERE id = ?')

  const addKey = db.prepare(
    `INSERT INTO keys (hash, role, session, person, name, parent, handle, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const byHash = db.prepare(`${KEY} WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)`)
  const byRole = db.prepare(`${KEY} WHERE session = ? AND role = ? ORDER BY created_at, hash`)
  const family = db.prepare(
    `WITH RECURSIVE family (hash) AS (
       SELECT hash FROM keys WHERE session = ? AND handle = ?
       UNION SELECT keys.hash FROM keys JOIN family ON keys.parent = family.hash
     ) SELECT hash FROM family`,
  )
  const dropKey = db.prepare('DELETE FROM keys WHERE hash = ?')

  const readSetting = db.prepare('SELECT value FROM settings WHERE name = ?')
  const writeSetting = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
  const alive = db.prepare('SELECT count(*) FROM settings')

  function append({ session, expected, events, receipts }: Append): void {
    if (bySessionId.get(session) === undefined) throw new Gone(`No session ${session}`)
    const last = Number(head.get(session)?.['seq'] ?? 0)
    if (last !== expected) throw new Conflict(`Expected ${String(expected)}, the log is at ${String(last)}`)
    for (const [i, event] of events.entries()) {
      addEvent.run(session, expected + 1 + i, event.at, event.step ?? null, event.data)
    }
    for (const hash of new Set(receipts)) addReceipt.run(session, hash)
  }

  return {
    append,
    rewrite(rewrite: Rewrite) {
      // Without an event at its end the log would give a sequence number twice.
      if (rewrite.events.length === 0) throw new Error('A rewrite records what it did: it needs an event')
      append(rewrite)
      // Only what was there before: an event of this rewrite may belong to the step it replaces.
      for (const step of rewrite.dropSteps) dropStep.run(rewrite.session, step, rewrite.expected)
    },
    read: (session, after = 0) => rows<StoredEvent>(readEvents.all(session, after)),
    receipts: (session) => readReceipts.all(session).map((row) => String(row['hash'])),

    createSession(row) {
      addSession.run(row.id, row.code, row.joinToken, row.title, row.phase, row.createdAt, row.endedAt ?? null)
    },
    sessions: () => rows<SessionRow>(allSessions.all()),
    session: (id) => row<SessionRow>(bySessionId.get(id)),
    sessionByCode: (code) => row<SessionRow>(byCode.get(code)),
    sessionByJoinToken: (token) => row<SessionRow>(byJoinToken.get(token)),
    codeTaken: (code, now) => codeInUse.get(code, now - CODE_REST_MS, code, now - CODE_REST_MS) !== undefined,
    updateSession(id, change) {
      const { title = null, phase = null, endedAt = null, joinToken = null } = change
      if (changeSession.run(title, phase, endedAt, joinToken, id).changes === 0) throw new Gone(`No session ${id}`)
    },
    deleteSession(id, now) {
      forgetCodes.run(now - CODE_REST_MS)
      spendCode.run(now, id)
      dropSession.run(id)
    },

    addKey(key: KeyRow) {
      const { hash, role, session = null, person = null, name = null, parent = null, handle, createdAt, expiresAt = null } = key
      addKey.run(hash, role, session, person, name, parent, handle, createdAt, expiresAt)
    },
    key: (hash, now) => row<KeyRow>(byHash.get(hash, now)),
    keys: (session, role: KeyRole) => rows<KeyRow>(byRole.all(session, role)),
    revokeKey(session, handle) {
      const hashes = family.all(session, handle).map((found) => String(found['hash']))
      for (const hash of hashes) dropKey.run(hash)
      return hashes
    },
    dropKey(hash) {
      dropKey.run(hash)
    },

    setting: (name) => readSetting.get(name)?.['value'] as string | undefined,
    setSetting(name, value) {
      writeSetting.run(name, value)
    },
    healthy() {
      alive.get()
    },
  }
}

type Found = Record<string, unknown>

/** A row as the port's types have it: what is NULL is absent. */
function row<T>(found: Found | undefined): T | undefined {
  return found && (Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) as T)
}

function rows<T>(found: Found[]): T[] {
  return found.map((each) => row<T>(each) as T)
}
