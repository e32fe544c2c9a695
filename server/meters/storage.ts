/** Watches storage: how long it takes, whether it refuses, and when it is well again. */
import { Conflict, StorageRefused, type Log, type Own } from '../log/port.ts'
import { roomHash, type Logger } from '../logger.ts'
import type { Meters } from './meters.ts'

/** People wait for it: whoever operates the server should know, ms. */
const SLOW = 1_000
/** Between two tries whether storage takes something again, ms. */
const TRY = 1_000
const TRIED = 'storage-tried'
/** Whoever asks how storage is within this time of somebody else is told the same, ms: anybody may ask, as often as they like. */
const SAME = 1_000

export interface Watched {
  /** The same log, watched. */
  log: Log
  /** Whether storage answers, and keeps what it is given, as far as anybody knows. Where it refused last, it is tried again. */
  takes(): Promise<boolean>
}

/** Asks once for all who ask within `SAME`. */
function asked(healthy: Log['healthy']): Log['healthy'] {
  let last: { answer: Promise<void>; at: number } | undefined
  return () => {
    if (last === undefined || performance.now() - last.at >= SAME) last = { answer: healthy(), at: performance.now() }
    return last.answer
  }
}

/** Adapters are plain objects of functions: each is put around by name. `healthy` answers for a second. */
export function watchStorage(log: Log, meters: Meters, logger: Logger, now: () => number): Watched {
  /** Since when it refuses, ms. */
  let refusing: number | undefined
  let tried = -Infinity
  const healthy = asked(() => log.healthy())

  function refused(): void {
    meters.storageRefused()
    if (refusing !== undefined) return
    refusing = now()
    logger.error({ event: 'storage', outcome: 'refused' }, 'storage refuses to keep what people write; they are told, and it is tried again')
  }

  function well(): void {
    if (refusing === undefined) return
    logger.info({ event: 'storage', outcome: 'healed', ms: Math.round(now() - refusing) }, 'storage keeps what people write again')
    refusing = undefined
  }

  async function watched<T>(session: string, work: () => Promise<T>, kept: (ms: number) => boolean): Promise<T> {
    const began = performance.now()
    try {
      const value = await work()
      const ms = performance.now() - began
      if (kept(ms)) well()
      if (ms > SLOW) logger.warn({ event: 'commit', outcome: 'slow', ms: Math.round(ms), room: roomHash(session) }, 'storage took longer than a second')
      return value
    } catch (error) {
      if (error instanceof StorageRefused) refused()
      else if (error instanceof Conflict) meters.conflicted()
      throw error
    }
  }

  return {
    log: {
      ...log,
      healthy,
      append: (append) => watched(append.session, () => log.append(append), (ms) => (meters.committed(append.events.length, ms), true)),
      rewrite: (rewrite) => watched(rewrite.session, () => log.rewrite(rewrite), (ms) => (meters.rewritten(ms), true)),
      alone(session, since, receipts, write) {
        let done: ((ms: number) => void) | undefined
        // Only what is written counts as a commit; that it is durable is known when the whole is.
        const mine = (own: Own): Own => ({
          ...own,
          append(append) {
            done = (ms) => meters.committed(append.events.length, ms)
            return own.append(append)
          },
          rewrite(rewrite) {
            done = (ms) => meters.rewritten(ms)
            return own.rewrite(rewrite)
          },
        })
        return watched(session, () => log.alone(session, since, receipts, (missed, own) => write(missed, mine(own))), (ms) => (done?.(ms), done !== undefined))
      },
    },
    async takes() {
      try {
        await healthy()
        if (refusing !== undefined && now() - tried >= TRY) {
          tried = now()
          await log.setSetting(TRIED, new Date(tried).toISOString())
          well()
        }
      } catch {
        return false
      }
      return refusing === undefined
    },
  }
}
