/**
 * Opens the database of a data folder: nobody else may have it, every promise of durability is set and read back, and
 * the schema is brought up to date. Runs in the worker thread only.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CannotOpen } from './port.ts'

const DATABASE_FILE = 'gatherwell.sqlite'
const LOCK_FILE = 'lock.sqlite'
const MIGRATIONS = join(import.meta.dirname, 'migrations')

/** Older ones may corrupt a WAL that is reset while another connection writes. */
const OLDEST_SQLITE = '3.51.3'
/** A server that is being replaced may take this long to let go of the folder. */
const LOCK_PATIENCE_MS = 2_000
/** Only backup tools ever hold the database besides us. */
export const BUSY_PATIENCE_MS = 2_000
/** NFS, SMB, CIFS and SMB2 as Linux numbers them: their locks and syncs don't keep what SQLite needs. */
const NETWORK_FILE_SYSTEMS = [0x6969, 0x517b, 0xff534d42, 0xfe534d42]

export interface OpenDatabase {
  db: DatabaseSync
  close(): void
}

/** Opens `folder`, creating it for its owner alone. Throws `CannotOpen` with a sentence for people. */
export function openDatabase(folder: string): OpenDatabase {
  makeFolder(folder)
  const lock = lockFolder(folder)
  try {
    const db = new DatabaseSync(join(folder, DATABASE_FILE), { timeout: BUSY_PATIENCE_MS })
    try {
      harden(db)
      migrate(db, readMigrations(MIGRATIONS))
    } catch (error) {
      db.close()
      throw error
    }
    return {
      db,
      close() {
        db.close()
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    if (error instanceof CannotOpen) throw error
    throw new CannotOpen(`The database in ${folder} cannot be opened: ${(error as Error).message}.`)
  }
}

function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
    }
  } catch (error) {
    throw new CannotOpen(`The data folder ${folder} cannot be created: ${(error as Error).message}.`)
  }
  if (process.platform === 'linux' && NETWORK_FILE_SYSTEMS.includes(statfsSync(folder).type)) {
    throw new CannotOpen(`The data folder ${folder} is on a network drive, which loses data; choose a local one with DATA_DIR.`)
  }
}

/** Holds an exclusive lock that the operating system drops with the process, however that ends. */
function lockFolder(folder: string): DatabaseSync {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: LOCK_PATIENCE_MS })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (isBusy(error)) {
      throw new CannotOpen(`Another Gatherwell is already running on the data folder ${folder}; stop it first, or set DATA_DIR.`)
    }
    throw new CannotOpen(`The data folder ${folder} cannot be written to: ${(error as Error).message}.`)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === 5
}

function harden(db: DatabaseSync): void {
  const version = String(Object.values(db.prepare('SELECT sqlite_version()').get() ?? {})[0])
  if (older(version, OLDEST_SQLITE)) {
    throw new CannotOpen(`SQLite ${version} is too old to keep data safely; ${OLDEST_SQLITE} or newer is needed.`)
  }
  settle(db, 'journal_mode', 'wal')
  settle(db, 'synchronous', 2) // FULL: what was acknowledged survives a power cut
  settle(db, 'foreign_keys', 1)
  settle(db, 'secure_delete', 1)
  settle(db, 'temp_store', 2) // MEMORY: what is rolled back or sorted never lies in a temporary file
  settle(db, 'trusted_schema', 0)
}

/** Sets a pragma and reads it back: SQLite ignores in silence what it does not support. */
function settle(db: DatabaseSync, pragma: string, value: string | number): void {
  db.exec(`PRAGMA ${pragma} = ${String(value)}`)
  const kept = Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
  if (kept !== value) throw new CannotOpen(`SQLite does not keep ${pragma} = ${String(value)} on this drive.`)
}

function older(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (const [i, part] of b.entries()) {
    if ((a[i] ?? 0) !== part) return (a[i] ?? 0) < part
  }
  return false
}

/** The SQL of migration 1, 2, 3 … Files are named `001-what.sql`; a gap in the numbers is a bug. */
export function readMigrations(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  return files.map((name, i) => {
    if (Number.parseInt(name, 10) !== i + 1) throw new Error(`Migration ${name} should have number ${String(i + 1)}`)
    return readFileSync(join(folder, name), 'utf8')
  })
}

/** Applies what is missing, each in one transaction with its record (`user_version`): a kill leaves the old schema or the new. */
export function migrate(db: DatabaseSync, migrations: readonly string[]): void {
  const done = Number(Object.values(db.prepare('PRAGMA user_version').get() ?? {})[0])
  if (done > migrations.length) {
    throw new CannotOpen(
      `The data folder was written by a newer Gatherwell (schema ${String(done)}, this one knows ${String(migrations.length)}); start that version instead.`,
    )
  }
  for (const [i, sql] of migrations.entries()) {
    if (i < done) continue
    db.exec('BEGIN EXCLUSIVE')
    try {
      db.exec(sql)
      db.exec(`PRAGMA user_version = ${String(i + 1)}`)
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}
