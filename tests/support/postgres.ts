/**
 * A real PostgreSQL for tests, thrown away with the process that started it: one cluster, a database of its own for each test. It can
 * be stopped, killed, frozen and started again on the same port. Syncs as a real one does.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { postgresBinaries } from './postgres-binaries.ts'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const START_MS = 30_000
/** After a kill PostgreSQL syncs every file by itself, which a busy machine takes half a minute for; Linux can sync them all at once. */
const RECOVERY: Record<string, string> = process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}
/** The superuser, who needs no password from this machine. */
const OWNER = 'gatherwell'
const TEMPLATE = 'gatherwell_template'

export interface Database {
  name: string
  url: string
  drop(): Promise<void>
}

export interface Cluster {
  port: number
  /** The cluster's data folder. */
  folder: string
  url(database: string, user?: string, password?: string): string
  /** A database that nobody has used. With `prepare`, which is told the URL of the first, what that made is in all that follow. */
  database(prepare?: (url: string) => Promise<void>): Promise<Database>
  /** Statements of the superuser, one after the other; the rows of the last. */
  ask(sql: string, database?: string): Promise<Record<string, unknown>[]>
  /** A transaction that has asked this, and holds what it has read until it is released. */
  hold(sql: string, database: string): Promise<{ release(): void }>
  /** `fast` takes leave of everybody, `immediate` of nobody and recovers at the next start. */
  stop(how?: 'fast' | 'immediate'): Promise<void>
  /** `kill -9`, the postmaster and all its children. */
  kill(): Promise<void>
  /** Nothing of it moves (SIGSTOP): connections stay, and nobody answers. */
  freeze(): void
  thaw(): void
  /** The next life on the same folder and port. Resolves when it answers. */
  start(): Promise<void>
  /** Ends it for good. */
  remove(): Promise<void>
}

/** Why there is no PostgreSQL for these tests; undefined if there is one. For `describe.skipIf`, said once a process. */
export function whyNoPostgres(): string | undefined {
  const found = binaries()
  return 'none' in found ? found.none : undefined
}

let known: ReturnType<typeof postgresBinaries> | undefined
function binaries(): ReturnType<typeof postgresBinaries> {
  known ??= postgresBinaries()
  if ('none' in known) console.warn(`Tests on PostgreSQL are skipped. ${known.none}`)
  return known
}

/** Starts a cluster; `settings` as in postgresql.conf. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<Cluster> {
  const found = binaries()
  if ('none' in found) throw new Error(found.none)
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-pg-'))
  const folder = join(above, 'cluster')
  const as = otherThanRoot()
  chmodSync(above, 0o700)
  if (as.uid !== undefined && as.gid !== undefined) chownSync(above, as.uid, as.gid)
  const run = { ...as, cwd: above, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } }
  // --no-sync: an empty cluster that is lost with the machine is no loss; what is written later is synced.
  execFileSync(join(found.folder, 'initdb'), ['-D', folder, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...run, stdio: ['ignore', 'ignore', 'pipe'] })
  writeFileSync(join(folder, 'pg_hba.conf'), `local all all trust\nhost all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n`)
  const port = await freePort()
  const all = { listen_addresses: "'127.0.0.1'", port: String(port), unix_socket_directories: `'${above}'`, max_connections: '200', shared_buffers: '32MB', ...RECOVERY, ...settings }
  writeFileSync(join(folder, 'postgresql.auto.conf'), Object.entries(all).map(([name, value]) => `${name} = ${value}\n`).join(''))

  let child: ChildProcess | undefined
  let said = ''
  let made = 0
  let template: Promise<void> | undefined
  const url = (database: string, user = OWNER, password = '') => `postgres://${user}${password === '' ? '' : `:${password}`}@127.0.0.1:${String(port)}/${database}`

  async function ask(sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url(database) })
    client.on('error', () => undefined)
    await client.connect()
    try {
      const result = (await client.query(sql)) as pg.QueryResult<Record<string, unknown>> | pg.QueryResult<Record<string, unknown>>[]
      return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows
    } finally {
      await client.end()
    }
  }

  async function start(): Promise<void> {
    const born = spawn(join((found as { folder: string }).folder, 'postgres'), ['-D', folder], { ...run, stdio: ['ignore', 'ignore', 'pipe'] })
    child = born
    born.stderr.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-10_000)))
    await until(async () => {
      if (born.exitCode !== null || born.signalCode !== null) throw new Error(`PostgreSQL ended by itself:\n${said}`)
      return ask('SELECT 1').then(() => true, () => false)
    }, 'PostgreSQL to answer', START_MS)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  const children = () => processes().flatMap(({ pid, parent }) => (parent === child?.pid ? [pid] : []))
  const family = (signal: NodeJS.Signals, pids = [child?.pid, ...children()]) => pids.forEach((pid) => pid !== undefined && signalled(pid, signal))

  async function kill(): Promise<void> {
    const orphans = children()
    await end('SIGKILL')
    family('SIGKILL', orphans)
    await until(() => !processes().some(({ pid, dead }) => !dead && orphans.includes(pid)), 'PostgreSQL’s children to be gone')
  }

  // Should this process die by itself, somebody has to end the cluster and remove it.
  const watch = spawn('sh', ['-c', 'cat >/dev/null; read pid <"$1/cluster/postmaster.pid" && kill -QUIT "$pid"; sleep 1; rm -rf "$1"', 'sh', above], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watch.unref()
  ;(watch.stdin as unknown as { unref(): void }).unref()

  await start()
  return {
    port,
    folder,
    url,
    ask,
    start,
    kill,
    async database(prepare) {
      template ??= (async () => {
        await ask(`CREATE DATABASE ${TEMPLATE}`)
        await prepare?.(url(TEMPLATE))
      })()
      await template
      made += 1
      const name = `test_${String(made)}`
      await ask(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
      return { name, url: url(name), drop: async () => void (await ask(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)) }
    },
    async hold(sql, database) {
      const client = new pg.Client({ connectionString: url(database) })
      client.on('error', () => undefined)
      await client.connect()
      await client.query('BEGIN')
      await client.query(sql)
      return { release: () => void client.end() }
    },
    stop: (how = 'fast') => end(how === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    freeze() {
      // The postmaster first: it bears no more children then.
      if (child?.pid !== undefined) signalled(child.pid, 'SIGSTOP')
      family('SIGSTOP')
    },
    thaw: () => family('SIGCONT'),
    async remove() {
      family('SIGCONT')
      await end('SIGQUIT')
      watch.stdin.end()
      rmSync(above, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: root lends it another user. */
function otherThanRoot(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').map((each) => each.split(':'))
  const user = line.find(([name]) => name === 'postgres') ?? line.find(([name]) => name === 'nobody')
  if (user === undefined) throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/** Of the whole machine; a dead one is there until somebody asks how it died, and holds nothing. */
function processes(): { pid: number; parent: number; dead: boolean }[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n').map((line) => line.trim().split(/\s+/))
  return lines.map(([pid, parent, stat = '']) => ({ pid: Number(pid), parent: Number(parent), dead: stat.startsWith('Z') }))
}

/** Whether there was such a process. */
function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
