/** Several servers on one PostgreSQL: what they hear of each other, who writes, and a database that is brought up to date. */
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sayTooFew } from '../../../server/log/postgres-connections.ts'
import { packed, sealed } from '../../../server/log/postgres-notes.ts'
import { prepare, readPostgresMigrations, type Migration } from '../../../server/log/postgres-open.ts'
import { openPostgresLog, type PostgresLog, type PostgresLogOptions } from '../../../server/log/postgres.ts'
import { CannotOpen, Conflict, LeftBehind, type Head } from '../../../server/log/port.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { aKey, anAppend, aSession, NOW } from './samples.ts'

interface Hint {
  hint: string
  list?: string[]
}

describe.skipIf(whyNoPostgres() !== undefined)('servers on one PostgreSQL', () => {
  let cluster: Cluster
  let database: Database
  let opened: PostgresLog<Hint>[]
  beforeAll(async () => { cluster = await startPostgres() })
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    database = await cluster.database(async (url) => void (await prepare(url)))
    opened = []
  })
  afterEach(async () => { await Promise.all(opened.map(({ log }) => log.close())) })

  async function server(more: Partial<PostgresLogOptions> = {}): Promise<PostgresLog<Hint>> {
    const one = await openPostgresLog<Hint>({ url: database.url, ...more })
    opened.push(one)
    return one
  }

  /** Ends the connections on which servers hear each other. */
  const cutChannels = () => cluster.ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}' AND query LIKE '%pg_notify%'`)

  describe('hear each other', () => {
    test('of every move: an append, a rewrite, what was written alone, and the end', async () => {
      const [a, b] = [await server(), await server()]
      await a.log.createSession(aSession('s'))
      const heard: (Head | undefined)[] = []
      b.log.follow('s', (head) => heard.push(head))
      const whole = async () => (await a.log.whole('s'))?.head as Head
      const last = (head: Head) => until(() => JSON.stringify(heard.at(-1)) === JSON.stringify(head), `the other server to hear of ${JSON.stringify(head)}`)

      await a.log.append(anAppend('s', 0, ['one']))
      await last(await whole())
      await a.log.rewrite({ ...anAppend('s', 1, ['sealed']), dropSteps: [] })
      await last(await whole())
      await a.log.alone('s', await whole(), [], (_, own) => own.append(anAppend('s', 2, ['alone'])))
      await last(await whole())
      await a.log.deleteSession('s')
      await until(() => heard.length > 0 && heard.at(-1) === undefined, 'the other server to hear of the end')
    })

    test('F41 of a session that they follow, and of no other: who begins to follow is told at once what it had not been told', async () => {
      const [a, b] = [await server(), await server()]
      const listener = new pg.Client({ connectionString: database.url })
      listener.on('error', () => undefined)
      await listener.connect()
      const said: { session?: string; head?: Head; told?: Hint }[] = []
      listener.on('notification', ({ payload = '' }) => said.push(...((JSON.parse(payload.slice(22)) as { says?: [] }).says ?? [])))
      await listener.query('LISTEN gatherwell')
      await a.log.createSession(aSession('s'))
      a.log.follow('s', () => undefined)
      let seq = 0
      /** Whether the next act is announced. */
      const announced = async () => {
        const before = said.length
        await a.log.append(anAppend('s', seq, ['act']))
        seq += 1
        a.peers.tell({ hint: `after ${String(seq)}` })
        await until(() => said.some(({ told }) => told?.hint === `after ${String(seq)}`), 'what was told after it')
        return said.slice(before).some(({ session }) => session === 's')
      }
      await until(async () => !(await announced()), 'an act that nobody is woken for')

      const heard: (Head | undefined)[] = []
      const before = said.length
      const stop = b.log.follow('s', (head) => heard.push(head))
      await until(() => heard.at(-1)?.seq === seq, 'the newcomer to hear where it stands')
      await until(() => said.slice(before).some(({ session, head }) => session === 's' && head?.seq === seq), 'the announcement of it')
      expect(await announced()).toBe(true)
      await until(() => heard.at(-1)?.seq === seq, 'the follower to hear of the next act')
      stop()
      await until(async () => !(await announced()), 'nobody to be woken any more')
      await listener.end()
    })

    test('F41 also when what announces is lost: within three seconds by looking, and by hearing again as soon as that works', async () => {
      const warnings: string[] = []
      const [a, b] = [await server(), await server({ warn: (sentence) => warnings.push(sentence) })]
      await a.log.createSession(aSession('s'))
      let gaps = 0
      const told: string[] = []
      const heard: (Head | undefined)[] = []
      b.peers.onGap(() => (gaps += 1))
      b.peers.onTold(({ hint }) => told.push(hint))
      b.log.follow('s', (head) => heard.push(head))
      await until(() => heard.length > 0, 'the first look')

      await cutChannels()
      await until(() => !b.peers.up && !a.peers.up, 'both to notice')
      await a.log.append(anAppend('s', 0, ['while nobody hears']))
      await until(() => heard.at(-1)?.seq === 1, 'the other server to look', 3_000)
      await until(() => gaps === 1 && a.peers.up, 'the channel to work again')
      a.peers.tell({ hint: 'back' })
      await until(() => told.includes('back'), 'a hint over the new channel')
      expect(warnings).toEqual([expect.stringContaining('cannot hear each other'), expect.stringContaining('hear each other again')])
    })

    test('hints in their order, of any length, and never one’s own', async () => {
      const [a, b] = [await server(), await server()]
      const heard: [Hint, string][] = []
      const own: Hint[] = []
      b.peers.onTold((hint, from) => heard.push([hint, from]))
      a.peers.onTold((hint) => own.push(hint))
      const list = Array.from({ length: 500 }, (_, i) => `${String(i)} ☔ ${'x'.repeat(40)}`)
      for (let i = 0; i < 200; i += 1) a.peers.tell({ hint: String(i) })
      a.peers.tell({ hint: 'long', list })
      b.peers.tell({ hint: 'answer' })
      await until(() => heard.flatMap(([hint]) => hint.list ?? []).length === list.length, 'all of it')
      expect(heard.slice(0, 200).map(([{ hint }]) => hint)).toEqual(Array.from({ length: 200 }, (_, i) => String(i)))
      expect(heard.flatMap(([hint]) => hint.list ?? [])).toEqual(list)
      expect(new Set(heard.map(([, from]) => from)).size).toBe(1)
      await until(() => own.length > 0, 'the answer')
      expect(own).toEqual([{ hint: 'answer' }])
    })

    test('F41 and nobody else: what a role without any right to a table sends is no hint, and ends no server', async () => {
      const [a, b] = [await server(), await server()]
      await a.log.createSession(aSession('s'))
      const heard: unknown[] = []
      b.peers.onTold((hint) => heard.push(hint))
      b.log.follow('s', (head) => heard.push(head))
      a.peers.tell({ hint: 'true' })
      await until(() => heard.length > 1, 'a hint of a server, and the first look')
      const before = [...heard]

      await cluster.ask('CREATE ROLE nosy LOGIN', database.name)
      const nosy = new pg.Client({ connectionString: cluster.url(database.name, 'nosy') })
      await nosy.connect()
      await expect(nosy.query('SELECT value FROM settings')).rejects.toThrow('permission denied')
      const overheard: string[] = []
      nosy.on('notification', ({ payload = '' }) => overheard.push(payload))
      await nosy.query('LISTEN gatherwell')
      await until(() => overheard.length > 0, 'a beat to be overheard')
      const forged = [null, 7, { told: { hint: 'forged' } }, { told: null }, { session: 's' }, { session: 's', head: { seq: 9, edition: 9 } }].map((said) => JSON.stringify({ from: 'nosy', says: [said] }))
      const sent = ['', 'null', '{}', ...forged, ...forged.map((payload) => (overheard[0] ?? '').slice(0, 22) + payload), sealed('', forged[2] ?? '')]
      await nosy.query(`SELECT pg_notify('gatherwell', payload) FROM unnest($1::text[]) AS payload`, [sent])
      await nosy.end()

      a.peers.tell({ hint: 'after them' })
      await until(() => JSON.stringify(heard.at(-1)) === '{"hint":"after them"}', 'a hint after the forged ones')
      expect(heard).toEqual([...before, { hint: 'after them' }])
    })

    test('in notifications that PostgreSQL takes', () => {
      const payloads = packed('me', [{ list: Array.from({ length: 3_000 }, () => '☔'.repeat(10)) }, { hint: 'x'.repeat(9_000) }, { hint: 'last' }])
      expect(Math.max(...payloads.map((payload) => Buffer.byteLength(sealed('key', payload))))).toBeLessThan(8_000)
      const said = payloads.flatMap((payload) => (JSON.parse(payload) as { says: { list?: string[]; hint?: string }[] }).says)
      expect(said.flatMap(({ list }) => list ?? [])).toHaveLength(3_000)
      expect(said.map(({ hint }) => hint).filter(Boolean)).toEqual(['last'])
    })
  })

  describe('write one session', () => {
    test('F43 one after the other where they hold it alone: none meets a conflict, and nobody’s word is lost', async () => {
      const servers = [await server(), await server(), await server()]
      await servers[0]?.log.createSession(aSession('s'))
      const since = (await servers[0]?.log.whole('s'))?.head as Head
      await Promise.all(servers.flatMap(({ log }, i) => Array.from({ length: 10 }, async (_, j) => {
        await log.alone('s', since, [], async (missed, own) => {
          if (missed.anew) throw new Error('Nobody has rewritten it')
          await own.append(anAppend('s', missed.head.seq, [`${String(i)}-${String(j)}`]))
        })
      })))
      const rows = (await servers[1]?.log.read('s')) ?? []
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
      expect(new Set(rows.map(({ data }) => data)).size).toBe(30)
    })

    test('F43 while one rewrites it, the others’ appends and reads go on, or meet a conflict', async () => {
      const [a, b] = [await server(), await server()]
      await a.log.createSession(aSession('s'))
      let rewrites = 0
      let appended = 0
      const rewriting = (async () => {
        while (rewrites < 15) {
          const { head } = (await a.log.whole('s')) as { head: Head }
          await a.log.rewrite({ ...anAppend('s', head.seq, ['sealed']), edition: head.edition, dropSteps: ['s1'] }).then(() => (rewrites += 1), (error: unknown) => expect(error).toBeInstanceOf(Conflict))
        }
      })()
      const appending = (async () => {
        while (rewrites < 15) {
          const { head } = (await b.log.whole('s')) as { head: Head }
          await b.log.append({ session: 's', expected: head.seq, edition: head.edition, events: [{ at: NOW, step: 's1', data: 'word' }], receipts: [] }).then(() => (appended += 1), (error: unknown) => expect(error).toBeInstanceOf(Conflict))
        }
      })()
      await Promise.all([rewriting, appending])
      expect(appended).toBeGreaterThan(0)
      const rows = await b.log.read('s')
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1))
      expect(rows.filter(({ data }) => data === 'sealed')).toHaveLength(15)
      expect(await cluster.ask(`SELECT count(*)::integer AS left FROM pg_tables WHERE tablename ~ '^(log|receipts)_'`, database.name)).toEqual([{ left: 2 }])
    })

    test('F43 in tables that another server has put it into meanwhile: what is remembered of the former ones leads nobody astray', async () => {
      const [a, b] = [await server(), await server()]
      await a.log.createSession(aSession('s'))
      const whole = async () => (await b.log.whole('s'))?.head as Head
      const alone = async (log: typeof a.log) => log.alone('s', await whole(), ['r1', 'r2'], async (missed) => missed)
      expect(await alone(a.log)).toMatchObject({ known: [] })
      await b.log.rewrite({ ...anAppend('s', 0, ['sealed'], { receipts: ['r1'] }), dropSteps: [] })
      expect(await alone(a.log)).toMatchObject({ anew: false, known: ['r1'] })
      expect(await alone(b.log)).toMatchObject({ anew: false, known: ['r1'] })
    })

    test('and no device keeps a key that was made while its parent was revoked at another server', async () => {
      const [a, b] = [await server(), await server()]
      await a.log.createSession(aSession('a'))
      for (let round = 0; round < 10; round += 1) {
        const link = `link-${String(round)}`
        await a.log.addKey(aKey(link))
        const made = Array.from({ length: 4 }, (_, i) => b.log.addKey(aKey(`cookie-${String(round)}-${String(i)}`, { parent: link })))
        await a.log.revokeKey('a', `h-${link}`)
        await Promise.allSettled(made)
      }
      expect(await a.log.keys('a', 'facilitator')).toEqual([])
    })
  })

  describe('of several versions', () => {
    const known = readPostgresMigrations().length
    const newer = (least: number): Migration[] => [...readPostgresMigrations(), { sql: 'CREATE TABLE of_the_next (x integer)', least }]
    const schema = () => cluster.ask('SELECT number, least FROM schema_numbers ORDER BY number', database.name)

    test('F50 that start together bring the database up to date once', async () => {
      const empty = await cluster.ask('CREATE DATABASE fresh').then(() => cluster.url('fresh'))
      const logs = await Promise.all(Array.from({ length: 4 }, () => openPostgresLog({ url: empty })))
      await Promise.all(logs.map(({ log }) => log.healthy()))
      await Promise.all(logs.map(({ log }) => log.close()))
      expect(await cluster.ask('SELECT number FROM schema_numbers', 'fresh')).toEqual(readPostgresMigrations().map((_, i) => ({ number: i + 1 })))
    })

    test('F50 work side by side if the newer one says that they may; else the older one says so and goes', async () => {
      const old = await server()
      const next = await server({ migrations: newer(known) })
      await next.log.createSession(aSession('s'))
      await old.log.append(anAppend('s', 0, ['by the older']))
      await old.log.healthy()
      await (await server()).log.healthy()
      await cluster.ask(`UPDATE schema_numbers SET least = ${String(known + 1)} WHERE number = ${String(known + 1)}`, database.name)
      await expect(old.log.healthy()).rejects.toBeInstanceOf(LeftBehind)
      await next.log.healthy()
      await expect(openPostgresLog({ url: database.url })).rejects.toThrow(`written by a newer Gatherwell (schema ${String(known + 1)}, this one knows ${String(known)})`)
    })

    test('F50 a migration that fails leaves nothing of itself, and the older version starts as before', async () => {
      const before = await schema()
      const broken = [...newer(known), { sql: 'CREATE TABLE of_the_next (x integer)', least: 1 }]
      await expect(openPostgresLog({ url: database.url, migrations: broken })).rejects.toBeInstanceOf(CannotOpen)
      expect(await schema()).toEqual(before)
      await (await server()).log.healthy()
    })
  })

  test('say at their start how many connections are missing, once there are more servers than the connections will do for, and what to set', async () => {
    await cluster.ask('CREATE ROLE frugal LOGIN')
    await cluster.ask('CREATE DATABASE frugal OWNER frugal CONNECTION LIMIT 20')
    const warnings: string[][] = [[], []]
    for (const said of warnings) await server({ url: cluster.url('frugal', 'frugal'), warn: (sentence) => said.push(sentence) })
    expect(warnings).toEqual([[], [expect.stringMatching(/lets in 20 connections, and 2 servers need 24: .*ALTER DATABASE "frugal" CONNECTION LIMIT 24\.$/)]])
    const all = { database: 'd', role: 'r', servers: 0, most: 100, kept: 3, ofDatabase: -1, ofRole: -1 }
    expect(sayTooFew(all)).toBeUndefined()
    expect(sayTooFew({ ...all, servers: 7 })).toBeUndefined()
    expect(sayTooFew({ ...all, servers: 8 })).toContain('97 connections, and 9 servers need 108: without them people wait, or are not let in, when it is busy. To mend it: set max_connections to 111 or more')
    expect(sayTooFew({ ...all, most: 10, ofRole: 5 })).toMatch(/lets in 5 connections, and this server needs 12: .*max_connections to 15 .*; ALTER ROLE "r" CONNECTION LIMIT 12\.$/)
  })

  test('agree about time with the database, whatever their own clocks say', async () => {
    const { ahead } = await server()
    const [row] = await cluster.ask('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now')
    expect(Math.abs(Date.now() + ahead() - Number(row?.['now']))).toBeLessThan(1_000)
  })
})
