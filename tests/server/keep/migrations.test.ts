import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { verify } from '../../../server/keep/verify.ts'
import { MIGRATIONS, readMigrations } from '../../../server/log/migrations.ts'
import { migrate, openDatabase } from '../../../server/log/sqlite-open.ts'
import { until } from '../../support/until.ts'
import { NOW } from '../log/samples.ts'
import { aPlace, everyRow } from './kept.ts'
import type { Place } from './kept.ts'

const MIGRATOR = new URL('./migrator.ts', import.meta.url).pathname
const released = readMigrations(MIGRATIONS)
const ROWS = 40
/** How often each of the two ways of killing is tried. */
const KILLS = 8

/** Three steps that may come after the released ones: a column with work on every row, a table made anew, an index and one gone. */
const NEXT = [
  `SELECT step(); ALTER TABLE sessions ADD COLUMN colour TEXT; SELECT step();
   UPDATE sessions SET colour = 'red' || step(); UPDATE log_1 SET data = data || '!' || step(); SELECT step();`,
  `CREATE TABLE settings_new (name TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER) STRICT; SELECT step();
   INSERT INTO settings_new SELECT name, value || step(), 0 FROM settings; SELECT step(); DROP TABLE settings; SELECT step();
   ALTER TABLE settings_new RENAME TO settings; SELECT step();`,
  `CREATE INDEX log_1_by_step ON log_1 (step); SELECT step(); DELETE FROM spent_codes; SELECT step(); DROP TABLE spent_codes; SELECT step();`,
]

let place: Place
let migrations: string
beforeEach(() => {
  place = aPlace()
  migrations = place.at('migrations')
})
afterEach(() => { place.remove() })

/** A folder of migrations: the released ones up to `upTo`, then `more`. */
function written(upTo: number, more: readonly string[] = []): string {
  rmSync(migrations, { recursive: true, force: true })
  mkdirSync(migrations)
  ;[...released.slice(0, upTo), ...more].forEach((sql, i) => { writeFileSync(join(migrations, `${String(i + 1).padStart(3, '0')}-x.sql`), sql) })
  return migrations
}

/** What a server of schema `version` left behind, with something in every table. */
function fixture(version: number, rows = ROWS): void {
  mkdirSync(place.data, { recursive: true })
  const db = open()
  db.exec('PRAGMA journal_mode = wal')
  migrate(db, released.slice(0, version))
  db.exec('BEGIN')
  for (const number of [1, 2]) {
    const id = `session ${String(number)}`
    db.prepare("INSERT INTO sessions (id, number, code, join_token, title, phase, created_at) VALUES (?, ?, ?, ?, 'A title', 'live', 1)").run(id, number, `1234567${String(number)}`, `token ${String(number)}`)
    db.exec(`CREATE TABLE log_${String(number)} (seq INTEGER PRIMARY KEY CHECK (seq > 0), at INTEGER NOT NULL, step TEXT, data TEXT NOT NULL) STRICT`)
    db.exec(`CREATE TABLE receipts_${String(number)} (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`)
    db.prepare("INSERT INTO keys (hash, role, session, handle, created_at) VALUES (?, 'screen', ?, ?, 1)").run(`hash ${String(number)}`, id, `handle ${String(number)}`)
  }
  const add = db.prepare("INSERT INTO log_1 (seq, at, step, data) VALUES (?, 1, 'a step', ?)")
  for (let seq = 1; seq <= rows; seq += 1) add.run(seq, `{"text":"word ${String(seq)}"}`)
  db.exec("INSERT INTO settings (name, value) VALUES ('passphrase', 'x'), ('origin', 'y'); INSERT INTO spent_codes (code, spent_at) VALUES (5, 1), (6, 2)")
  db.exec('COMMIT')
  db.close()
}

const open = () => new DatabaseSync(join(place.data, 'gatherwell.sqlite'))

interface Seen {
  version: unknown
  rows: Record<string, unknown[]>
  schema: unknown[]
}

/** Everything in the folder's database, as whoever comes next sees it; it must be whole. */
function seen(): Seen {
  const db = open()
  try {
    expect(db.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }])
    return { version: db.prepare('PRAGMA user_version').get()?.['user_version'], rows: shortened(everyRow(db)), schema: db.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all() }
  } finally {
    db.close()
  }
}

/** Thousands of rows are compared by their number and a hash: a test would spend its time on reading them out. */
function shortened(tables: Record<string, unknown[]>): Record<string, unknown[]> {
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length < 1000 ? rows : [rows.length, createHash('sha256').update(JSON.stringify(rows)).digest('hex')]]))
}

/** The same folder's state when nobody is killed: what "the new" is. */
function finished(sql: readonly string[]): Seen {
  const db = open()
  db.function('step', () => '')
  migrate(db, sql)
  db.close()
  return seen()
}

test.each(released.map((_sql, i) => i + 1))('F50 data of schema %i opens with this program, with nothing lost', (version) => {
  fixture(version)
  const before = seen()
  openDatabase(place.data, { now: NOW }).close()
  const after = seen()
  expect(after.version).toBe(released.length)
  for (const [table, rows] of Object.entries(before.rows)) {
    if (after.rows[table] !== undefined) expect(after.rows[table]).toMatchObject(rows)
  }
  expect(after.rows['log_1']).toHaveLength(ROWS)
})

