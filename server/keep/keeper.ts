/** What a running server does to keep its data: a backup a day, and an eye on the room that is left on the drive. */
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Logger } from '../logger.ts'
import { freeBytes, LOW_SPACE_BYTES } from './disk.ts'
import { isDue } from './rounds.ts'
import type { Round, RoundDone } from './rounds.ts'

/** What the host is told of: codes, whose sentences are the page's. */
export type KeepWarning = 'low-space' | 'no-backup' | 'damaged-backup'

export interface Keeper {
  /** What stands against the data being safe now, with the drive asked anew. Never rejects. */
  warnings(): Promise<KeepWarning[]>
  /** Makes the daily backup if it is due. Never rejects. */
  look(): Promise<void>
  /** Looks no more, and waits a little for a backup in the making; one that takes longer is left to the process's end, and cleared by a later one. */
  close(): Promise<void>
}

export interface KeeperOptions {
  folder: string
  backups: string
  kept: number
  logger: Logger
  now: () => number
  /** Bytes that are free where a folder lies. A test has no drive to fill. */
  free?: (folder: string) => Promise<number>
}

/** People come in the first minute after a start; a backup can wait that long. */
const FIRST_LOOK = 60_000
const LOOK = 15 * 60_000
/** Whoever stops the server waits for it. */
const CLOSE_PATIENCE = 3_000

/** Where a database keeps the data, whoever runs that database looks after it. */
export const NO_KEEPER: Keeper = { warnings: () => Promise.resolve([]), look: () => Promise.resolve(), close: () => Promise.resolve() }

/** Begins to look after the data. */
export function openKeeper({ folder, backups, kept, logger, now, free = freeBytes }: KeeperOptions): Keeper {
  let low = false
  let last: RoundDone = {}
  let running: Promise<void> | undefined

  async function lookAtSpace(): Promise<void> {
    const left = await free(folder).catch(() => undefined)
    if (left === undefined || left < LOW_SPACE_BYTES === low) return
    low = !low
    if (low) logger.warn({ event: 'space', outcome: 'low' }, `less than ${String(LOW_SPACE_BYTES / 1_000_000)} MB are free where the data is kept`)
    else logger.info({ event: 'space', outcome: 'enough' }, 'there is enough free space again')
  }

  async function backUp(): Promise<void> {
    const began = performance.now()
    last = await inThread({ folder, to: backups, kept, now: now() })
    const ms = Math.round(performance.now() - began)
    if (last.damaged !== undefined) logger.error({ event: 'backup', outcome: 'damaged' }, 'the newest backup could not be read back, and was put aside')
    if (last.failed === undefined) logger.info({ event: 'backup', outcome: 'made', ms }, 'the daily backup was made')
    else logger.error({ event: 'backup', outcome: 'failed', ms }, last.failed)
  }

  function look(): Promise<void> {
    running ??= (async () => {
      try {
        await lookAtSpace()
        if (kept > 0 && isDue(backups, now())) await backUp()
      } catch (error) {
        logger.error({ event: 'backup', outcome: 'failed', error: error instanceof Error ? error.name : 'unknown' }, 'the backups could not be looked after')
        last = { ...last, failed: 'unknown' }
      } finally {
        running = undefined
      }
    })()
    return running
  }

  const first = setTimeout(() => void look(), FIRST_LOOK)
  const looking = setInterval(() => void look(), LOOK)
  for (const timer of [first, looking]) timer.unref()

  return {
    look,
    async warnings() {
      await lookAtSpace()
      const found: [boolean, KeepWarning][] = [[low, 'low-space'], [last.failed !== undefined, 'no-backup'], [last.damaged !== undefined, 'damaged-backup']]
      return found.flatMap(([is, warning]) => (is ? [warning] : []))
    },
    async close() {
      clearTimeout(first)
      clearInterval(looking)
      await Promise.race([running, wait(CLOSE_PATIENCE, undefined, { ref: false })])
    },
  }
}

async function inThread(round: Round): Promise<RoundDone> {
  const worker = new Worker(new URL('./round-thread.ts', import.meta.url), { workerData: round, name: 'keep' })
  worker.unref()
  const [done] = (await once(worker, 'message')) as [RoundDone]
  await worker.terminate()
  return done
}
