/** Sessions whose time is over go by themselves; those on hold stay, whoever asks. */
import { isDue, looksAgain, USUAL_RETENTION_DAYS, type Looked } from '#shared/retention.ts'
import { Held, type Log, type SessionRow } from '../log/port.ts'
import type { Logger } from '../logger.ts'
import type { Connections } from './connections.ts'
import type { Rooms } from './rooms.ts'

/** Between two looks, ms: a machine that sleeps at night misses none for long. */
const LOOK = 60 * 60_000
const SETTING = 'retention'
/** When it was looked last. */
const LOOKED = 'retention-looked'

export interface Retention {
  /** Days after its end that a session is kept; 0: until somebody deletes it. */
  days(): Promise<number>
  choose(days: number): Promise<void>
  /** Deletes what is due now, unless the clock is in doubt; answers how many sessions went. One that cannot be deleted now is tried again with the next look. */
  purge(): Promise<number>
  /** Deletes one session with everything in it, for everybody in it too. Rejects with `Held` if it is on hold. */
  remove(id: string): Promise<void>
  /** Resolves when nothing of it runs any more. */
  close(): Promise<void>
}

export interface RetentionDeps {
  log: Log
  rooms: Rooms
  connections: Connections
  logger: Logger
  now: () => number
}

/** Looks at once, then every hour. */
export function openRetention({ log, rooms, connections, logger, now }: RetentionDeps): Retention {
  let running: Promise<number> | undefined
  let closed = false

  async function days(): Promise<number> {
    const chosen = Number((await log.setting(SETTING)) ?? USUAL_RETENTION_DAYS)
    // What nobody can read deletes nothing.
    return Number.isInteger(chosen) && chosen >= 0 ? chosen : 0
  }

  async function remove(id: string): Promise<void> {
    // First the log: whoever comes in between finds nothing to come back to.
    await log.deleteSession(id).catch(async (error: unknown) => {
      // Storage may have done what it says it refused: then nobody must stay in a room that is nowhere.
      if ((await log.session(id)) !== undefined) throw error
    })
    await rooms.drop(id)
    connections.expel(id, 'deleted')
  }

  /** Whether the clock may be believed: see `looksAgain`. Before the first look the newest session tells what time it was, and without one nothing can be lost. */
  async function believed(rows: readonly SessionRow[]): Promise<boolean> {
    const before = looked(await log.setting(LOOKED)) ?? { at: Math.max(...(rows.length === 0 ? [now()] : rows.flatMap(({ createdAt, endedAt = 0 }) => [createdAt, endedAt]))) }
    const again = looksAgain(before, now())
    await log.setSetting(LOOKED, JSON.stringify(again.looked))
    return again.believed
  }

  async function purgeOnce(): Promise<number> {
    const kept = await days()
    const rows = await log.sessions()
    if (!(await believed(rows))) {
      if (rows.some((row) => isDue(row, kept, now()))) logger.warn({ event: 'retention', outcome: 'clock-doubted' }, 'the clock has leapt ahead, or the server was off for long: sessions whose time is over are deleted when it has stood by that for two days')
      return 0
    }
    let gone = 0
    for (const row of rows) {
      if (closed || !isDue(row, kept, now())) continue
      try {
        await remove(row.id)
        gone += 1
      } catch (error) {
        // Put on hold in the same moment; or the drive says no, and the next look tries again.
        if (!(error instanceof Held)) logger.error({ event: 'retention', outcome: 'failed', error: error instanceof Error ? error.name : 'unknown' }, 'a session whose time is over could not be deleted')
      }
    }
    if (gone > 0) logger.info({ event: 'retention', outcome: 'deleted' }, 'sessions whose time was over were deleted')
    return gone
  }

  function purge(): Promise<number> {
    running ??= purgeOnce().finally(() => (running = undefined))
    return running
  }

  const look = () => purge().catch((error: unknown) => {
    if (!closed) logger.error({ event: 'retention', outcome: 'failed', error: error instanceof Error ? error.name : 'unknown' }, 'sessions could not be looked through')
  })
  const timer = setInterval(() => void look(), LOOK)
  timer.unref()
  void look()

  return {
    days,
    choose: (chosen) => log.setSetting(SETTING, String(chosen)),
    purge,
    remove,
    async close() {
      closed = true
      clearInterval(timer)
      await running?.catch(() => undefined)
    },
  }
}

/** What was written down, if it can be read. */
function looked(written: string | undefined): Looked | undefined {
  if (written === undefined) return undefined
  const { at, doubted } = JSON.parse(written) as Partial<Looked>
  if (typeof at !== 'number') return undefined
  return typeof doubted === 'number' ? { at, doubted } : { at }
}
