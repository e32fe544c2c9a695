/**
 * Opens the database of a data folder: nobody else may have it, every promise of durability is set and read back, and
 * the schema is brought up to date. Runs in the worker thread only.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { takeBackup } from '../keep/backup.ts'
import { BACKUPS_FOLDER, DATABASE_FILE, forOwnerAlone, lockFolder, makeFolder, refuseOldSqlite, refuseUnfinished } from '../keep/folder.ts'
import { MANIFEST_FILE } from '../keep/manifest.ts'
import { MIGRATIONS, readMigrations } from './migrations.ts'
import { CannotOpen } from './port.ts'

/** Only backups ever read the database besides us. */
export const BUSY_PATIENCE_MS = 2_000

export interface OpenOptions {
  /** Where the backup before a migration goes. */
  backups?: string
  /** Milliseconds since 1970, for that backup's name. */
  now?: number
  /** Where the migrations lie. */
  migrations?: string
}

export interface OpenDatabase {
  db: DatabaseSync
  /** Sentences about the folder that don't keep it from being used. */
  warnings: string[]
  close(): void
}

/** Opens `folder`, creating it for its owner alone. Throws `CannotOpen` with a sentence for people. */
export function openDatabase(folder: string, { backups = join(folder, BACKUPS_FOLDER), now = Date.now(), migrations = MIGRATIONS }: OpenOptions = {}): OpenDatabase {
  refuseOldSqlite()
  const warning = makeFolder(folder)
  const lock = lockFolder(folder)
  try {
    refuseUnfinished(folder)
    const file = join(folder, DATABASE_FILE)
    for (const each of [file, ...[`${file}-wal`, `${file}-shm`].filter((beside) => existsSync(beside))]) forOwnerAlone(each)
    const db = new DatabaseSync(file, { timeout: BUSY_PATIENCE_MS })
    try {
      harden(db)
      bringUpToDate(db, readMigrations(migrations), () => void takeBackup({ folder, to: backups, kind: 'migration', now }))
      // Of a folder that was moved to: what is written from now on is not what its manifest says.
      rmSync(join(folder, MANIFEST_FILE), { force: true })
    } catch (error) {
      db.close()
      throw error
    }
    return {
      db,
      warnings: warning === undefined ? [] : [warning],
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

/** Sets what every promise of durability and erasure needs. Throws `CannotOpen`. */
export function harden(db: DatabaseSync): void {
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

/** Migrates if need be; `first` makes the backup, which comes before anything is changed. A database without a schema has nothing to lose. */
function bringUpToDate(db: DatabaseSync, migrations: readonly string[], first: () => void): void {
  const done = schemaOf(db)
  if (done > 0 && done < migrations.length) {
    try {
      first()
    } catch (error) {
      throw new CannotOpen(`The data has to be brought up to date, and a backup comes first, which failed: ${(error as Error).message} Nothing was changed.`)
    }
  }
  try {
    migrate(db, migrations)
  } catch (error) {
    if (error instanceof CannotOpen || done === 0) throw error
    throw new CannotOpen(`The data could not be brought up to date: ${(error as Error).message}. Nothing was changed.`)
  }
}

/**
 * Applies what is missing, all in one transaction with its record (`user_version`): a kill or a full disk leaves the old
 * schema or the new, and after a failure the program that was there before can be started again.
 */
export function migrate(db: DatabaseSync, migrations: readonly string[]): void {
  const done = schemaOf(db)
  if (done > migrations.length) {
    throw new CannotOpen(
      `The data folder was written by a newer Gatherwell (schema ${String(done)}, this one knows ${String(migrations.length)}); start that version instead.`,
    )
  }
  if (done === migrations.length) return
  db.exec('BEGIN EXCLUSIVE')
  try {
    for (const sql of migrations.slice(done)) db.exec(sql)
    db.exec(`PRAGMA user_version = ${String(migrations.length)}`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

export function schemaOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
}
