/** Whether a database can be used, and bringing its schema up to date. Every trouble is a sentence for whoever starts the server. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { CannotOpen } from './port.ts'
import { fewConnections } from './postgres-connections.ts'
import { arePooled } from './postgres-pooled.ts'
import { codeOf, connectionTo } from './postgres-sql.ts'

export const POSTGRES_MIGRATIONS = join(import.meta.dirname, 'migrations/postgres')

const OLDEST_VERSION = 15
/** Servers that start together bring one database up to date in turn; the first may have much to do. */
const MIGRATION_MS = 600_000
/** Of this program alone; the number means nothing. */
const LOCK = 7_305_241
/** What Node says of certificates: https://nodejs.org/api/tls.html#x509-certificate-error-codes, and names that are not theirs. */
const UNTRUSTED = /CERT|^ERR_(TLS|SSL)_|^HOSTNAME_MISMATCH$/

export interface Migration {
  sql: string
  /** The oldest schema whose program may still work beside this one. */
  least: number
}

/** Files named `001-what.sql`, whose first line says `-- least: n`. A gap in the numbers, or a missing line, is a bug. */
export function readPostgresMigrations(folder: string = POSTGRES_MIGRATIONS): Migration[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  return files.map((name, i) => {
    if (Number.parseInt(name, 10) !== i + 1) throw new Error(`Migration ${name} should have number ${String(i + 1)}`)
    const sql = readFileSync(join(folder, name), 'utf8')
    const least = /^-- least: (\d+)\n/.exec(sql)?.[1]
    if (least === undefined || Number(least) > i + 1) throw new Error(`Migration ${name} should say in its first line which schema may work beside it`)
    return { sql, least: Number(least) }
  })
}

/** Checks the database and migrates it if need be. Resolves with sentences about what should be otherwise. Rejects with `CannotOpen`. */
export function prepare(url: string, migrations: readonly Migration[] = readPostgresMigrations()): Promise<string[]> {
  return connected(url, async (client, where) => {
    const warnings = await check(client, where)
    await refusePooled(url, client)
    await migrate(client, where, migrations)
    return warnings
  })
}

/** Checks the database and changes nothing. Rejects with `CannotOpen` unless its schema is the one that this program writes. */
export function look(url: string, migrations: readonly Migration[] = readPostgresMigrations()): Promise<void> {
  return connected(url, async (client, where) => {
    await check(client, where)
    await refusePooled(url, client)
    const schema = await schemaOf(client, where, migrations.length)
    if (schema === 0) throw new CannotOpen(`There is nothing to move: the database ${where} holds no data of Gatherwell.`)
    if (schema === migrations.length) return
    throw new CannotOpen(`The data in the database ${where} is of ${schema > migrations.length ? 'a newer Gatherwell: move it with that version' : 'an older Gatherwell: start this version on it once, which brings it up to date, stop it, and move it then'}.`)
  })
}

async function connected<T>(url: string, work: (client: pg.Client, where: string) => Promise<T>): Promise<T> {
  const client = clientTo(url)
  client.on('error', () => undefined)
  const where = `${client.database ?? ''} at ${client.host}:${String(client.port)}`
  try {
    await client.connect()
    return await work(client, where)
  } catch (error) {
    throw error instanceof CannotOpen ? error : new CannotOpen(sentence(error, where, client.user ?? ''))
  } finally {
    client.end().catch(() => undefined)
  }
}

function clientTo(url: string): pg.Client {
  try {
    return new pg.Client(connectionTo(url))
  } catch (error) {
    // What the address says about TLS names files, which are read here.
    if (error instanceof Error && 'path' in error) throw new CannotOpen(`The file ${String(error.path)} that DATABASE_URL names cannot be read (${codeOf(error) ?? error.name}): it has to be there, readable for the user that Gatherwell runs as.`)
    throw error
  }
}

