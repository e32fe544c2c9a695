/** What the log's port asks, as synchronous SQL. Transactions are the caller's (sqlite-batch.ts). */
import type { DatabaseSync } from 'node:sqlite'
import { Gone, Held } from './port.ts'
import type { Log, SessionRow } from './port.ts'
import { events } from './sqlite-events.ts'
import { keys } from './sqlite-keys.ts'
import { row, rows, scrub } from './sqlite-rows.ts'

type Sync<F> = F extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never

/** The port without promises; what needs the time is told it, since the thread reads no clock. */
export type Operations = { [K in Exclude<keyof Log, 'close' | 'deleteSession' | 'alone' | 'follow' | 'shared'>]: Sync<Log[K]> } & {
  deleteSession(id: string, now: number): void
  /** Forgets keys that no longer work and codes that have rested. */
  tidy(now: number): void
}

/** How long a code stays spent after its session ended or was deleted. */
const CODE_REST_MS = 90 * 24 * 60 * 60 * 1000

const SESSION = `SELECT id, code, join_token AS joinToken, title, phase, created_at AS createdAt, ended_at AS endedAt, held FROM sessions`

export function operations(db: DatabaseSync): Operations {
  const { makeTables, dropTables, ...log } = events(db)
  const { eraseKeysOf, erasePeople, dropExpired, ...access } = keys(db)

  const insert = db.prepare(
    `INSERT INTO sessions (id, number, code, join_token, title, phase, created_at, ended_at)
     VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM sessions), ?, ?, ?, ?, ?, ?) RETURNING number`,
  )
  const newestFirst = db.prepare(`${SESSION} ORDER BY created_at DESC, id`)
  const byId = db.prepare(`${SESSION} WHERE id = ?`)
  const byCode = db.prepare(`${SESSION} WHERE code = ? AND phase <> 'ended'`)
  const byJoinToken = db.prepare(`${SESSION} WHERE join_token = ?`)
  const codeInUse = db.prepare(
    `SELECT 1 FROM sessions WHERE code = ? AND (phase <> 'ended' OR ended_at IS NULL OR ended_at > ?)
     UNION ALL SELECT 1 FROM spent_codes WHERE code = CAST(? AS INTEGER) AND spent_at > ?`,
  )
  const change = db.prepare(
    'UPDATE sessions SET title = coalesce(?, title), phase = coalesce(?, phase), ended_at = coalesce(?, ended_at) WHERE id = ?',
  )
  const spendCode = db.prepare(
    `INSERT OR REPLACE INTO spent_codes (code, spent_at)
     SELECT CAST(code AS INTEGER), coalesce(ended_at, ?) FROM sessions WHERE id = ?`,
  )
  const restCode = db.prepare('INSERT OR REPLACE INTO spent_codes (code, spent_at) SELECT CAST(code AS INTEGER), ? FROM sessions WHERE id = ?')
  const changeCode = db.prepare('UPDATE sessions SET code = ?, join_token = ? WHERE id = ?')
  const forgetCodes = db.prepare('DELETE FROM spent_codes WHERE spent_at <= ?')
  const hold = db.prepare('UPDATE sessions SET held = ? WHERE id = ?')
  const drop = db.prepare('DELETE FROM sessions WHERE id = ? RETURNING number')

  const readSetting = db.prepare('SELECT value FROM settings WHERE name = ?')
  const writeSetting = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
  const alive = db.prepare('SELECT count(*) FROM settings')

  return {
    ...log,
    ...access,

    rewrite(order) {
      const last = log.rewrite(order)
      if (order.dropPeople !== undefined) erasePeople(order.session, order.dropPeople)
      return last
    },
    createSession({ id, code, joinToken, title, phase, createdAt, endedAt }) {
      const made = insert.get(id, code, joinToken, title, phase, createdAt, endedAt ?? null)
      makeTables(Number(made?.['number']))
    },
    sessions: () => rows<SessionRow>(newestFirst.all()),
    session: (id) => row<SessionRow>(byId.get(id)),
    sessionByCode: (code) => row<SessionRow>(byCode.get(code)),
    sessionByJoinToken: (token) => row<SessionRow>(byJoinToken.get(token)),
    codeTaken: (code, now) => codeInUse.get(code, now - CODE_REST_MS, code, now - CODE_REST_MS) !== undefined,
    updateSession(id, { title = null, phase = null, endedAt = null }) {
      if (change.run(title, phase, endedAt, id).changes === 0) throw new Gone('No such session')
    },
    renewCode(id, { code, joinToken }, now) {
      restCode.run(now, id)
      if (changeCode.run(code, joinToken, id).changes === 0) throw new Gone('No such session')
    },
    holdSession(id, since) {
      if (hold.run(since ?? null, id).changes === 0) throw new Gone('No such session')
    },
    deleteSession(id, now) {
      if (row<SessionRow>(byId.get(id))?.held !== undefined) throw new Held('On hold')
      spendCode.run(now, id)
      const dropped = drop.get(id)
      if (!dropped) return
      dropTables(Number(dropped['number']))
      scrub(db, 'sessions')
      eraseKeysOf(id)
    },

    setting: (name) => readSetting.get(name)?.['value'] as string | undefined,
    setSetting(name, value) {
      writeSetting.run(name, value)
    },
    healthy() {
      alive.get()
    },
    tidy(now) {
      dropExpired(now)
      forgetCodes.run(now - CODE_REST_MS)
    },
  }
}
