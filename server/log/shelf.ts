/**
 * A log as rows, for carrying it from one adapter to another as it is (server/keep/move.ts). It has what the port lacks and no server needs:
 * every row of every table, expired keys and spent codes too. Whoever has a shelf has the log alone.
 */

export type Value = string | number | null
export type Row = Record<string, Value>

/**
 * What every adapter keeps in tables of these names and columns, the column that orders a table first. The sessions' numbers of tables
 * and where a log stands are each adapter's own and come to be anew.
 */
export const TABLES = {
  settings: ['name', 'value'],
  spent_codes: ['code', 'spent_at'],
  keys: ['hash', 'role', 'session', 'person', 'name', 'parent', 'handle', 'created_at', 'expires_at'],
  sessions: ['id', 'code', 'join_token', 'title', 'phase', 'created_at', 'ended_at', 'held'],
} as const

/** The two tables that each session has of its own. */
export const OF_SESSION = { log: ['seq', 'at', 'step', 'data'], receipts: ['hash'] } as const

export type Table = keyof typeof TABLES
export type TableOfSession = keyof typeof OF_SESSION

/** Pages of rows, so that nothing is in memory as a whole. */
export type Pages = AsyncIterable<Row[]>

/** Most rows of a page, and about how many characters. */
export const PAGE_ROWS = 100
export const PAGE_CHARACTERS = 2_000_000

export interface Shelf {
  /** What people call it. Never with a password. */
  readonly where: string
  /** In the order of the table's first column, by its bytes. */
  rows(table: Table): Pages
  /** The same of one session. None where there is no such session. */
  rowsOf(session: string, table: TableOfSession): Pages
  /** Rejects with `CannotOpen` if somebody else could have written meanwhile. */
  alone(): Promise<void>
  /** Lets others have it. */
  close(): Promise<void>
}

/** One that was empty. Until it is finished no server starts on it. */
export interface NewShelf extends Shelf {
  add(table: Exclude<Table, 'sessions'>, rows: readonly Row[]): Promise<void>
  /** Keeps the session with all that is its own, or nothing of it. */
  addSession(session: Row, log: Pages, receipts: Pages): Promise<void>
  /** On disk, and for servers from now on. `now` is milliseconds since 1970. */
  finish(now: number): Promise<void>
}

/** The columns of a row, in their order. */
export function valuesOf(row: Row, columns: readonly string[]): Value[] {
  return columns.map((column) => row[column] ?? null)
}