async function check(client: pg.Client, where: string): Promise<string[]> {
  const { rows } = await client.query<Record<'version' | 'encoding' | 'fsync' | 'readOnly', string>>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
       current_setting('transaction_read_only') AS "readOnly", set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)`,
  )
  const { version = '', encoding, fsync, readOnly } = rows[0] ?? {}
  const major = Math.floor(Number(version) / 10_000)
  if (major < OLDEST_VERSION) throw new CannotOpen(`The database ${where} is PostgreSQL ${String(major)}; Gatherwell needs ${String(OLDEST_VERSION)} or newer.`)
  if (encoding !== 'UTF8') throw new CannotOpen(`The database ${where} keeps text as ${encoding ?? 'something else'}; make one with ENCODING 'UTF8', so that every language can be written.`)
  if (readOnly === 'on') throw new CannotOpen(`The database ${where} can only be read: it is a standby, or set so. DATABASE_URL has to name the one that takes writes.`)
  const synced = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit')
  if (synced.rows[0]?.synchronous_commit === 'off') throw new CannotOpen(`The database ${where} does not let synchronous_commit be on, so that an answer could be lost after it was acknowledged.`)
  const few = await fewConnections(client)
  return [...(fsync === 'off' ? ['PostgreSQL runs with fsync off: a power cut may lose or damage everything. Set fsync = on.'] : []), ...(few === undefined ? [] : [few])]
}

function refusePooled(url: string, client: pg.Client): Promise<void> {
  return connected(url, async (other, where) => {
    if (!(await arePooled(client, other))) return
    throw new CannotOpen(`What stands in front of the database ${where} lets several connections share one (PgBouncer with pool_mode = transaction or statement): set pool_mode = session, or let DATABASE_URL name PostgreSQL itself. Otherwise an answer could be lost after it was acknowledged.`)
  })
}

async function migrate(client: pg.Client, where: string, migrations: readonly Migration[]): Promise<void> {
  if ((await schemaOf(client, where, migrations.length)) >= migrations.length) return
  const order = (text: string, values?: unknown[]) => client.query({ text, query_timeout: MIGRATION_MS, ...(values === undefined ? {} : { values }) } as pg.QueryConfig)
  await order(`SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false), set_config('client_min_messages', 'error', false)`)
  // Until this connection ends. Before the transaction: one that began earlier may not see what those before us have made.
  await order(`SELECT pg_advisory_lock(${String(LOCK)})`)
  await order('BEGIN')
  // Whoever had the lock before may have done it all.
  const done = await schemaOf(client, where, migrations.length)
  if (done === 0) await order('CREATE TABLE IF NOT EXISTS schema_numbers (number integer PRIMARY KEY, least integer NOT NULL)')
  for (const [i, { sql, least }] of migrations.entries()) {
    if (i < done) continue
    await order(sql)
    await order('INSERT INTO schema_numbers (number, least) VALUES ($1, $2)', [i + 1, least])
  }
  await order('COMMIT')
}

/** The schema of the database; 0 for none. Rejects if it is too new for a program that knows `known`. */
async function schemaOf(client: pg.Client, where: string, known: number): Promise<number> {
  const { rows: there } = await client.query<{ there: boolean }>(`SELECT to_regclass('schema_numbers') IS NOT NULL AS there`)
  if (there[0]?.there !== true) return 0
  const { rows } = await client.query<{ number: number; least: number }>('SELECT number, least FROM schema_numbers ORDER BY number DESC LIMIT 1')
  const { number = 0, least = 0 } = rows[0] ?? {}
  if (number > known && least > known) {
    throw new CannotOpen(`The database ${where} was written by a newer Gatherwell (schema ${String(number)}, this one knows ${String(known)}); start that version instead.`)
  }
  return number
}

/** What stands between us and the database, for people; https://www.postgresql.org/docs/current/errcodes-appendix.html */
function sentence(error: unknown, where: string, user: string): string {
  const code = codeOf(error)
  switch (code) {
    case '28P01':
      return `The database ${where} does not accept the password of the user ${user}. Look at DATABASE_URL; signs other than letters and digits in a password have to be written as %40 and the like.`
    case '28000':
      return `The database ${where} does not let the user ${user} in: the user is not there, or may not come from this machine (pg_hba.conf), or not without TLS.`
    case '3D000':
      return `There is no database ${where}. Make it first: createdb, or CREATE DATABASE … ENCODING 'UTF8'.`
    case '42501':
      return `The user ${user} may not make tables in the database ${where}: make that user its owner, or GRANT CREATE ON SCHEMA public, and CREATE and TEMPORARY on the database.`
    case '53300':
      return `The database ${where} has no connection left for this server: raise max_connections; each server needs twelve.`
    case '57P03':
      return `The database ${where} is starting, or stopping; start the server again when it answers.`
    default:
      if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) return `The database ${where} cannot be used (PostgreSQL's code for the reason: ${code}; its own log says more).`
      if (error instanceof Error && error.message.startsWith('SASL')) return `The database ${where} asks for a password of the user ${user}, and none was given: write it into DATABASE_URL, or set PGPASSWORD (with sudo, --preserve-env=PGPASSWORD).`
      if (error instanceof Error && error.message.includes('not support SSL')) return `The database ${where} does not speak TLS, which DATABASE_URL asks for (sslmode): set ssl = on in postgresql.conf.`
      if (code !== undefined && UNTRUSTED.test(code)) return `The database ${where} shows a certificate that proves nothing here (${code}): DATABASE_URL has to name it by a name in its certificate, and the file of who signed that, as in ?sslmode=verify-full&sslrootcert=/etc/gatherwell-database.crt`
      return `The database ${where} cannot be reached (${code ?? 'no answer in time'}). Is PostgreSQL running, and does DATABASE_URL name the right host and port?`
  }
}
