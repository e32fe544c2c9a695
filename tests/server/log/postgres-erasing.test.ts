/**
 * Removed means removed: no byte of it in any file of the database, nor among what it keeps to plan with. What the write-ahead log and backups
 * keep for a while is said in server/log/README.md, and is not looked for here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prepare } from '../../../server/log/postgres-open.ts'
import { openPostgresLog } from '../../../server/log/postgres.ts'
import type { Log } from '../../../server/log/port.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { aKey, aSession, NOW } from './samples.ts'

const CANARY = 'canary'
/** Long enough for PostgreSQL to keep it apart; of letters that do not repeat, so that it stays readable when it is packed. */
const LONG = Array.from({ length: 400 }, (_, i) => `${CANARY}${String((i * 7_919) % 100_000)}`).join(' ')

describe.skipIf(whyNoPostgres() !== undefined)('the bytes', () => {
  let cluster: Cluster
  let database: Database
  let log: Log
  beforeAll(async () => { cluster = await startPostgres() })
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    database = await cluster.database(async (url) => void (await prepare(url)))
    ;({ log } = await openPostgresLog({ url: database.url, now: () => NOW }))
    for (const id of ['kept', 'gone', 'sealed']) {
      const mark = id === 'gone' ? CANARY : id
      await log.createSession(aSession(id, { title: `${mark}-title`, joinToken: `${mark}-token` }))
      for (let i = 0; i < 60; i += 1) {
        const step = i % 2 === 0 ? 'open' : 'secret'
        const secret = id === 'gone' || (id === 'sealed' && step === 'secret')
        const data = `${String(i)} ${secret ? (i % 10 === 1 ? LONG : CANARY) : 'plain'}`
        await log.append({ session: id, expected: i, events: [{ at: NOW, step, data }], receipts: [`${mark}-receipt-${String(i)}`] })
        if (i % 20 === 0) await log.addKey(aKey(`${mark}-${String(i)}`, { session: id, role: 'participant', person: id === 'sealed' ? `${CANARY}-person` : `${mark}-person`, name: `${mark}-name` }))
        if (i % 20 === 0) await log.updateSession(id, { title: `${mark}-title-${String(i)}` })
      }
    }
  })
  afterEach(() => log.close())

  /** Files with the canary in them, of every folder that holds this database's data. */
  async function found(): Promise<string[]> {
    await cluster.ask('CHECKPOINT')
    const [row] = await cluster.ask(`SELECT oid::text AS oid FROM pg_database WHERE datname = '${database.name}'`)
    const files = [join('base', String(row?.['oid'])), 'base/pgsql_tmp', 'global', 'pg_notify', 'pg_subtrans', 'pg_xact', 'pg_stat_tmp', 'pg_stat'].filter((folder) => existsSync(join(cluster.folder, folder))).flatMap((folder) =>
      readdirSync(join(cluster.folder, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
    )
    return files.filter((file) => {
      try {
        return readFileSync(file).includes(CANARY)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
        throw error
      }
    })
  }

  const owed = () => cluster.ask('SELECT what FROM owed', database.name)
  const seal = () => log.rewrite({ session: 'sealed', expected: 60, events: [{ at: NOW, step: 'secret', data: 'snapshot' }], receipts: [], dropSteps: ['secret'], dropPeople: [`${CANARY}-person`] })

  test('F6 of a deleted session, a rewritten step and an erased person are in no file, though PostgreSQL has looked at all of it; others are as they were', async () => {
    await cluster.ask('ANALYZE', database.name)
    const before = await Promise.all([log.read('kept'), log.receipts('kept'), log.sessionByJoinToken('kept-token'), log.keys('kept', 'participant')])
    expect(await found()).not.toEqual([])
    await seal()
    await log.deleteSession('gone')
    await until(async () => (await owed()).length === 0, 'everything owed to be paid')
    expect(await found()).toEqual([])
    expect(await Promise.all([log.read('kept'), log.receipts('kept'), log.sessionByJoinToken('kept-token'), log.keys('kept', 'participant')])).toStrictEqual(before)
    expect((await log.read('sealed')).map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
    expect(await log.receipts('sealed')).toHaveLength(60)
  })

  test('F6 what is left of a rewritten log tells by no mark of PostgreSQL’s which receipt belongs to which event', async () => {
    const { number } = (await cluster.ask(`SELECT number FROM heads WHERE session = 'sealed'`, database.name))[0] ?? {}
    const marks = async (n: unknown) => (await cluster.ask(`SELECT count(DISTINCT xmin::text)::integer AS marks FROM receipts_${String(n)}`, database.name))[0]
    expect(await marks(number)).toEqual({ marks: 60 })
    await seal()
    const { number: next } = (await cluster.ask(`SELECT number FROM heads WHERE session = 'sealed'`, database.name))[0] ?? {}
    expect(await marks(next)).toEqual({ marks: 1 })
    const rows = await cluster.ask(`SELECT hash FROM receipts_${String(next)} ORDER BY ctid`, database.name)
    expect(rows.map(({ hash }) => hash)).toEqual(rows.map(({ hash }) => String(hash)).sort())
  })

  test('F6 go away although somebody reads the database meanwhile, as soon as that ends; until then they are owed, and nobody waits', async () => {
    const reader = await cluster.hold('SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM keys), (SELECT count(*) FROM log_2)', database.name)
    await log.deleteSession('gone')
    await log.addKey(aKey('not-waiting', { session: 'kept' }))
    expect((await owed()).map(({ what }) => what).sort()).toEqual(['keys', 'sessions', 'tables 2'])
    reader.release()
    // By whichever server looks first: here another one, which has just started.
    const other = await openPostgresLog({ url: database.url, now: () => NOW })
    await until(async () => (await owed()).length === 0, 'everything owed to be paid', 15_000)
    await other.log.close()
    await seal()
    await until(async () => (await owed()).length === 0, 'everything owed to be paid', 15_000)
    expect(await found()).toEqual([])
  })
})
