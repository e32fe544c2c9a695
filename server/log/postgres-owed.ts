/**
 * What was promised away and still lies in a file. It is written down in the transaction that promises it, so that no crash forgets it, and any
 * server pays: the former tables of a rewritten or deleted log are dropped, and shared tables that held something are written anew. Both
 * need a lock that others may hold for a while (a backup, say): it is asked for briefly, and again later, and nobody waits behind it.
 */
import { StorageRefused } from './port.ts'
import type { Ask, Sql } from './postgres-sql.ts'

/** Shared tables that hold people's words or names, with their order. */
const SHARED = { sessions: 'id', keys: 'hash' } as const

/** Longer than this nobody is kept waiting behind the wish for a table. */
const LOCK_MS = 300
/** Writing shared tables anew is gathered: many sessions may end their retention at once. */
const GATHER_MS = 500
/** Between two looks for what is still owed, by whatever server. */
const LOOK_MS = 10_000
/** Owed for longer than this is trouble that a person should see. */
const LONG_MS = 120_000
const PATIENCE_MS = 60_000

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

export type Debt = keyof typeof SHARED | { tables: number }

export interface Owed {
  /** Writes down what this transaction promises away. */
  promise(ask: Ask, debts: readonly Debt[]): Promise<void>
  /** Drops tables now, and writes shared ones anew soon. What cannot be done now stays owed. Never rejects. */
  pay(): Promise<void>
  /** Rejects with `StorageRefused` where something has been owed for long. */
  check(): Promise<void>
  close(): Promise<void>
}

export function openOwed({ ask, transaction }: Pick<Sql, 'ask' | 'transaction'>): Owed {
  let running: Promise<void> = Promise.resolve()
  let gathering: NodeJS.Timeout | undefined
  let closed = false

  /** One after the other; each finds what those before it left. */
  function next(pay: (what: string) => Promise<void>): Promise<void> {
    running = running.then(async () => {
      if (closed) return
      for (const { what } of await ask<{ what: string }>('SELECT what FROM owed ORDER BY since')) await pay(what).catch(() => undefined)
    }).catch(() => undefined)
    return running
  }

  async function drop(what: string): Promise<void> {
    const number = /^tables (\d{1,10})$/.exec(what)?.[1]
    if (number === undefined) return
    await transaction(async (tx) => {
      await tx(`SET LOCAL lock_timeout = ${String(LOCK_MS)}`)
      await tx(`DROP TABLE IF EXISTS log_${number}, receipts_${number}`)
      await tx('DELETE FROM owed WHERE what = $1', [what])
    })
  }

  /**
   * VACUUM FULL would keep rows that somebody's older transaction might still see; this keeps none. The copy lies in a temporary table, and
   * TRUNCATE takes a new file.
   */
  async function writeAnew(what: string): Promise<void> {
    if (!Object.hasOwn(SHARED, what)) return
    const order = SHARED[what as keyof typeof SHARED]
    await transaction(async (tx) => {
      await tx(`SET LOCAL lock_timeout = ${String(LOCK_MS)}; SET LOCAL statement_timeout = ${String(PATIENCE_MS)}`)
      await tx(
        `LOCK TABLE ${what} IN ACCESS EXCLUSIVE MODE;
         CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM ${what};
         TRUNCATE ${what};
         INSERT INTO ${what} SELECT * FROM kept ORDER BY ${order}`,
        undefined,
        PATIENCE_MS,
      )
      await tx('DELETE FROM owed WHERE what = $1', [what])
    })
  }

  const payAll = () => void next(drop).then(() => next(writeAnew))
  const looking = setInterval(payAll, LOOK_MS)
  looking.unref()

  return {
    async promise(tx, debts) {
      const names = debts.map((debt) => (typeof debt === 'string' ? debt : `tables ${String(debt.tables)}`))
      await tx(`INSERT INTO owed (what, since) SELECT what, ${NOW} FROM unnest($1::text[]) AS what ON CONFLICT (what) DO NOTHING`, [names])
    },
    async pay() {
      gathering ??= setTimeout(() => {
        gathering = undefined
        payAll()
      }, GATHER_MS)
      gathering.unref()
      await next(drop)
    },
    async check() {
      const late = await ask(`SELECT 1 FROM owed WHERE since < ${NOW} - ${String(LONG_MS)}`)
      if (late.length > 0) throw new StorageRefused('Erased bytes are still in the database: something keeps its tables locked')
    },
    async close() {
      clearInterval(looking)
      clearTimeout(gathering)
      // What was promised a moment ago is paid now, if nobody is in the way.
      if (gathering !== undefined) await next(drop).then(() => next(writeAnew))
      closed = true
      await running
    },
  }
}
