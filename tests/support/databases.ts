/**
 * The PostgreSQL databases of servers under test, where storage.ts says that they have some. A data folder names its storage everywhere: two
 * servers that are given the same folder are on the same data.
 */
import { cpSync, rmSync } from 'node:fs'
import { prepare } from '../../server/log/postgres-open.ts'
import { startPostgres, type Cluster, type Database } from './postgres.ts'
import { STORAGE } from './storage.ts'

/** Each server takes eleven connections, and some files start many. Nobody takes its power: what is committed is there for whoever asks. */
const SETTINGS = { max_connections: '300', fsync: 'off', full_page_writes: 'off' }

let cluster: Promise<Cluster> | undefined
const databases = new Map<string, Promise<Database>>()

/** One for all tests of a file; it ends with the process. */
export function theCluster(): Promise<Cluster> {
  return (cluster ??= startPostgres(SETTINGS))
}

const aDatabase = async (): Promise<Database> => (await theCluster()).database(async (url) => void (await prepare(url)))

// Here, where no test waits for it: the first database takes longer than all others.
if (STORAGE !== 'sqlite') await (await aDatabase()).drop()

/** The database of a data folder; made when it is first asked for. Undefined on SQLite, where the folder is the storage itself. */
export async function databaseOf(folder: string): Promise<Database | undefined> {
  if (STORAGE === 'sqlite') return undefined
  const made = databases.get(folder) ?? aDatabase()
  databases.set(folder, made)
  return made
}

/** The settings of a server with this data folder, besides that; a test that names a database itself is left alone. */
export async function settingsFor(folder: string, env: Record<string, string>): Promise<Record<string, string>> {
  if (env['DATABASE_URL'] !== undefined) return {}
  const database = await databaseOf(folder)
  return database === undefined ? {} : { DATABASE_URL: database.url }
}

/** The storage of a data folder is needed no more; the folder itself is its owner's to remove. */
export async function dropStorage(folder: string): Promise<void> {
  const made = databases.get(folder)
  databases.delete(folder)
  await (await made)?.drop()
}

/** What a stopped server keeps, put aside; `restore` puts it back, as somebody does with an old backup. */
export async function putAside(folder: string): Promise<{ restore(): Promise<void> }> {
  const database = await databaseOf(folder)
  if (database === undefined) {
    const copy = `${folder}-copy`
    cpSync(folder, copy, { recursive: true })
    return {
      restore() {
        rmSync(folder, { recursive: true })
        cpSync(copy, folder, { recursive: true })
        rmSync(copy, { recursive: true })
        return Promise.resolve()
      },
    }
  }
  const it = await theCluster()
  const copy = `${database.name}_copy`
  /** What a killed server was connected by may not have ended yet. */
  const alone = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`
  for (const statement of [alone, `CREATE DATABASE ${copy} TEMPLATE ${database.name}`]) await it.ask(statement)
  return {
    async restore() {
      for (const statement of [`DROP DATABASE ${database.name} WITH (FORCE)`, `CREATE DATABASE ${database.name} TEMPLATE ${copy}`, `DROP DATABASE ${copy}`]) await it.ask(statement)
    },
  }
}
