/** F42: a pooler between the servers and their database, PgBouncer itself. Its sessions do; connections that are shared are noticed at the start. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openPostgresLog, type PostgresLog } from '../../../server/log/postgres.ts'
import { look } from '../../../server/log/postgres-open.ts'
import { arePooled } from '../../../server/log/postgres-pooled.ts'
import { freePort } from '../../support/free-port.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../../support/postgres.ts'
import { listens, programOf } from '../../support/proxies.ts'
import { until } from '../../support/until.ts'
import { aSession } from './samples.ts'

const why = whyNoPostgres() ?? (programOf('pgbouncer') === undefined ? 'this machine has no pgbouncer' : undefined)
const SHARED = 'set pool_mode = session, or let DATABASE_URL name PostgreSQL itself'

describe.skipIf(whyNoPostgres() !== undefined)('without a pooler', () => {
  test('F42 two connections are told to be two', async () => {
    const cluster = await startPostgres()
    const [first, second] = [new pg.Client(cluster.url('postgres')), new pg.Client(cluster.url('postgres'))]
    await Promise.all([first.connect(), second.connect()])
    expect(await arePooled(first, second)).toBe(false)
    await Promise.all([first.end(), second.end()])
    await cluster.remove()
  }, 60_000)
})

describe.skipIf(why !== undefined)(`behind PgBouncer${why === undefined ? '' : ` (${why})`}`, () => {
  let cluster: Cluster
  let folder: string
  let bouncer: ChildProcess | undefined
  beforeAll(async () => {
    cluster = await startPostgres()
    folder = mkdtempSync(join(tmpdir(), 'gatherwell-pool-'))
    chmodSync(folder, 0o755)
  }, 60_000)
  afterEach(async () => {
    if (bouncer === undefined) return
    const gone = once(bouncer, 'exit')
    bouncer.kill('SIGKILL')
    await gone
  })
  afterAll(async () => {
    await cluster.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Resolves with the address of a fresh database behind it. */
  async function pool(mode: string, settings = ''): Promise<string> {
    const port = await freePort()
    const { name } = await cluster.database()
    const file = join(folder, 'pgbouncer.ini')
    writeFileSync(file, `[databases]\n* = host=127.0.0.1 port=${String(cluster.port)} user=gatherwell\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${String(port)}\nunix_socket_dir =\nauth_type = any\ndefault_pool_size = 30\npool_mode = ${mode}\n${settings}`)
    chmodSync(file, 0o644)
    // It refuses to run as root.
    const as = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
    bouncer = spawn(programOf('pgbouncer') ?? '', [...as, '-q', file], { stdio: 'ignore' })
    await until(() => listens(port), 'PgBouncer to listen')
    return `postgres://gatherwell@127.0.0.1:${String(port)}/${name}`
  }

  test('F42 F41 that pools sessions two servers start, keep what they are given, and hear each other', async () => {
    const url = await pool('session')
    const heard: unknown[] = []
    const servers: PostgresLog<{ word: string }>[] = []
    for (let i = 0; i < 2; i += 1) servers.push(await openPostgresLog<{ word: string }>({ url }))
    servers[1]?.peers.onTold((message) => heard.push(message))
    await servers[0]?.log.createSession(aSession('s'))
    expect((await servers[1]?.log.session('s'))?.id).toBe('s')
    await until(() => {
      servers[0]?.peers.tell({ word: 'here' })
      return heard.length > 0
    }, 'the other one to hear it')
    await Promise.all(servers.map(({ log }) => log.close()))
  }, 60_000)

  test.each([['transaction', ''], ['transaction', 'server_round_robin = 1'], ['transaction', 'default_pool_size = 1'], ['transaction', 'server_reset_query_always = 1'], ['statement', '']] as const)(
    'F42 that pools each %s (%s) neither a server nor a move starts, and a sentence says what to set',
    async (mode, settings) => {
      const url = await pool(mode, settings)
      await expect(openPostgresLog({ url })).rejects.toThrow(SHARED)
      await expect(look(url)).rejects.toThrow(SHARED)
    },
    60_000,
  )
})
