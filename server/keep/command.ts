/** The command: `gatherwell backup | restore | verify` (and `move`: move-command.ts). Answers what to print; every trouble is a sentence. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { takeBackup } from './backup.ts'
import type { Manifest } from './manifest.ts'
import { restore } from './restore.ts'
import { verify } from './verify.ts'

export interface Places {
  /** A PostgreSQL keeps the data: the data folder holds nothing to back up. */
  inDatabase?: boolean
  dataDir: string
  backupDir: string
  /** Where paths in the arguments begin. */
  from: string
}

/** A command that cannot be understood; the message is how to use it. */
export class BadCommand extends Error {
  override name = 'BadCommand'
}

export const USAGE = `Use:
  gatherwell backup [--to folder]               a backup, also while the server runs
  gatherwell verify <backup>                    whether a backup is whole
  gatherwell restore <backup> [--data folder]   puts a backup in place of the data; stop the server first
  gatherwell move --to <folder or postgres://…> [--again]
                                                everything, from a folder to a database or back; stop all servers first

DATA_DIR, BACKUP_DIR and DATABASE_URL say where the data and its backups are, as for the server.`

const IN_DATABASE = `DATABASE_URL says that the data is kept in PostgreSQL. Back it up with pg_dump, or with what your database host offers; or stop the
servers and move it to a fresh folder (gatherwell move --to <folder>), which is a backup that any machine can read`

/** Runs one command. `now` is milliseconds since 1970. Throws `BadCommand`, `CannotKeep` or `CannotOpen`. */
export function runCommand(args: readonly string[], { dataDir, backupDir, from, inDatabase = false }: Places, now: number): string {
  const [name, ...rest] = args
  switch (name) {
    case 'backup': {
      const { to } = read(rest, ['to'], 0).values
      if (inDatabase) throw new BadCommand(`${IN_DATABASE}.`)
      const { path, manifest } = takeBackup({ folder: dataDir, to: resolve(from, to ?? backupDir), kind: 'asked', now })
      return `Backup made and verified: ${path}\n  ${about(manifest)}`
    }
    case 'verify': {
      const [backup = ''] = read(rest, [], 1).positionals
      const path = resolve(from, backup)
      return `The backup is whole: ${path}\n  ${about(verify(path))}`
    }
    case 'restore': {
      const { values, positionals: [backup = ''] } = read(rest, ['data'], 1)
      if (inDatabase && values.data === undefined) {
        throw new BadCommand(`${IN_DATABASE}.\nTo put such a folder, or a backup of one, into an empty database: unset DATABASE_URL, and DATA_DIR=<folder> gatherwell move --to <database>.`)
      }
      const folder = resolve(from, values.data ?? dataDir)
      const { manifest, aside } = restore(resolve(from, backup), folder, now)
      const former = aside === undefined ? '' : `\n  What was there before is in ${aside}; delete it when you need it no more.`
      return `Restored into ${folder}\n  ${about(manifest)}${former}`
    }
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return USAGE
    default:
      throw new BadCommand(`There is no command "${name}".\n\n${USAGE}`)
  }
}

function read(args: string[], options: readonly string[], positionals: number) {
  try {
    const known = Object.fromEntries(options.map((option) => [option, { type: 'string' as const }]))
    const parsed = parseArgs({ args, options: known, allowPositionals: positionals > 0 })
    const found: string[] = parsed.positionals
    if (found.length !== positionals || found.includes('')) throw new Error('Name one backup')
    return { values: parsed.values as Record<string, string | undefined>, positionals: found }
  } catch (error) {
    throw new BadCommand(`${(error as Error).message}.\n\n${USAGE}`)
  }
}

function about({ madeAt, version, bytes, sessions, events }: Manifest): string {
  return `made ${madeAt} by version ${version}: ${String(sessions)} sessions, ${String(events)} events, ${String(bytes)} bytes`
}
