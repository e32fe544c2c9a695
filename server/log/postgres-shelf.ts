/** The log of a database as rows: to be read by whoever moves it elsewhere, or to be filled. */
import pg from 'pg'
import { CannotOpen } from './port.ts'
import { takeAlone, UNFINISHED_MOVE, type Alone } from './postgres-alone.ts'
import { look, prepare } from './postgres-open.ts'
import { connectionTo, openSql, type Ask, type Sql } from './postgres-sql.ts'
import { makeTables, newEdition, placeOf } from './postgres-tables.ts'
import { OF_SESSION, PAGE_ROWS, TABLES, type NewShelf, type Pages, type Row, type Shelf } from './shelf.ts'

/** Nobody waits for a move but who asked for it. */
const PATIENCE_MS = 60_000
/** Every table that is dropped needs locks until the commit, of which PostgreSQL has some thousand. */
const DROPPED_TOGETHER = 100

/** What people call a database: without the user and the password. */
export function nameOfDatabase(url: string): string {
  const { database, host, port } = new pg.Client(connectionTo(url))
  return `the database ${database ?? ''} at ${host}:${String(port)}`
}

/** Takes a database for reading. Rejects with `CannotOpen`: it cannot be used, servers are at work, or this program is of another age. */
export async function openPostgresShelf(url: string): Promise<Shelf> {
  const where = nameOfDatabase(url)
  await look(url)
  const alone = await takeAlone(url, where, true)
  return opened(url, where, alone, async (sql) => {
    if (await isMarked(sql.ask)) throw new CannotOpen(`A move into ${where} was not finished: only some of the data is there, and all of it is where that came from.`)
    return reading(sql, where, alone)
  })
}

/** Takes a database in which nothing is for filling. `again` empties one that an unfinished move has left. Rejects with `CannotOpen`. */
export async function fillPostgresShelf(url: string, again: boolean): Promise<NewShelf> {
  const where = nameOfDatabase(url)
  await prepare(url)
  const alone = await takeAlone(url, where, false)
  return opened(url, where, alone, async (sql) => {
    if (await isMarked(sql.ask)) {
      if (!again) throw new CannotOpen(`A move into ${where} was not finished. Run it again with --again, which empties the database first.`)
      await empty(sql)
    } else if (await isFull(sql.ask)) {
      throw new CannotOpen(`There is something in ${where} already, if only what a server writes when it starts; make an empty one (createdb).`)
    }
    await sql.ask(`INSERT INTO settings (name, value) VALUES ('${UNFINISHED_MOVE}', '') ON CONFLICT DO NOTHING`)
    return {
      ...reading(sql, where, alone),
      add: (table, rows) => put(sql.ask, table, TABLES[table], rows),
      addSession: (session, log, receipts) => addSession(sql, session, log, receipts),
      finish: async () => void (await sql.ask(`DELETE FROM settings WHERE name = '${UNFINISHED_MOVE}'`)),
    }
  })
}

/** Adds how to close, and closes where `open` fails. */
async function opened<T extends Omit<Shelf, 'close'>>(url: string, where: string, alone: Alone, open: (sql: Sql) => Promise<T>): Promise<T & Pick<Shelf, 'close'>> {
  const sql = openSql(url)
  const close = async () => void (await Promise.all([sql.close(), alone.close()]))
  try {
    return { ...(await open(sql)), close }
  } catch (error) {
    await close()
    throw error instanceof CannotOpen ? error : new CannotOpen(`Reading ${where} failed: ${(error as Error).message}.`)
  }
}

const isMarked = async (ask: Ask) => (await ask(`SELECT 1 FROM settings WHERE name = '${UNFINISHED_MOVE}'`)).length > 0
const isFull = async (ask: Ask) => (await ask(Object.keys(TABLES).map((table) => `(SELECT 1 FROM ${table} LIMIT 1)`).join(' UNION ALL '))).length > 0

async function empty(sql: Sql): Promise<void> {
  for (;;) {
    const some = await sql.transaction(async (ask) => {
      const places = await ask<{ session: string; number: number }>(`SELECT session, number FROM heads LIMIT ${String(DROPPED_TOGETHER)}`)
      for (const { number } of places) await ask(`DROP TABLE log_${String(number)}, receipts_${String(number)}`)
      await ask('DELETE FROM heads WHERE session = ANY ($1)', [places.map(({ session }) => session)])
      return places.length
    })
    if (some === 0) break
  }
  await sql.transaction(async (ask) => {
    await ask('TRUNCATE sessions, keys, spent_codes, settings')
    await ask(`INSERT INTO settings (name, value) VALUES ('${UNFINISHED_MOVE}', '')`)
  })
}

function reading({ ask }: Sql, where: string, alone: Alone): Omit<Shelf, 'close'> {
  return {
    where,
    rows: (table) => pages(ask, table, TABLES[table], table === 'settings' ? `name <> '${UNFINISHED_MOVE}'` : 'true'),
    async *rowsOf(session, table) {
      const place = await placeOf(ask, session)
      if (place !== undefined) yield* pages(ask, `${table}_${String(place.number)}`, OF_SESSION[table])
    },
    alone: alone.check,
  }
}

/** Page after page by the first column, which is unique. */
async function* pages(ask: Ask, table: string, columns: readonly string[], condition = 'true'): Pages {
  const by = String(columns[0])
  let after: unknown
  for (;;) {
    const from = after === undefined ? '' : ` AND ${by} > $1`
    const rows = await ask<Row>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${condition}${from} ORDER BY ${by} LIMIT ${String(PAGE_ROWS)}`, after === undefined ? [] : [after], PATIENCE_MS)
    if (rows.length > 0) yield rows
    if (rows.length < PAGE_ROWS) return
    after = rows.at(-1)?.[by]
  }
}

/** As JSON, so that PostgreSQL gives each value the type of its column. */
async function put(ask: Ask, table: string, columns: readonly string[], rows: readonly Row[]): Promise<void> {
  const names = columns.join(', ')
  await ask(`INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table}, $1::json)`, [JSON.stringify(rows)], PATIENCE_MS)
}

function addSession(sql: Sql, session: Row, log: Pages, receipts: Pages): Promise<void> {
  return sql.transaction(async (ask) => {
    await ask(`SELECT set_config('statement_timeout', '${String(PATIENCE_MS)}', true), set_config('idle_in_transaction_session_timeout', '${String(PATIENCE_MS)}', true)`)
    const [made] = await ask<{ number: number }>(`SELECT nextval('table_numbers')::integer AS number`)
    const number = made?.number ?? 0
    await makeTables(ask, number)
    await put(ask, 'sessions', TABLES.sessions, [session])
    let seq = 0
    for await (const rows of log) {
      await put(ask, `log_${String(number)}`, OF_SESSION.log, rows)
      seq = Number(rows.at(-1)?.['seq'] ?? seq)
    }
    for await (const rows of receipts) await put(ask, `receipts_${String(number)}`, OF_SESSION.receipts, rows)
    await ask('INSERT INTO heads (session, number, seq, edition) VALUES ($1, $2, $3, $4)', [session['id'], number, seq, newEdition()])
  })
}
