/** A database that is killed, frozen or not there: people are told so soon, and nothing that was acknowledged is lost. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prepare } from '../../../server/log/postgres-open.ts'
import { openPostgresLog, type PostgresLog } from '../../../server/log/postgres.ts'
import { CannotOpen, Conflict, StorageRefused, type Head } from '../../../server/log/port.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { anAppend, aSession } from './samples.ts'

describe.skipIf(whyNoPostgres() !== undefined)('a PostgreSQL', () => {
  let cluster: Cluster
  let database: Database
  let opened: PostgresLog<object>[]
  beforeAll(async () => { cluster = await startPostgres() })
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    database = await cluster.database(async (url) => void (await prepare(url)))
    opened = []
  })
  afterEach(async () => { await Promise.all(opened.map(({ log }) => log.close())) })

  async function server(): Promise<PostgresLog<object>> {
    const one = await openPostgresLog<object>({ url: database.url })
    opened.push(one)
    return one
  }

  test('F42 that is killed refuses, and what it answered before and after is there', async () => {
    const { log } = await server()
    await log.createSession(aSession('s'))
    await log.append(anAppend('s', 0, ['before']))
    await cluster.kill()
    await expect(log.append(anAppend('s', 1, ['meanwhile']))).rejects.toBeInstanceOf(StorageRefused)
    await expect(log.healthy()).rejects.toBeInstanceOf(StorageRefused)
    await cluster.start()
    await until(() => log.healthy().then(() => true, () => false), 'the log to answer again')
    await log.append(anAppend('s', 1, ['after']))
    expect((await log.read('s')).map(({ data }) => data)).toEqual(['before', 'after'])
  })

  test('F41 that is frozen refuses within seconds instead of keeping people waiting, and is used again when it moves', async () => {
    const { log } = await server()
    await log.createSession(aSession('s'))
    cluster.freeze()
    try {
      const calls = Array.from({ length: 15 }, (_, i) => log.append(anAppend('s', 0, ['x'], { receipts: [String(i)] })))
      calls.push(log.alone('s', { seq: 0, edition: 0 }, [], async () => undefined), log.healthy())
      for (const outcome of await Promise.allSettled(calls.slice(15))) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StorageRefused) as unknown })
      await expect(calls[0]).rejects.toBeInstanceOf(StorageRefused)
      void Promise.allSettled(calls)
    } finally {
      cluster.thaw()
    }
    await until(() => log.healthy().then(() => true, () => false), 'the log to answer again', 20_000)
  })

  test('F43 takes from a frozen server what it holds alone', async () => {
    const [a, b] = [await server(), await server()]
    await a.log.createSession(aSession('s'))
    const since = (await a.log.whole('s'))?.head as Head
    let thaw: () => void = () => undefined
    const frozen = a.log.alone('s', since, [], async (_, own) => {
      await new Promise<void>((resolve) => (thaw = resolve))
      await own.append(anAppend('s', 0, ['too late']))
    })
    frozen.catch(() => undefined)
    await until(async () => (await cluster.ask(`SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = '${database.name}'`)).length > 0, 'the session to be held')
    await until(() => b.log.append(anAppend('s', 0, ['not waiting for ever'])).then(() => true, (error: unknown) => { expect(error).toBeInstanceOf(StorageRefused) }), 'the other server to write', 15_000)
    thaw()
    await expect(frozen).rejects.toBeInstanceOf(StorageRefused)
    expect((await b.log.read('s')).map(({ data }) => data)).toEqual(['not waiting for ever'])
  })

  test('F42 whose answer to a commit is lost may have kept it: it is refused, and asked again it counts once', async () => {
    const { url, close, loseAnswerTo } = await proxyTo(cluster.port, database.url)
    const { log } = await openPostgresLog({ url })
    await log.createSession(aSession('s'))
    for (let round = 0; round < 20; round += 1) {
      const { head } = (await log.whole('s')) as { head: Head }
      const order = anAppend('s', head.seq, [String(round)], { receipts: [`receipt-${String(round)}`] })
      const write = () => (round % 2 === 0 ? log.append(order) : log.alone('s', head, [], (_, own) => own.append(order)))
      loseAnswerTo(round % 2 === 0 ? 'INSERT INTO log_' : 'COMMIT')
      await expect(write()).rejects.toBeInstanceOf(StorageRefused)
      const missed = await log.missed('s', head, order.receipts)
      expect(missed).toMatchObject({ anew: false, known: order.receipts })
      await expect(write()).rejects.toBeInstanceOf(Conflict)
    }
    expect((await log.read('s')).map(({ data }) => data)).toEqual(Array.from({ length: 20 }, (_, i) => String(i)))
    await log.close()
    await close()
  })

  test.each([
    ['nobody listens', () => `postgres://x@127.0.0.1:1/x`, 'cannot be reached (ECONNREFUSED)'],
    ['the password is wrong', () => cluster.url('postgres', 'locked', 'canary'), 'does not accept the password of the user locked'],
    ['the password is left out', () => cluster.url('postgres', 'locked'), 'asks for a password of the user locked, and none was given'],
    ['it does not speak TLS', () => `${cluster.url('postgres', 'guest')}?sslmode=verify-full`, 'does not speak TLS'],
    ['a file of the address is not there', () => `${cluster.url('postgres', 'guest')}?sslmode=verify-full&sslrootcert=/nowhere/at-all.crt`, 'The file /nowhere/at-all.crt that DATABASE_URL names cannot be read (ENOENT)'],
    ['there is none', () => cluster.url('nowhere'), 'There is no database nowhere'],
    ['nobody may make tables in it', () => cluster.url('postgres', 'guest'), 'The user guest may not make tables'],
    ['it has another encoding', () => cluster.url('latin'), 'keeps text as LATIN1'],
  ])('that cannot be used since %s is told of in a sentence without its password', async (_, url, sentence) => {
    await cluster.ask(`DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'locked') THEN CREATE ROLE locked LOGIN PASSWORD 'other'; CREATE ROLE guest LOGIN; END IF; END $$`)
    if (url().endsWith('latin')) await cluster.ask(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`)
    const refused = openPostgresLog({ url: url() })
    await expect(refused).rejects.toBeInstanceOf(CannotOpen)
    await expect(refused).rejects.toThrow(sentence)
    await expect(refused).rejects.not.toThrow('canary')
  })
})

/** A way to the database that can lose the answer to a statement after the database has carried it out. */
async function proxyTo(port: number, database: string) {
  let losing: string | undefined
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let deaf = false
    for (const socket of [client, upstream]) socket.on('error', () => undefined)
    client.on('data', (bytes) => {
      if (losing !== undefined && bytes.includes(losing)) {
        losing = undefined
        deaf = true
      }
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => (deaf ? client.resetAndDestroy() : client.write(bytes)))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(database)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    loseAnswerTo: (statement: string) => void (losing = statement),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
