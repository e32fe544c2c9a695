/** Moving between a data folder and a real PostgreSQL: everything, nothing else, or a refusal. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BadCommand, runCommand, USAGE } from '../../../server/keep/command.ts'
import { CannotKeep } from '../../../server/keep/manifest.ts'
import { moveCommand, type MovePlaces, type Where } from '../../../server/keep/move-command.ts'
import { CannotOpen } from '../../../server/log/port.ts'
import { prepare } from '../../../server/log/postgres-open.ts'
import { fillPostgresShelf, openPostgresShelf } from '../../../server/log/postgres-shelf.ts'
import { openPostgresLog } from '../../../server/log/postgres.ts'
import { OF_SESSION, TABLES, type NewShelf } from '../../../server/log/shelf.ts'
import { fillSqliteShelf, openSqliteShelf } from '../../../server/log/sqlite-shelf.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { NOW } from '../log/samples.ts'
import { aPlace, filled, wordsOf, type Place } from './kept.ts'
import { byTable, columnsOf, contentsOf, fill, sessions, type Column, type Drawn } from './moving.ts'

const open = async (where: Where) => ('folder' in where ? openSqliteShelf(where.folder) : openPostgresShelf(where.url))
const fillShelf = async (where: Where, again: boolean) => ('folder' in where ? fillSqliteShelf(where.folder, again) : fillPostgresShelf(where.url, again))
const DRAWN: Drawn[] = [{ title: '☔', phase: 'live', held: true, events: [{ at: 1, said: '\0\ud800', long: true, step: 'step' }], receipts: 2, fate: 'link revoked', people: ['Ann', 'Bo'] }]

describe.skipIf(whyNoPostgres() !== undefined)('moving', () => {
  let cluster: Cluster
  let database: Database
  let place: Place
  beforeAll(async () => { cluster = await startPostgres({ max_connections: '60' }) })
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    database = await cluster.database(async (url) => void (await prepare(url)))
    place = aPlace()
  })
  afterEach(() => { place.remove() })

  const move = (source: Where, to: string, more: Partial<MovePlaces> & { again?: boolean } = {}) =>
    moveCommand(['--to', to, ...(more.again === true ? ['--again'] : [])], { source, from: place.at(''), open, fill: fillShelf, ...more }, NOW)
  const refused = async (work: Promise<unknown>, sentence: string, kind: new (message: string) => Error = CannotOpen) => {
    const error: unknown = await work.then(() => undefined, (reason: unknown) => reason)
    expect(error).toBeInstanceOf(kind)
    expect((error as Error).message).toContain(sentence)
  }
  const data = (): Where => ({ folder: place.data })
  const theDatabase = (): Where => ({ url: database.url })
  const servesDatabase = async ({ url } = database) => (await openPostgresLog({ url, now: () => NOW })).log

  test('F48 carries every row to PostgreSQL and back as it was, whatever people wrote and did, and leaves what it is moved from untouched', async () => {
    await fc.assert(
      fc.asyncProperty(sessions, async (drawn) => {
        const [here, { url }, back] = [aPlace(), await cluster.database(), aPlace()]
        await fill(here.data, drawn)
        const [before, file] = [contentsOf(here.data), () => createHash('sha256').update(readFileSync(join(here.data, 'gatherwell.sqlite'))).digest('hex')]
        const was = file()
        const said = await move({ folder: here.data }, url)
        expect(said).toContain(`${String(drawn.length + 1)} sessions, `)
        expect(said).toContain(`${String(drawn.reduce((sum, { people }) => sum + people.length, 0))} keys of people`)
        expect(file()).toBe(was)
        await move({ url }, back.data)
        expect(contentsOf(back.data)).toEqual(before)
        for (const each of [here, back]) each.remove()
      }),
      { numRuns: 3, seed: 4_221 },
    )
  }, 120_000)

  test('knows every table and column that there is, in both; a new one has to be moved, or said to be the adapter’s own', async () => {
    await fill(place.data, DRAWN)
    await move(data(), database.url)
    const moved = Object.fromEntries(Object.entries({ ...TABLES, log_n: OF_SESSION.log, receipts_n: OF_SESSION.receipts }).map(([table, columns]) => [table, [...columns].sort()]))
    expect(columnsOf(place.data)).toEqual({ ...moved, sessions: [...moved['sessions'] ?? [], 'number'].sort() })
    const inPostgres = byTable((await cluster.ask(`SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = 'public'`, database.name)) as unknown as Column[])
    expect(inPostgres).toEqual({ ...moved, heads: ['edition', 'number', 'seq', 'session'], owed: ['since', 'what'], schema_numbers: ['least', 'number'] })
    // And the samples use all of them: no column could be lost unseen.
    const contents = contentsOf(place.data)
    for (const [table, columns] of Object.entries({ ...TABLES, 'log of s0': OF_SESSION.log, 'receipts of s0': OF_SESSION.receipts })) {
      for (const column of columns) expect((contents[table] as Record<string, unknown>[]).some((row) => row[column] !== null), `${table}.${column}`).toBe(true)
    }
  })

  test('F48 what was moved to a folder is a backup until a server works on it, and can be restored', async () => {
    await filled(place.data)
    await move(data(), database.url)
    await move(theDatabase(), place.at('usb'))
    const inDatabase = (...args: string[]) => runCommand(args, { dataDir: place.data, backupDir: place.backups, from: place.at(''), inDatabase: true }, NOW)
    expect(inDatabase('verify', 'usb')).toContain('made 2027-01-15T08:00:00.000Z by version')
    expect(inDatabase('restore', 'usb', '--data', 'restored')).toContain('2 sessions, 4 events')
    for (const folder of ['restored', 'usb']) {
      const log = await openSqliteLog({ folder: place.at(folder), now: () => NOW })
      expect(await wordsOf(log, 'a')).toEqual(['one', 'two', 'three'])
      await log.close()
    }
    expect(() => inDatabase('verify', 'usb')).toThrow('is not a backup')
    for (const wrong of [['backup'], ['restore', 'usb']]) {
      expect(() => inDatabase(...wrong)).toThrow(BadCommand)
      for (const way of ['pg_dump', 'gatherwell move --to <folder>']) expect(() => inDatabase(...wrong)).toThrow(way)
    }
  })

  test('F49 is refused while servers are at work on either side, and keeps them out while it goes on', async () => {
    await filled(place.data)
    const onFolder = await openSqliteLog({ folder: place.data })
    await refused(move(data(), database.url), 'Another Gatherwell is already running')
    await onFolder.close()
    const onDatabase = await servesDatabase()
    await Promise.all([
      refused(move(data(), database.url), `Servers are at work on the database ${database.name} at 127.0.0.1:${String(cluster.port)}`),
      refused(move(theDatabase(), 'usb'), 'stop them first, all of them'),
    ])
    expect(existsSync(place.at('usb'))).toBe(false)
    await onDatabase.close()

    const writes = () => cluster.ask(`SET lock_timeout = 50; INSERT INTO settings (name, value) VALUES ('x', 'y')`, database.name)
    const unused = await cluster.database()
    const into = await fillPostgresShelf(unused.url, false)
    await refused(servesDatabase(unused), 'is being moved into or out of this database now')
    await into.finish(NOW)
    await into.close()
    const outOf = await openPostgresShelf(database.url)
    await refused(servesDatabase(), 'is being moved into or out of this database now')
    // Also whoever is no server, or one that lost its connection and does not know it yet.
    await expect(writes()).rejects.toThrow('lock timeout')
    await outOf.close()
    await (await servesDatabase()).close()
  })

  test('is refused with a sentence where there is something already, or nothing', async () => {
    await filled(place.data)
    await move(data(), database.url)
    await refused(move(data(), database.url), `There is something in the database ${database.name}`)
    mkdirSync(place.at('home'))
    writeFileSync(place.at('home/letter'), 'dear')
    await refused(move(theDatabase(), 'home'), `There is something in the folder ${place.at('home')} already`)
    expect(readdirSync(place.at('home')).filter((name) => !name.startsWith('lock'))).toEqual(['letter'])
    await refused(move({ folder: place.at('nowhere') }, 'usb'), `There is nothing to move: the folder ${place.at('nowhere')} holds no data`)
    expect(existsSync(place.at('nowhere'))).toBe(false)
    await refused(move(data(), cluster.url('nowhere')), `There is no database nowhere at 127.0.0.1:${String(cluster.port)}`)
    await refused(move({ url: cluster.url('postgres') }, 'usb'), 'There is nothing to move')
    for (const [wrong, why] of [[data(), place.data], [theDatabase(), database.url]] as const) await refused(move(wrong, why), 'That is where the data is', BadCommand)
    for (const wrong of ['mysql://root:hush@host/x', 'postgres://gatherwell:hush@host']) {
      await refused(move(data(), wrong), 'neither a folder nor postgres://', BadCommand)
      await move(data(), wrong).catch((error: Error) => expect(error.message).not.toContain('hush'))
    }
    const places = { source: data(), from: '', open, fill: fillShelf }
    for (const wrong of [[], ['--to'], ['--to', ''], ['usb'], ['--to', 'usb', 'x'], ['--onto', 'usb']]) await refused(moveCommand(wrong, places, NOW), USAGE, BadCommand)
  })

  test.each([['older', 1], ['newer', 99]])('is refused for data of a version that is %s, which is not changed', async (age, schema) => {
    await filled(place.data)
    await move(data(), database.url)
    cpSync(place.data, place.at('other'), { recursive: true })
    const db = new DatabaseSync(join(place.at('other'), 'gatherwell.sqlite'))
    db.exec(`PRAGMA user_version = ${String(schema)}`)
    db.close()
    await refused(move({ folder: place.at('other') }, 'usb'), `is of a${age === 'older' ? 'n older' : ' newer'} Gatherwell`)
    if (age === 'older') return
    await cluster.ask('INSERT INTO schema_numbers (number, least) VALUES (99, 1)', database.name)
    await refused(move(theDatabase(), 'usb'), 'is of a newer Gatherwell')
  })

  test('tells when something did not come over, or somebody may have written meanwhile, and gives nobody the result', async () => {
    await fill(place.data, DRAWN)
    const losing = (loses: (target: NewShelf) => Partial<NewShelf>) => ({ fill: async (where: Where, again: boolean) => { const target = await fillShelf(where, again); return { ...target, ...loses(target) } } })
    const nowhere = losing(({ add }) => ({ add: (table, rows) => add(table, table === 'keys' ? rows.slice(1) : rows) }))
    await refused(move(data(), database.url, nowhere), `The table keys in the database ${database.name}`, CannotKeep)
    await refused(servesDatabase(), 'A move into this database was not finished')
    const shorter = losing(({ addSession }) => ({ addSession: (row, log, receipts) => addSession(row, (async function* () { for await (const rows of log) yield rows.slice(0, -1) })(), receipts) }))
    await refused(move(data(), database.url, { ...shorter, again: true }), 'The session ', CannotKeep)
    const cut = losing(({ addSession }) => ({
      async addSession(...session) {
        await addSession(...session)
        await cluster.ask(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = '${database.name}')`)
      },
    }))
    await refused(move(data(), database.url, { ...cut, again: true }), `kept servers away from the database ${database.name} at 127.0.0.1:${String(cluster.port)} was lost`, CannotKeep)
    await refused(move(data(), database.url), 'Run it again with --again')
    expect(await move(data(), database.url, { again: true })).toContain('2 sessions, 251 events, 2 keys of people, 3 of hosts')
    await (await servesDatabase()).close()
  })
})
