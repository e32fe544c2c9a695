/**
 * Who may have a database: any number of servers, or one move alone. Every server holds a lock with others as long as its channel is open, a move
 * holds it alone; PostgreSQL takes it from whoever goes. What a killed move has left half full is marked, for servers to refuse.
 */
import pg from 'pg'
import { CannotOpen } from './port.ts'
import { codeOf, connectionTo, type Ask } from './postgres-sql.ts'

/** Of servers at work and of moves; the number means nothing. */
export const AT_WORK = '7305242'
/** A setting that is there while a move fills the database, and after one that was killed. */
export const UNFINISHED_MOVE = 'move-unfinished'
/** A server that was stopped a moment ago may take so long to be gone. */
const GONE_MS = 1_000
/** SQLSTATE of a lock that was not had in time. */
const NO_LOCK = '55P03'
/** Of a statement that changes a database's tables, in front of which every change of a log stands. */
const WRITTEN = 'sessions, heads, keys, settings, spent_codes'

/** What a connection of a server asks, to be counted as at work until it ends; false while a move has the database. */
export const AT_WORK_TOO = `pg_try_advisory_lock_shared(${AT_WORK})`

/** Rejects with `CannotOpen` while a move has the database, and when one was not finished. For a server, once it counts as at work. */
export async function refuseMoving(ask: Ask): Promise<void> {
  const [now] = await ask<{ free: boolean; unfinished: boolean }>(
    `SELECT pg_try_advisory_xact_lock_shared(${AT_WORK}) AS free, EXISTS (SELECT FROM settings WHERE name = '${UNFINISHED_MOVE}') AS unfinished`,
  )
  if (now?.free !== true) throw new CannotOpen('Everything is being moved into or out of this database now; start the server when that is done.')
  if (now.unfinished) throw new CannotOpen('A move into this database was not finished, so that only some of the data is there. Run it again: gatherwell move --to <this database> --again. What it is moved from is as it was.')
}

export interface Alone {
  /** Rejects with `CannotOpen` once somebody else may have got in. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Keeps every server out of a database until it is closed; with `unchanged`, also whoever would write it without being a server.
 * Rejects with `CannotOpen` where servers are at work.
 */
export async function takeAlone(url: string, where: string, unchanged: boolean): Promise<Alone> {
  const client = new pg.Client(connectionTo(url))
  client.on('error', () => undefined)
  try {
    await client.connect()
    // It sits idle for as long as the move takes.
    await client.query(`SELECT set_config('idle_in_transaction_session_timeout', '0', false), set_config('lock_timeout', '${String(GONE_MS)}', false)`)
    await client.query('BEGIN')
    await client.query(`SELECT pg_advisory_xact_lock(${AT_WORK})`)
    if (unchanged) await client.query(`LOCK TABLE ${WRITTEN} IN SHARE MODE`)
  } catch (error) {
    client.end().catch(() => undefined)
    if (codeOf(error) === NO_LOCK) throw new CannotOpen(`Servers are at work on ${where}, or another move is: stop them first, all of them.`)
    throw new CannotOpen(`${where[0]?.toUpperCase() ?? ''}${where.slice(1)} cannot be taken for a move (${codeOf(error) ?? 'no answer in time'}).`)
  }
  return {
    check: () => client.query('SELECT 1').then(() => undefined, () => {
      throw new CannotOpen(`The connection that kept servers away from ${where} was lost.`)
    }),
    close: () => client.end().catch(() => undefined),
  }
}
