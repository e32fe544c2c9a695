/**
 * Statements on a pool of connections to PostgreSQL. Nothing waits for ever: a database that hangs, or a network that swallows, is a
 * `StorageRefused` within `PATIENCE_MS`. Nothing that PostgreSQL says of a failure is repeated, since it may quote what somebody wrote.
 */
import pg from 'pg'
import { Conflict, StorageRefused } from './port.ts'

/** Longest that one call waits for its answer, a connection included. */
export const PATIENCE_MS = 5_000
/** The database gives up a little sooner than we do, so that what we were refused is not kept a moment later. */
const SERVER_PATIENCE_MS = PATIENCE_MS - 500
/** What a server holds alone while it is frozen, or cut off, the database takes from it. */
const IDLE_ALONE_MS = 5_000
/** Commits of connections side by side share one sync: more connections than this wait for the disk together anyway. */
export const CONNECTIONS = 10
/** Saying goodbye to a database that does not answer. */
const GOODBYE_MS = 1_000

export type Row = Record<string, unknown>
/** One statement with its parameters; its rows, in which a bigint is a number. Rejects with `Conflict`, `Moved` or `StorageRefused`. */
export type Ask = <R = Row>(text: string, values?: readonly unknown[], patience?: number) => Promise<R[]>

export interface Sql {
  /** A statement that is a transaction of its own; on disk when it resolves. */
  ask: Ask
  /**
   * Keeps all that `work` asks, or, when it rejects, nothing. Rejects with `StorageRefused` also where it is unknown whether it was kept.
   * `first`, a statement without parameters, takes the same way to the database as the beginning; `work` gets its rows.
   */
  transaction<T>(work: (ask: Ask, rows: Row[]) => Promise<T>, first?: string): Promise<T>
  /** Waits for what was asked before. */
  close(): Promise<void>
}

/** A table is not there: the log was rewritten into others, or deleted. */
export class Moved extends StorageRefused {
  override name = 'Moved'
}

/** How to connect, for pool and channel alike. */
export function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'gatherwell',
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    keepAlive: true,
    types: { getTypeParser: ((oid: number, format?: 'text') => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format))) as typeof pg.types.getTypeParser },
  }
}

/**
 * What every connection is told first. synchronous_commit is only ever made stronger: who has standbys may want more than "on".
 * No compiling, no parallel workers: every statement here is small. By set_config, since some proxies let no other way through.
 */
const FIRST = `SELECT set_config('statement_timeout', '${String(SERVER_PATIENCE_MS)}', false), set_config('lock_timeout', '${String(SERVER_PATIENCE_MS)}', false),
  set_config('idle_in_transaction_session_timeout', '${String(IDLE_ALONE_MS)}', false), set_config('default_transaction_isolation', 'read committed', false),
  set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false),
  set_config('jit', 'off', false), set_config('max_parallel_workers_per_gather', '0', false), set_config('client_min_messages', 'error', false)`

/** Opens no connection yet. */
export function openSql(url: string): Sql {
  // The pool does wait for what onConnect returns, whatever its types say.
  const pool = new pg.Pool({ ...connectionTo(url), max: CONNECTIONS, idleTimeoutMillis: 30_000, onConnect: (client) => client.query(FIRST) as unknown as void })
  const clients = new Set<pg.PoolClient>()
  // A connection that breaks while nobody uses it is replaced by the next call.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    clients.add(client)
    client.on('error', () => undefined)
  })
  pool.on('remove', (client) => clients.delete(client as pg.PoolClient))
  let closed = false
  const working = new Set<Promise<unknown>>()

  async function connected<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (closed) throw new Error('The log is closed')
    const done = (async () => {
      const client = await pool.connect().catch((error: unknown) => { throw translated(error) })
      let broken = false
      try {
        return await work(client)
      } catch (error) {
        broken = error instanceof StorageRefused && !(error instanceof Moved)
        throw error
      } finally {
        client.release(broken)
      }
    })()
    const settled: Promise<unknown> = done.then(() => working.delete(settled), () => working.delete(settled))
    working.add(settled)
    return done
  }

  const on = (client: pg.ClientBase): Ask => async (text, values, patience = PATIENCE_MS) => {
    const order = { text, query_timeout: Math.max(1, Math.round(patience)), ...(values === undefined ? {} : { values: values.map(writable) }) }
    try {
      const result = (await client.query(order)) as pg.QueryResult | pg.QueryResult[]
      return (Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows) as never
    } catch (error) {
      throw translated(error)
    }
  }

  return {
    ask(text, values, patience = PATIENCE_MS) {
      const began = performance.now()
      return connected((client) => on(client)(text, values, patience - (performance.now() - began)))
    },
    transaction: (work, first) =>
      connected(async (client) => {
        const ask = on(client)
        try {
          const rows = await ask(first === undefined ? 'BEGIN' : `BEGIN; ${first}`)
          const value = await work(ask, rows)
          // PostgreSQL answers the COMMIT of a transaction in which a statement failed with ROLLBACK, and that is no error.
          const { command } = await client.query('COMMIT').catch((error: unknown) => { throw translated(error) })
          if (command !== 'COMMIT') throw new StorageRefused('Nothing was kept, since a statement before had failed')
          return value
        } catch (error) {
          // A connection that cannot even do that is thrown away, and the database rolls back by itself.
          if (!(error instanceof StorageRefused) || error instanceof Moved) await ask('ROLLBACK')
          throw error
        }
      }),
    async close() {
      closed = true
      await Promise.all(working)
      if (pool.ending) return
      const goodbye = setTimeout(() => clients.forEach(cut), GOODBYE_MS)
      await pool.end()
      clearTimeout(goodbye)
    },
  }
}

/** PostgreSQL's text holds no NUL: asked for what somebody typed or made up, it finds nothing, as it should. */
function writable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value
}

/** A text inside a statement that takes no parameters. */
export function literal(value: string): string {
  return pg.escapeLiteral(writable(value) as string)
}

/** Ends a connection without a goodbye that nobody would answer; pg has no public way. */
export function cut(client: pg.ClientBase): void {
  ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
}

/** PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE = '23505'
const NO_TABLE = '42P01'

/** What went wrong, as the port has it, without a word of what it was about. */
export function translated(error: unknown): Error {
  const code = codeOf(error)
  if (code === UNIQUE) return new Conflict('Taken')
  if (code === NO_TABLE) return new Moved('No such table')
  return new StorageRefused(code === undefined ? 'PostgreSQL did not answer' : `PostgreSQL said no: ${code}`)
}

/** SQLSTATE of PostgreSQL, or what the system calls a failure of the network. */
export function codeOf(error: unknown): string | undefined {
  const { code, errors } = error as { code?: unknown; errors?: unknown[] }
  // A name with several addresses fails with the failures of each.
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : errors === undefined ? undefined : codeOf(errors[0])
}