describe('a migration', () => {
  test('F50 a migration killed at any step of it leaves the old, and goes through when it is begun again', () => {
    const sql = [...released, ...NEXT]
    written(released.length, NEXT)
    fixture(released.length)
    const old = seen()
    cpSync(place.data, place.at('old'), { recursive: true })
    const anew = finished(sql)
    expect(anew.version).toBe(released.length + NEXT.length)
    expect(anew).not.toEqual(old)
    const steps = countSteps(sql)
    // Every place between statements has its own number; of the rows within one, some do.
    const points = Array.from({ length: KILLS }, (_, i) => 1 + Math.round((i * (steps - 1)) / (KILLS - 1)))
    for (const point of points) {
      back('old')
      const { signal } = spawnSync(process.execPath, [MIGRATOR, place.data, migrations, String(point)])
      expect(signal, `step ${String(point)}`).toBe('SIGKILL')
      expect(seen(), `step ${String(point)}`).toEqual(old)
      expect(finished(sql), `step ${String(point)}`).toEqual(anew)
    }
  }, 30_000)

  test('F50 a migration killed at any moment, its backup and its commit included, leaves the old or the new, and every backup there is whole', async () => {
    const plain = NEXT.map((sql) => sql.replaceAll(/SELECT step\(\);/g, '').replaceAll(/ \|\| step\(\)/g, ''))
    written(released.length, plain)
    fixture(released.length, 10_000)
    const old = seen()
    cpSync(place.data, place.at('old'), { recursive: true })
    const anew = finished([...released, ...plain])
    const dice = random('migrations')
    for (let round = 0; round < KILLS; round += 1) {
      back('old')
      const child = spawn(process.execPath, [MIGRATOR, place.data, migrations], { stdio: ['ignore', 'pipe', 'inherit'] })
      const gone = once(child, 'exit')
      await once(child.stdout, 'data')
      child.stdout.resume()
      setTimeout(() => child.kill('SIGKILL'), dice.below(120))
      await gone
      const now = seen()
      expect([old, anew]).toContainEqual(now)
      const backups = existsSync(join(place.data, 'backups')) ? readdirSync(join(place.data, 'backups')).filter((name) => name.startsWith('gatherwell-')) : []
      if (now.version === anew.version) expect(backups).toHaveLength(1)
      for (const name of backups) verify(join(place.data, 'backups', name))
      openDatabase(place.data, { migrations }).close()
      expect(seen()).toEqual(anew)
    }
  }, 60_000)

  test('F50 a migration makes a backup first, and none where there is nothing to migrate', () => {
    fixture(released.length)
    openDatabase(place.data, { backups: place.backups, now: NOW }).close()
    expect(existsSync(place.backups)).toBe(false)
    written(released.length, ['CREATE TABLE more (x)'])
    openDatabase(place.data, { backups: place.backups, now: NOW, migrations }).close()
    expect(readdirSync(place.backups)).toEqual(['gatherwell-2027-01-15T08-00-00Z-migration'])
    expect(verify(join(place.backups, 'gatherwell-2027-01-15T08-00-00Z-migration'))).toMatchObject({ schema: released.length, sessions: 2, events: ROWS })
  })

  test('F50 a migration is not begun when the backup cannot be made, and says so', () => {
    fixture(released.length)
    const before = seen()
    writeFileSync(place.backups, 'a file in the way')
    written(released.length, ['CREATE TABLE more (x)'])
    expect(() => openDatabase(place.data, { backups: place.backups, now: NOW, migrations })).toThrow('The data has to be brought up to date, and a backup comes first, which failed: The folder')
    expect(seen()).toEqual(before)
  })

  test('F50 a migration that fails changes nothing, says so, and the program from before still opens the data', () => {
    fixture(released.length)
    const before = seen()
    written(released.length, ['CREATE TABLE more (x)', 'UPDATE log_1 SET data = NULL'])
    expect(() => openDatabase(place.data, { migrations, now: NOW })).toThrow(/The data could not be brought up to date: .* Nothing was changed\./)
    expect(seen()).toEqual(before)
    openDatabase(place.data, { now: NOW }).close()
  })

  test.runIf(process.platform === 'linux')('F50 F19 a migration on a full drive leaves the old, says so, and goes through when there is room', async () => {
    fixture(released.length, 6_000)
    const old = seen()
    written(released.length, ["UPDATE log_1 SET data = data || ' and much more than there was before, on every row of the whole table'"])
    // A limit on the size of files stands in for the drive: the backup still fits, what the migration writes does not.
    const limited = `ulimit -S -f 400; exec "${process.execPath}" "${MIGRATOR}" "${place.data}" "${migrations}"`
    const child = spawn('bash', ['-c', limited], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk) => (said += String(chunk)))
    await once(child, 'close')
    expect(said).toMatch(/CannotOpen: The data could not be brought up to date: .* Nothing was changed\./)
    expect(seen()).toEqual(old)
    openDatabase(place.data, { migrations }).close()
    expect(seen().version).toBe(released.length + 1)
    await until(() => readdirSync(join(place.data, 'backups')).length === 2)
  })

  test('F50 data that an older program meets is refused with a sentence, and nothing is changed', () => {
    written(released.length, ['CREATE TABLE more (x)'])
    fixture(released.length)
    openDatabase(place.data, { migrations, now: NOW }).close()
    const before = readFileSync(join(place.data, 'gatherwell.sqlite'))
    expect(() => openDatabase(place.data)).toThrow(`The data folder was written by a newer Gatherwell (schema ${String(released.length + 1)}, this one knows ${String(released.length)}); start that version instead.`)
    expect(readFileSync(join(place.data, 'gatherwell.sqlite')).equals(before)).toBe(true)
  })
})

/** The data folder becomes what it was when it was put by. */
function back(from: string): void {
  rmSync(place.data, { recursive: true, force: true })
  mkdirSync(place.data)
  for (const name of readdirSync(place.at(from))) copyFileSync(join(place.at(from), name), join(place.data, name))
}

function countSteps(sql: readonly string[]): number {
  back('old')
  let steps = 0
  const db = open()
  db.function('step', () => {
    steps += 1
    return ''
  })
  migrate(db, sql)
  db.close()
  return steps
}
