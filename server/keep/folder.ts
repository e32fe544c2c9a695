/** The data folder: what lies in it, who may have it, and which drives it may be on. Every message is a sentence for people. */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CannotOpen } from '../log/port.ts'
import { driveOf } from './mounts.ts'

export const DATABASE_FILE = 'gatherwell.sqlite'
const LOCK_FILE = 'lock.sqlite'
/** Lies in the data folder while a restore moves files, and after one that was killed meanwhile. */
export const UNFINISHED_FILE = 'restore-unfinished.json'
/** Lies in a data folder that is being moved to, and in one whose move was killed. */
export const UNFINISHED_MOVE_FILE = 'move-unfinished.json'
export const BACKUPS_FOLDER = 'backups'

/** Older ones may corrupt a WAL that is reset while another connection writes. */
export const OLDEST_SQLITE = '3.51.3'
/** A server that is being replaced may take this long to let go of the folder. */
const LOCK_PATIENCE_MS = 2_000

/** Makes the folder for its owner alone, unless it is there. Answers a sentence when its drive may not be fit. Throws `CannotOpen`. */
export function makeFolder(folder: string): string | undefined {
  try {
    if (!existsSync(folder)) {
      const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
      syncNames(folder, first ?? folder)
    }
  } catch (error) {
    throw new CannotOpen(`The data folder ${folder} cannot be created: ${(error as Error).message}.`)
  }
  const drive = driveOf(folder)
  if (drive === 'remote') {
    throw new CannotOpen(`The data folder ${folder} is on a network drive, which loses data; choose a local one with DATA_DIR.`)
  }
  return drive === 'own' ? undefined : `The data folder ${folder} is on a drive that may not keep what it is told to; prefer a local one with DATA_DIR.`
}

/** Tells the drive to keep the names of new folders, from `folder` up to the first that was made: SQLite syncs what lies in one, not the folder itself. */
function syncNames(folder: string, first: string): void {
  // Windows opens no folder as a file, and keeps names by itself.
  if (process.platform === 'win32') return
  for (let made = folder; ; made = dirname(made)) {
    const above = openSync(dirname(made), 'r')
    try {
      fsyncSync(above)
    } finally {
      closeSync(above)
    }
    if (made === first || made === dirname(made)) return
  }
}

/**
 * Leaves a file of ours to its owner alone, also in a folder that was there before and that others may look into. SQLite gives what it
 * writes beside a database the same rights. One that is there is not opened for it: closing it would lose a lock that this process has.
 */
export function forOwnerAlone(path: string): void {
  try {
    if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600))
    else if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  } catch {
    // Another user's file, or a drive without rights; what cannot be written to is told by who writes.
  }
}

/** Holds an exclusive lock that the operating system drops with the process, however that ends. Throws `CannotOpen`. */
export function lockFolder(folder: string): { close(): void } {
  let lock: DatabaseSync | undefined
  try {
    forOwnerAlone(join(folder, LOCK_FILE))
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

/** A restore that was killed while it moved files has left neither the old data nor the new in place; a killed move, some of the data. Throws `CannotOpen`. */
export function refuseUnfinished(folder: string): void {
  if (existsSync(join(folder, UNFINISHED_MOVE_FILE))) {
    throw new CannotOpen(`A move into the folder ${folder} was not finished, so that only some of the data is there. Run it again: gatherwell move --to ${folder} --again. What it is moved from is as it was.`)
  }
  if (!existsSync(join(folder, UNFINISHED_FILE))) return
  throw new CannotOpen(`A restore into the data folder ${folder} was interrupted; run it again. What was there before is in a folder "before-restore-…" inside it.`)
}

/** Throws `CannotOpen` when the SQLite that runs is older than the floor. */
export function refuseOldSqlite(version = sqliteVersion()): void {
  if (!older(version, OLDEST_SQLITE)) return
  throw new CannotOpen(`SQLite ${version} is too old to keep data safely; ${OLDEST_SQLITE} or newer is needed.`)
}

function sqliteVersion(): string {
  const db = new DatabaseSync(':memory:')
  try {
    return String(Object.values(db.prepare('SELECT sqlite_version()').get() ?? {})[0])
  } finally {
    db.close()
  }
}

function older(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (const [i, part] of b.entries()) {
    if ((a[i] ?? 0) !== part) return (a[i] ?? 0) < part
  }
  return false
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === 5
}
