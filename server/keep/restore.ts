/**
 * Puts a backup in the place of the data. What was there is moved aside, never overwritten. A mark in the folder while files
 * move keeps a server from starting on something between: with neither database in place it would begin an empty one.
 */
import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freeNow, sync } from './disk.ts'
import { DATABASE_FILE, lockFolder, makeFolder, refuseOldSqlite, UNFINISHED_FILE } from './folder.ts'
import { CannotKeep, hashFile } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { verify } from './verify.ts'

export interface Restored {
  manifest: Manifest
  /** Where the former data is now, if there was any. */
  aside?: string
}

/** The log of what is not yet in the database, and its index, belong to the one database that they were written for. */
const BESIDE = ['', '-wal', '-shm', '-journal']

/**
 * Verifies the backup, then makes it the data of `folder`, which is made if it is not there. `now` is milliseconds since
 * 1970. Throws `CannotKeep` for a backup that is not sound, `CannotOpen` for a folder that a server uses.
 */
export function restore(backup: string, folder: string, now: number): Restored {
  refuseOldSqlite()
  const manifest = verify(backup)
  makeFolder(folder)
  const lock = lockFolder(folder)
  try {
    const fresh = copyIn(backup, manifest, folder)
    const aside = moveAside(folder, now)
    renameSync(fresh, join(folder, DATABASE_FILE))
    sync(folder)
    rmSync(join(folder, UNFINISHED_FILE), { force: true })
    sync(folder)
    return aside === undefined ? { manifest } : { manifest, aside }
  } finally {
    lock.close()
  }
}

/** What lies on the drive is what counts: the copy is held against the manifest, not the file that it was made from. */
function copyIn(backup: string, manifest: Manifest, folder: string): string {
  const fresh = join(folder, 'restoring.sqlite')
  try {
    if (freeNow(folder) < manifest.bytes) throw new CannotKeep(`There is too little free space in ${folder} for the ${String(manifest.bytes)} bytes of the backup.`)
    copyFileSync(join(backup, DATABASE_FILE), fresh, constants.COPYFILE_FICLONE)
    sync(fresh)
    if (hashFile(fresh).sha256 !== manifest.sha256) throw new CannotKeep(`The backup ${backup} changed while it was copied; nothing was restored.`)
    return fresh
  } catch (error) {
    rmSync(fresh, { force: true })
    if (error instanceof CannotKeep) throw error
    throw new CannotKeep(`The backup could not be copied into ${folder}: ${(error as Error).message}.`)
  }
}

function moveAside(folder: string, now: number): string | undefined {
  const there = BESIDE.map((end) => DATABASE_FILE + end).filter((name) => existsSync(join(folder, name)))
  if (there.length === 0) return undefined
  let aside = join(folder, `before-restore-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z`)
  while (existsSync(aside)) aside += '-again'
  mkdirSync(aside, { mode: 0o700 })
  writeFileSync(join(folder, UNFINISHED_FILE), `${JSON.stringify({ aside })}\n`, { mode: 0o600, flush: true })
  sync(folder)
  for (const name of there) renameSync(join(folder, name), join(aside, name))
  sync(aside)
  return aside
}
