/**
 * Whether a pooler between us and the database gives one of its connections to several of ours in turn (PgBouncer with pool_mode = transaction or
 * statement). What one is told, another one would then have: servers would not hear each other, and the channel's synchronous_commit = off would
 * let an answer be acknowledged before it is on disk.
 */
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { codeOf } from './postgres-sql.ts'

/** Of this program alone. PostgreSQL keeps any setting with a point in its name, for the connection that set it. */
const MARK = 'gatherwell.mark'
/** A pooler that others use too may by chance keep them apart once. */
const TIMES = 3
/** Where there is one connection for both, the one waits for the other, ms. */
const PATIENCE_MS = 2_000
/** How a pooler of statements refuses a transaction. */
const PROTOCOL_VIOLATION = '08P01'

/** Asks over two connections that nobody else uses; the first is of no more use where it answers true. Rejects as the database does. */
export async function arePooled(first: pg.Client, second: pg.Client): Promise<boolean> {
  for (let i = 0; i < TIMES; i += 1) {
    const mark = randomBytes(9).toString('base64url')
    await first.query(`SELECT set_config('${MARK}', $1, false)`, [mark])
    try {
      await second.query('BEGIN')
      const seen = await markOf(second)
      // While the second holds what it was given, the first has its own only if nobody shares.
      const kept = seen === mark ? undefined : await markOf(first).catch(() => undefined)
      await second.query('COMMIT')
      if (kept !== mark) return true
    } catch (error) {
      if (codeOf(error) === PROTOCOL_VIOLATION) return true
      throw error
    }
  }
  return false
}

async function markOf(client: pg.Client): Promise<string | null | undefined> {
  const { rows } = await client.query<{ mark: string | null }>({ text: `SELECT current_setting('${MARK}', true) AS mark`, query_timeout: PATIENCE_MS } as pg.QueryConfig)
  return rows[0]?.mark
}
