/** The log on PostgreSQL, which any number of servers share: statements on a pool (postgres-sql.ts), and a channel between servers (postgres-channel.ts). */
import { randomUUID } from 'node:crypto'
import { LeftBehind, StorageRefused, type Head, type Log } from './port.ts'
import { refuseMoving } from './postgres-alone.ts'
import { openChannel } from './postgres-channel.ts'
import { directory } from './postgres-directory.ts'
import { events } from './postgres-events.ts'
import { openFollowing } from './postgres-follow.ts'
import { keys } from './postgres-keys.ts'
import { prepare, readPostgresMigrations, type Migration } from './postgres-open.ts'
import { openOwed } from './postgres-owed.ts'
import { openSql, type Ask } from './postgres-sql.ts'
import { openServerTime } from './postgres-time.ts'
import { openWanted, type Wants } from './postgres-wanted.ts'

export interface PostgresLogOptions {
  /** postgres://user:password@host:port/database */
  url: string
  /** Is told a sentence about what can be used and should be otherwise, and when servers cannot hear each other. */
  warn?: (sentence: string) => void
  /** Milliseconds since 1970; else the database's own clock. */
  now?: () => number
  /** Is told whether the channel between servers works, whenever that changes. */
  channel?: (works: boolean) => void
  migrations?: readonly Migration[]
}

/** What servers tell each other beside the log; as server/room/peers.ts has it, which says what the messages are. */
export interface Told<M> {
  /** Whether messages come through now, as far as is known. */
  readonly up: boolean
  tell(message: M): void
  onTold(listener: (message: M, from: string) => void): () => void
  onGap(listener: () => void): () => void
}

export interface PostgresLog<M> {
  log: Log
  peers: Told<M>
  /** By how much the database's clock is ahead of this machine's, ms: servers that share a database agree about time. */
  ahead: () => number
  /** Keeps a setting unless there is one; resolves with the one that stands, for every server the same. An empty one counts as none. */
  firstSetting(name: string, value: string): Promise<string>
}

/** What goes over the channel: where a log stands now (nowhere: it is deleted), who follows what, and what peers tell. */
type Said<M> = { session: string; head?: Head } | { wants: Wants } | { told: M }

/** Opens (and migrates) the log in a database. Rejects with `CannotOpen`, whose message is a sentence for people. */
export async function openPostgresLog<M extends object>({ url, warn = () => undefined, now, channel: channelWorks, migrations = readPostgresMigrations() }: PostgresLogOptions): Promise<PostgresLog<M>> {
  ;(await prepare(url, migrations)).forEach(warn)
  const sql = openSql(url)
  const time = openServerTime()
  const clock = now ?? (() => Date.now() + time.ahead())
  const owed = openOwed(sql)
  const following = openFollowing(sql.ask, (session) => wanted.began(session), (session) => wanted.left(session))
  const wanted = openWanted({
    now: () => performance.now(),
    tell: (wants) => channel.tell({ wants }),
    own: following.sessions,
    newcomer(sessions) {
      for (const session of sessions) {
        const head = following.head(session)
        if (head !== undefined) channel.tell({ session, head })
      }
    },
  })
  const listeners = new Set<(message: M, from: string) => void>()
  const gaps = new Set<() => void>()
  let wasDown = false

  const channel = openChannel<Said<M>>({
    url,
    server: randomUUID(),
    heard(said, from) {
      if ('session' in said && typeof said.session === 'string') following.heard(said.session, said.head)
      else if ('wants' in said && typeof said.wants === 'object') wanted.heard(said.wants, from)
      else if ('told' in said && typeof said.told === 'object') for (const listener of [...listeners]) listener(said.told, from)
    },
    alive: wanted.alive,
    changed(works) {
      if (works) wanted.channelBegan()
      channelWorks?.(works)
      if (!works) warn('Servers cannot hear each other through the database now; each looks every two seconds for what others wrote.')
      else if (wasDown) {
        warn('Servers hear each other again.')
        void following.look()
        for (const listener of [...gaps]) listener()
      }
      wasDown = !works
    },
    clock: time.heard,
  })

  const announce = (session: string, head: Head | undefined) => {
    following.wrote(session, head)
    // Of what nobody follows here, nobody here tells who begins to follow: others are told at once.
    if (head !== undefined && following.follows(session) && !wanted.byOthers(session)) return
    channel.tell({ session, ...(head === undefined ? {} : { head }) })
  }
  const close = async () => {
    wanted.close()
    await Promise.all([channel.close(), following.close(), owed.close()])
    await sql.close()
  }
  const log = events(sql, owed, announce)
  const sessions = directory(sql, owed, clock, (session) => {
    log.forget(session)
    announce(session, undefined)
  })
  const access = keys(sql)
  const { forget: _, ...ofLog } = log
  const { firstSetting, forgetCodes, ...ofSessions } = sessions
  const { dropExpired, ...ofKeys } = access
  await time.read(sql.ask)
  // Counted as at work by now: nobody moves anything any more.
  await channel.tried
  await refuseMoving(sql.ask).catch(async (error: unknown) => {
    await close()
    throw error
  })
  // A database that is too full for this is no reason not to show what is there.
  await Promise.all([dropExpired(clock()), forgetCodes(clock()), owed.pay()]).catch((error: unknown) => { if (!(error instanceof StorageRefused)) throw error })

  return {
    log: {
      ...ofLog,
      ...ofSessions,
      ...ofKeys,
      shared: true,
      follow: following.follow,
      healthy: () => healthy(sql.ask, migrations.length).then(() => owed.check()),
      close,
    } as Log,
    peers: {
      get up() {
        return channel.works()
      },
      tell: (told) => channel.tell({ told }),
      onTold: (listener) => kept(listeners, listener),
      onGap: (listener) => kept(gaps, listener),
    },
    ahead: time.ahead,
    firstSetting,
  }
}

/** Answers, takes writes, and has not been taken over by a version that this one may not work beside. */
async function healthy(ask: Ask, known: number): Promise<void> {
  const [row] = await ask<{ readOnly: string; least: number }>(`SELECT current_setting('transaction_read_only') AS "readOnly", (SELECT max(least) FROM schema_numbers) AS least`)
  if (row?.readOnly !== 'off') throw new StorageRefused('The database takes no writes')
  if (row.least > known) throw new LeftBehind('A newer version has changed the database: this one has to go')
}

function kept<F extends (...args: never[]) => void>(all: Set<F>, listener: F): () => void {
  all.add(listener)
  return () => void all.delete(listener)
}
