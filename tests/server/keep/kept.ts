/** Data folders with something in them, and everything that a database file says. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Log } from '../../../server/log/port.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { anAppend, aSession, NOW } from '../log/samples.ts'

export interface Place {
  /** The data folder, not there yet. */
  data: string
  /** A folder for backups, not there yet. */
  backups: string
  at(name: string): string
  remove(): void
}

export function aPlace(): Place {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-keep-'))
  const at = (name: string) => join(above, name)
  return { data: at('data'), backups: at('backups'), at, remove: () => { rmSync(above, { recursive: true, force: true }) } }
}

/** Opens the log of a folder with two sessions in it, unless they are there. */
export async function aLog(folder: string, now: () => number = () => NOW): Promise<Log> {
  const log = await openSqliteLog({ folder, now })
  if ((await log.session('a')) !== undefined) return log
  await log.createSession(aSession('a'))
  await log.createSession(aSession('b'))
  await log.append(anAppend('a', 0, ['one', 'two', 'three'], { receipts: ['r1', 'r2'] }))
  await log.append(anAppend('b', 0, ['lone']))
  await log.setSetting('passphrase', 'a hash')
  return log
}

export const wordsOf = async (log: Log, session: string): Promise<string[]> => (await log.read(session)).map(({ data }) => data)

/** A clean folder of data, closed again. */
export async function filled(folder: string): Promise<void> {
  await (await aLog(folder)).close()
}

/** Every row of every table of a database file at rest, by table. */
export function rowsOf(file: string): Record<string, unknown[]> {
  const url = pathToFileURL(file)
  url.search = 'immutable=1'
  const db = new DatabaseSync(url, { readOnly: true })
  try {
    return everyRow(db)
  } finally {
    db.close()
  }
}

export function everyRow(db: DatabaseSync): Record<string, unknown[]> {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
  return Object.fromEntries(tables.map(({ name }) => [String(name), db.prepare(`SELECT * FROM ${String(name)} ORDER BY 1`).all()]))
}
