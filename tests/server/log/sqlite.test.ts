import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CannotOpen } from '../../../server/log/port.ts'
import { readMigrations } from '../../../server/log/migrations.ts'
import { migrate } from '../../../server/log/sqlite-open.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { logContract } from './contract.ts'
import { anAppend, aSession } from './samples.ts'
import { aFolder } from './folder.ts'
import type { Folder } from './folder.ts'

logContract('SQLite', async (now) => {
  const folder = aFolder()
  let log = await openSqliteLog({ folder: folder.path, now })
  return {
    log,
    async reopen() {
      await log.close()
      log = await openSqliteLog({ folder: folder.path, now })
      return log
    },
    async close() {
      await log.close()
      folder.remove()
    },
  }
})

describe('the data folder', () => {
  let folder: Folder
  beforeEach(() => { folder = aFolder() })
  afterEach(() => { folder.remove() })
  const file = () => join(folder.path, 'gatherwell.sqlite')

  test('is made for its owner alone', async () => {
    const log = await openSqliteLog({ folder: join(folder.path, 'deeper') })
    expect(statSync(join(folder.path, 'deeper')).mode & 0o777).toBe(0o700)
    await log.close()
  })

  test('F54 that others may look into shows them no file, whether it is new or was there before', async () => {
    mkdirSync(folder.path, { mode: 0o755 })
    const modes = () => Object.fromEntries(readdirSync(folder.path).map((name) => [name, (statSync(join(folder.path, name)).mode & 0o777).toString(8)]))
    for (let start = 0; start < 2; start += 1) {
      const log = await openSqliteLog({ folder: folder.path })
      await log.setSetting('some', 'words')
      expect(Object.keys(modes())).toContain('gatherwell.sqlite-wal')
      expect(new Set(Object.values(modes()))).toEqual(new Set(['600']))
      await log.close()
      for (const name of readdirSync(folder.path)) chmodSync(join(folder.path, name), 0o644)
    }
  })

  test('F49 belongs to one server at a time, and to the next when that has gone', async () => {
    const first = await openSqliteLog({ folder: folder.path })
    const second = openSqliteLog({ folder: folder.path })
    await expect(second).rejects.toBeInstanceOf(CannotOpen)
    await expect(second).rejects.toThrow('Another Gatherwell is already running')
    await first.healthy()
    await first.close()
    await (await openSqliteLog({ folder: folder.path })).close()
  })

  test('F50 of a newer version is refused, and left as it is', async () => {
    await (await openSqliteLog({ folder: folder.path })).close()
    const db = new DatabaseSync(file())
    db.exec('PRAGMA user_version = 99')
    db.close()
    const before = readFileSync(file())
    await expect(openSqliteLog({ folder: folder.path })).rejects.toThrow('written by a newer Gatherwell')
    expect(readFileSync(file()).equals(before)).toBe(true)
  })

  test('with a file that is no database is refused with a sentence that names it', async () => {
    mkdirSync(folder.path)
    writeFileSync(file(), 'these are not the bytes of a database, '.repeat(40))
    await expect(openSqliteLog({ folder: folder.path })).rejects.toThrow(`The database in ${folder.path} cannot be opened`)
  })

  test('that cannot be made is refused with a sentence that names it', async () => {
    writeFileSync(folder.path, 'a file where the folder should be')
    await expect(openSqliteLog({ folder: join(folder.path, 'data') })).rejects.toThrow(`The data folder ${folder.path}/data cannot be`)
  })
})

describe('group commit', () => {
  /** Transactions that the write-ahead log holds: of each, the last frame carries the size of the database. */
  function transactions(folder: string): number {
    const name = readdirSync(folder).find((each) => each.endsWith('.sqlite-wal')) ?? ''
    const wal = readFileSync(join(folder, name))
    const frame = 24 + wal.readUInt32BE(8)
    let count = 0
    for (let at = 32; at + frame <= wal.length; at += frame) {
      if (wal.readUInt32BE(at + 4) !== 0) count += 1
    }
    return count
  }

  test('what one turn appends shares one transaction', async () => {
    const folder = aFolder()
    const log = await openSqliteLog({ folder: folder.path })
    const ids = Array.from({ length: 40 }, (_, i) => `s${String(i)}`)
    await Promise.all(ids.map((id) => log.createSession(aSession(id, { code: id }))))
    const before = transactions(folder.path)
    await Promise.all(ids.map((id) => log.append(anAppend(id, 0, ['word']))))
    expect(transactions(folder.path) - before).toBe(1)
    await log.append(anAppend('s0', 1, ['alone']))
    expect(transactions(folder.path) - before).toBe(2)
    await log.close()
    folder.remove()
  })
})

describe('migrations', () => {
  const version = (db: DatabaseSync) => db.prepare('PRAGMA user_version').get()?.['user_version']

  test('each is applied once, in order', () => {
    const db = new DatabaseSync(':memory:')
    migrate(db, ['CREATE TABLE a (x)'])
    migrate(db, ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y'])
    expect(version(db)).toBe(2)
    db.exec('INSERT INTO a (x, y) VALUES (1, 2)')
    db.close()
  })

  test('F50 one that fails leaves nothing of itself, nor of those before it', () => {
    const db = new DatabaseSync(':memory:')
    migrate(db, ['CREATE TABLE old (x)'])
    expect(() => { migrate(db, ['CREATE TABLE old (x)', 'CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)']) }).toThrow('already exists')
    expect(version(db)).toBe(1)
    expect(db.prepare('SELECT name FROM sqlite_master').all().map(({ name }) => name)).toEqual(['old'])
    db.close()
  })

  test('have numbers without a gap', () => {
    const folder = aFolder()
    mkdirSync(folder.path)
    writeFileSync(join(folder.path, '001-one.sql'), 'one')
    writeFileSync(join(folder.path, '002-two.sql'), 'two')
    expect(readMigrations(folder.path)).toEqual(['one', 'two'])
    writeFileSync(join(folder.path, '004-four.sql'), 'four')
    expect(() => readMigrations(folder.path)).toThrow('should have number 3')
    folder.remove()
  })
})
