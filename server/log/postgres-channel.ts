/**
 * What servers on one database tell each other, by LISTEN and NOTIFY on a connection of its own. A hint: what is told while it is down is
 * lost. Nobody waits for it. Announcing is not part of any transaction that writes, since NOTIFY makes all commits of a database queue up.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { AT_WORK_TOO } from './postgres-alone.ts'
import { packed, sealed, unsealed } from './postgres-notes.ts'
import { connectionTo, cut } from './postgres-sql.ts'

const CHANNEL = 'gatherwell'
/** A setting: by it servers know what is said by servers. */
const KEY = 'channel-key'
/** How often a server says something that it expects to hear itself. */
const BEAT_MS = 2_000
/** Not having heard oneself for so long means that the channel is dead, whatever the system says of the connection. */
const SILENCE_MS = 6_000
const BACKOFF_MS = { first: 100, most: 5_000 }
/** A frozen database does not say goodbye. */
const GOODBYE_MS = 500
/**
 * A busy server says what it has to say in one breath, this long after the last, ms: each notification wakes every server and a process of
 * the database for it, whether or not they have anybody of the session. What comes after a silence is said at once.
 */
const BREATH_MS = 25
/** Said while the channel is slow; more is forgotten, the oldest first. */
const MOST_WAITING = 2_000

/** What is told: hints of any kind. */
export interface Channel<M> {
  works(): boolean
  /** Tells every other server, soon; forgotten while the channel is down. */
  tell(message: M): void
  /** Resolves when the channel works, or has failed once. */
  tried: Promise<void>
  close(): Promise<void>
}

export interface ChannelOptions<M> {
  url: string
  /** This server's name, for as long as it lives. */
  server: string
  heard(message: M, from: string): void
  /** Another server has said something, if only that it is there; after what it said. */
  alive(server: string): void
  /** Works again, after a time in which messages may have been lost; or does not work (any more). */
  changed(works: boolean): void
  /** The database's clock, ms since 1970, was read between these two of `Date.now`. */
  clock?(database: number, asked: number, answered: number): void
}

/** Opens it, and opens it again whenever it is lost, until it is closed. */
export function openChannel<M extends object>({ url, server, heard, alive, changed, clock }: ChannelOptions<M>): Channel<M> {
  let client: pg.Client | undefined
  let key = ''
  let waiting: M[] = []
  let works: boolean | undefined
  let closed = false
  let speaking: Promise<void> | undefined
  let heardOwn = 0
  let spoke = -Infinity
  let breathing: NodeJS.Timeout | undefined
  let failures = 0
  let again: NodeJS.Timeout | undefined
  let done: () => void = () => undefined
  const tried = new Promise<void>((resolve) => (done = resolve))

  function state(now: boolean): void {
    if (now === works) return
    works = now
    changed(now)
  }

  async function open(): Promise<void> {
    const mine = new pg.Client(connectionTo(url))
    client = mine
    mine.on('error', () => lost(mine))
    mine.on('end', () => lost(mine))
    mine.on('notification', ({ payload = '' }) => hear(mine, payload))
    try {
      await mine.connect()
      // A hint needs no disk. Nothing else runs here.
      const { rows } = await mine.query<{ free: boolean }>(`SELECT set_config('synchronous_commit', 'off', false), set_config('statement_timeout', '4500', false), ${AT_WORK_TOO} AS free`)
      if (rows[0]?.free !== true) return lost(mine)
      key = await keyOf(mine)
      await mine.query(`LISTEN ${CHANNEL}`)
      heardOwn = performance.now()
      if (client === mine) speak(true)
    } catch {
      lost(mine)
    }
  }

  function lost(which: pg.Client): void {
    if (client !== which) return
    client = undefined
    waiting = []
    state(false)
    done()
    which.end().catch(() => undefined)
    setTimeout(() => cut(which), GOODBYE_MS).unref()
    if (closed) return
    const wait = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** failures)
    failures += 1
    // Servers that lost the same database do not come back in step.
    again = setTimeout(() => void open(), wait * (0.5 + Math.random() / 2))
  }

  function hear(which: pg.Client, payload: string): void {
    if (client !== which) return
    const { from, says = [] } = unsealed<M>(key, payload)
    if (from === server) {
      heardOwn = performance.now()
      failures = 0
      state(true)
      done()
      return
    }
    if (from === undefined) return
    for (const message of says) heard(message, from)
    alive(from)
  }

  /** Says what waits, and then what came meanwhile: one statement at a time gathers by itself. */
  function speak(beat = false): void {
    const mine = client
    if (speaking !== undefined || mine === undefined || (waiting.length === 0 && !beat)) return
    const payloads = waiting.length === 0 ? [JSON.stringify({ from: server })] : packed(server, waiting)
    waiting = []
    spoke = performance.now()
    const asked = Date.now()
    speaking = mine
      .query<{ now: number }>(`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now, (SELECT count(pg_notify('${CHANNEL}', payload)) FROM unnest($1::text[]) AS payload)`, [payloads.map((payload) => sealed(key, payload))])
      .then(({ rows }) => clock?.(rows[0]?.now ?? asked, asked, Date.now()), () => lost(mine))
      .then(() => {
        speaking = undefined
        if (waiting.length > 0) speakSoon()
      })
  }

  function speakSoon(): void {
    breathing ??= setTimeout(() => {
      breathing = undefined
      speak()
    }, Math.max(0, spoke + BREATH_MS - performance.now()))
  }

  const beating = setInterval(() => {
    if (client === undefined) return
    if (works === true && performance.now() - heardOwn > SILENCE_MS) lost(client)
    else speak(true)
  }, BEAT_MS)
  beating.unref()
  void open()

  return {
    tried,
    works: () => works === true,
    tell(message) {
      if (works !== true) return
      if (waiting.length === 0) speakSoon()
      waiting.push(message)
      if (waiting.length > MOST_WAITING) waiting.shift()
    },
    async close() {
      closed = true
      clearInterval(beating)
      clearTimeout(again)
      clearTimeout(breathing)
      await speaking
      const mine = client
      client = undefined
      done()
      if (mine === undefined) return
      const impatient = setTimeout(() => cut(mine), GOODBYE_MS)
      await mine.end().catch(() => undefined)
      clearTimeout(impatient)
    },
  }
}

/** The same for all servers, made by the first. Nothing is moved while this connection is open, so that there is somewhere to keep it. */
async function keyOf(client: pg.Client): Promise<string> {
  const look = async () => (await client.query<{ value: string }>('SELECT value FROM settings WHERE name = $1', [KEY])).rows[0]?.value
  const known = await look()
  if (known !== undefined) return known
  await client.query('INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [KEY, randomBytes(32).toString('base64url')])
  const made = await look()
  if (made === undefined) throw new Error('The setting that was just made is gone')
  return made
}
