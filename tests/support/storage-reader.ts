/** What a server's storage holds, read past the server: what was promised to be saved, or gone, is looked for where it must be. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Log, SessionRow, StoredEvent } from '../../server/log/port.ts'
import { openPostgresLog } from '../../server/log/postgres.ts'
import { openSqliteLog } from '../../server/log/sqlite.ts'
import { readFolder, type FolderState } from './folder-state.ts'
import type { Database } from './postgres.ts'
import { databaseOf, theCluster } from './databases.ts'
import { until } from './until.ts'

/** PostgreSQL's own files that hold rows, besides those of the database itself; what its write-ahead log keeps for a while is said in server/log/README.md. */
const SHARED_FILES = ['base/pgsql_tmp', 'global', 'pg_notify', 'pg_subtrans', 'pg_xact', 'pg_stat_tmp', 'pg_stat']
/** What is owed to an erased word is paid by whichever server looks first, ms. */
const PAID = 20_000

/** How many events of all sessions hold each mark. A mark is a word that no other text holds. */
export async function countMarks(folder: string, mark: RegExp): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const database = await databaseOf(folder)
  for (const data of database === undefined ? rowsOfFolder(folder) : await rowsOf(database)) {
    for (const found of new Set(data.match(mark))) counts.set(found, (counts.get(found) ?? 0) + 1)
  }
  return counts
}

/** The storage as it is now, to be read at leisure by what is returned: the server may start again, and go on, meanwhile. */
export function photograph(folder: string): () => Promise<FolderState> {
  const inDatabase = databaseOf(folder)
  const copy = existsSync(join(folder, 'gatherwell.sqlite')) ? mkdtempSync(join(tmpdir(), 'gatherwell-left-')) : undefined
  if (copy !== undefined) cpSync(folder, copy, { recursive: true })
  return async () => {
    const database = await inDatabase
    if (database !== undefined) return stateOf(database)
    try {
      return readFolder(copy ?? folder)
    } finally {
      if (copy !== undefined) rmSync(copy, { recursive: true, force: true })
    }
  }
}

/** Every byte that storage holds on disk; in a database once everything is done that is owed to those who had something erased. */
export async function storedBytes(folder: string): Promise<Buffer> {
  const database = await databaseOf(folder)
  if (database === undefined) return bytesIn([folder])
  const cluster = await theCluster()
  await until(async () => (await cluster.ask('SELECT what FROM owed', database.name)).length === 0, 'everything owed to be paid', PAID)
  await cluster.ask('CHECKPOINT')
  const [row] = await cluster.ask(`SELECT oid::text AS oid FROM pg_database WHERE datname = '${database.name}'`)
  return bytesIn([join('base', String(row?.['oid'])), ...SHARED_FILES].map((place) => join(cluster.folder, place)).filter((place) => existsSync(place)))
}

/** The log of a folder whose server does not run, as the product opens it; whoever asked closes it. */
export async function openLogOf(folder: string): Promise<Log> {
  const database = await databaseOf(folder)
  return database === undefined ? openSqliteLog({ folder }) : (await openPostgresLog({ url: database.url })).log
}

function bytesIn(places: readonly string[]): Buffer {
  const files = places.flatMap((place) => readdirSync(place, { recursive: true, withFileTypes: true })).filter((file) => file.isFile())
  return Buffer.concat(files.flatMap((file) => {
    try {
      return [readFileSync(join(file.parentPath, file.name))]
    } catch (error) {
      // A database puts its files away while somebody looks.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }))
}

function rowsOfFolder(folder: string): string[] {
  const db = new DatabaseSync(join(folder, 'gatherwell.sqlite'), { readOnly: true })
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'log\\_%' ESCAPE '\\'`).all() as { name: string }[]
    return tables.flatMap(({ name }) => (db.prepare(`SELECT data FROM "${name}"`).all() as { data: string }[]).map(({ data }) => data))
  } finally {
    db.close()
  }
}

async function rowsOf(database: Database): Promise<string[]> {
  const cluster = await theCluster()
  const tables = await cluster.ask(`SELECT tablename FROM pg_tables WHERE tablename ~ '^log_'`, database.name)
  const rows: string[] = []
  for (const { tablename } of tables) rows.push(...(await cluster.ask(`SELECT data FROM ${String(tablename)}`, database.name)).map(({ data }) => String(data)))
  return rows
}

async function stateOf(database: Database): Promise<FolderState> {
  const { log } = await openPostgresLog({ url: database.url })
  try {
    const sessions: FolderState['sessions'] = new Map<string, { row: SessionRow; events: StoredEvent[]; receipts: string[]; people: number }>()
    for (const row of await log.sessions()) {
      const [whole, keys] = [await log.whole(row.id), await log.keys(row.id, 'participant')]
      if (whole !== undefined) sessions.set(row.id, { row, events: [...whole.events], receipts: [...whole.receipts], people: keys.length })
    }
    return { integrity: 'ok', sessions }
  } finally {
    await log.close()
  }
}
