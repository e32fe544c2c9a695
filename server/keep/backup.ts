/**
 * Makes a backup of a data folder while a server may be writing to it.
 *
 * It reads the database as one more reader of the write-ahead log, in whichever process or thread it is called: the
 * running server's thread for the daily one, a command's own process for one that is asked for. That is what WAL is made
 * for on one machine: a reader sees one moment of the database, all that was committed before and nothing after, and
 * neither waits for the writer nor makes it wait. So there is no message to a server that may be hung or not be there,
 * no key to hold, and one way that is tested, not two. `VACUUM INTO` rather than SQLite's page copy: it never has to begin
 * again when somebody writes, and carries over rows only, no free pages in which a removed word could hide.
 * The reader is opened read-only, so that it can neither reset the log nor change anything, whatever happens to it. While
 * it reads, the checkpoint after an erasure waits (sqlite-batch.ts), some seconds at the most.
 * Files of a running server are opened by SQLite alone: a process that closes such a file by other means loses its locks.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { knownSchema } from '../log/migrations.ts'
import { freeNow, sync } from './disk.ts'
import { DATABASE_FILE, refuseOldSqlite, refuseUnfinished } from './folder.ts'
import { CannotKeep, writeManifest } from './manifest.ts'
import type { BackupKind, Manifest } from './manifest.ts'
import { nameOf } from './names.ts'
import { examine } from './verify.ts'

export interface Order {
  /** The data folder. */
  folder: string
  /** The folder in which the backup is to lie, as a folder of its own; made if it is not there. */
  to: string
  kind: BackupKind
  /** Milliseconds since 1970. */
  now: number
  /** Free bytes that must be left afterwards. */
  spare?: number
}

export interface Backup {
  path: string
  manifest: Manifest
}

/** Only a checkpoint at the very beginning of a server's life can hold a reader up. */
const READ_PATIENCE_MS = 10_000
/** A backup in the making that nobody has written to for so long was killed. */
const ABANDONED_MS = 6 * 60 * 60 * 1000
const IN_THE_MAKING = 'unfinished-'

/**
 * Takes a whole, verified, durable backup, and gives it its name only then. It holds everything that was acknowledged
 * before the call. Throws `CannotKeep` (also `CannotOpen`) with nothing left behind.
 */
export function takeBackup({ folder, to, kind, now, spare = 0 }: Order): Backup {
  const source = join(folder, DATABASE_FILE)
  refuseOldSqlite()
  refuseUnfinished(folder)
  if (!existsSync(source)) throw new CannotKeep(`There is nothing to back up: the folder ${folder} holds no data of Gatherwell.`)
  const aside = asideIn(to, now)
  try {
    if (freeNow(to) < statSync(source).size + spare) throw new CannotKeep(`There is too little free space in ${to} for a backup.`)
    const file = join(aside, DATABASE_FILE)
    copyOut(source, file)
    chmodSync(file, 0o600)
    sync(file)
    const manifest = writeManifest(aside, kind, now, examine(file))
    sync(aside)
    const path = freeName(to, now, kind)
    renameSync(aside, path)
    sync(to)
    return { path, manifest }
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (error instanceof CannotKeep) throw error
    throw new CannotKeep(`The backup could not be made in ${to}: ${(error as Error).message}.`)
  }
}

function copyOut(source: string, file: string): void {
  const db = new DatabaseSync(source, { readOnly: true, timeout: READ_PATIENCE_MS })
  try {
    const schema = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
    if (schema > knownSchema()) throw new CannotKeep('The data folder was written by a newer Gatherwell; make the backup with that version.')
    db.prepare('VACUUM INTO ?').run(file)
  } finally {
    db.close()
  }
}

/** A folder that nobody takes for a backup; those that were killed on their way are cleared. */
function asideIn(to: string, now: number): string {
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(to).filter((each) => each.startsWith(IN_THE_MAKING))) {
      if (now - statSync(join(to, name)).mtimeMs > ABANDONED_MS) rmSync(join(to, name), { recursive: true, force: true })
    }
    const aside = join(to, `${IN_THE_MAKING}${String(process.pid)}-${String(now)}`)
    mkdirSync(aside, { mode: 0o700 })
    return aside
  } catch (error) {
    throw new CannotKeep(`The folder ${to} for backups cannot be used: ${(error as Error).message}.`)
  }
}

function freeName(to: string, now: number, kind: BackupKind): string {
  for (let nth = 1; ; nth += 1) {
    const path = join(to, nameOf({ at: now, kind, nth }))
    if (!existsSync(path)) return path
  }
}
