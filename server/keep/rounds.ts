/** One day's round through the backups of a folder: the drill, a new backup, and the old ones go. Runs in a thread or wherever it may take its time. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CannotOpen } from '../log/port.ts'
import { takeBackup } from './backup.ts'
import { LOW_SPACE_BYTES, sync } from './disk.ts'
import { CannotKeep } from './manifest.ts'
import { isDamaged, outdated, parseName } from './names.ts'
import { verify } from './verify.ts'

export interface Round {
  folder: string
  to: string
  kept: number
  /** Milliseconds since 1970. */
  now: number
}

export interface RoundDone {
  /** Name of the newest backup from before, if it can't be restored any more. */
  damaged?: string
  /** Why no new one could be made, as a sentence. */
  failed?: string
}

/** Between two daily backups, ms. */
const DAY = 24 * 60 * 60 * 1000

/** Names of the backups in a folder, oldest first. */
export function backupsIn(to: string): string[] {
  const time = (name: string) => parseName(name)?.at ?? 0
  const found = existsSync(to) ? readdirSync(to).filter((name) => parseName(name) !== undefined) : []
  return found.sort((a, b) => time(a) - time(b))
}

/** True when a daily backup is to be made. One from the future was made by a clock that was wrong, and counts for nothing. */
export function isDue(to: string, now: number): boolean {
  try {
    const sound = backupsIn(to).filter((name) => !isDamaged(name)).flatMap((name) => parseName(name) ?? [])
    return !sound.some(({ kind, at }) => kind === 'daily' && Math.abs(now - at) < DAY)
  } catch {
    // A folder that cannot be read: the round will say why.
    return true
  }
}

/** Never throws for what a drive may do: the answer says it. Old backups go only once a new one is there. */
export function round({ folder, to, kept, now }: Round): RoundDone {
  let damaged: RoundDone = {}
  try {
    damaged = existsSync(to) ? drill(to) : {}
    // What is free belongs to the people who write first.
    takeBackup({ folder, to, kind: 'daily', now, spare: LOW_SPACE_BYTES })
    for (const name of outdated(backupsIn(to), kept)) rmSync(join(to, name), { recursive: true, force: true })
    sync(to)
  } catch (error) {
    const why = error instanceof CannotKeep || error instanceof CannotOpen ? error.message : `The folder ${to} for backups cannot be used: ${(error as Error).message}.`
    return { ...damaged, failed: why }
  }
  return damaged
}

/** Reads the newest backup back; one that can't be restored any more must not be taken for a backup. */
function drill(to: string): RoundDone {
  const newest = backupsIn(to).filter((name) => !isDamaged(name)).at(-1)
  if (newest === undefined) return {}
  try {
    verify(join(to, newest))
    return {}
  } catch {
    renameSync(join(to, newest), join(to, `damaged-${newest}`))
    return { damaged: newest }
  }
}
