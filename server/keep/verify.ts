/** Whether a backup can be restored: read to the last byte, never believed by its name. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { knownSchema } from '../log/migrations.ts'
import { DATABASE_FILE } from './folder.ts'
import { CannotKeep, hashFile, readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/** Answers the manifest of a sound backup that this program can read. Throws `CannotKeep` for any other. */
export function verify(backup: string): Manifest {
  const manifest = readManifest(backup)
  if (manifest.schema > knownSchema()) {
    throw new CannotKeep(`The backup ${backup} was made by a newer Gatherwell (${manifest.version}, schema ${String(manifest.schema)}; this one knows ${String(knownSchema())}); use that version.`)
  }
  const file = join(backup, DATABASE_FILE)
  if (!existsSync(file)) throw new CannotKeep(`The backup ${backup} is not whole: ${DATABASE_FILE} is missing.`)
  const { sha256, bytes } = hashFile(file)
  if (bytes !== manifest.bytes) throw new CannotKeep(`The backup ${backup} is not whole: ${DATABASE_FILE} has ${String(bytes)} bytes instead of ${String(manifest.bytes)}.`)
  if (sha256 !== manifest.sha256) throw new CannotKeep(`The backup ${backup} is damaged: ${DATABASE_FILE} is not as it was written.`)
  const { schema, sessions, events } = examine(file)
  if (schema !== manifest.schema || sessions !== manifest.sessions || events !== manifest.events) {
    throw new CannotKeep(`The backup ${backup} is damaged: it does not hold what its manifest says.`)
  }
  return manifest
}

/** What a database file at rest holds. Throws `CannotKeep` when SQLite finds it broken. Nothing is written beside it. */
export function examine(file: string): Pick<Manifest, 'schema' | 'sessions' | 'events'> {
  const url = pathToFileURL(file)
  // Nobody else writes it, and SQLite need make no files of its own there: a backup may lie on a drive that is read-only.
  url.search = 'immutable=1'
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(url, { readOnly: true })
    const trouble = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']
    if (trouble !== 'ok') throw new Error(String(trouble))
    return contents(db)
  } catch (error) {
    throw new CannotKeep(`The database ${file} is damaged: ${(error as Error).message}.`)
  } finally {
    db?.close()
  }
}

function contents(db: DatabaseSync): Pick<Manifest, 'schema' | 'sessions' | 'events'> {
  const number = (sql: string) => Number(Object.values(db.prepare(sql).get() ?? {})[0])
  const logs = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'log_[0-9]*'").all()
  return {
    schema: number('PRAGMA user_version'),
    sessions: number('SELECT count(*) FROM sessions'),
    events: logs.reduce((sum, { name }) => sum + number(`SELECT count(*) FROM ${String(name)}`), 0),
  }
}
