/** Group commit: all calls that arrived meanwhile share one durable transaction, and none spoils the others. */
import type { DatabaseSync } from 'node:sqlite'
import { Conflict, StorageRefused } from './port.ts'
import { BUSY_PATIENCE_MS } from './sqlite-open.ts'
import type { Operations } from './sqlite-operations.ts'

export interface Call {
  name: keyof Operations
  args: unknown[]
}

export type Answer = { value: unknown } | { error: Error }

const READS: ReadonlySet<keyof Operations> = new Set<keyof Operations>([
  'read', 'receipts', 'whole', 'missed', 'sessions', 'session', 'sessionByCode', 'sessionByJoinToken', 'codeTaken', 'key', 'keys', 'setting', 'healthy',
])

/** After these the write-ahead log is emptied, since it still holds what they removed. */
const ERASES: ReadonlySet<keyof Operations> = new Set<keyof Operations>(['rewrite', 'deleteSession'])

/** SQLite's codes (the low byte is the family). */
const CONSTRAINT = 19
const UNIQUE = [1555, 2067]

/**
 * Answers batches of calls in order. An answer to a write is given only when it is on disk. Where storage says no, every
 * write of the batch is refused with nothing kept, and the reads are answered from what was there before.
 */
export function batches(db: DatabaseSync, operations: Operations): (calls: readonly Call[]) => Answer[] {
  /**
   * Bytes that were promised away may still be in the write-ahead log, since the drive refused the checkpoint, a backup
   * tool reads, or (at the start) a kill came in between.
   */
  let checkpointOwed = true

  function checkpoint(): void {
    try {
      // Nobody waits for a reader: the next batch tries again.
      db.exec('PRAGMA busy_timeout = 0')
      const done = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
      checkpointOwed = done?.['busy'] !== 0
    } catch {
      checkpointOwed = true
    } finally {
      db.exec(`PRAGMA busy_timeout = ${String(BUSY_PATIENCE_MS)}`)
    }
  }

  function once({ name, args }: Call): Answer {
    if (name === 'healthy' && checkpointOwed) {
      return { error: new StorageRefused('Erased bytes are still in the write-ahead log: a checkpoint is due') }
    }
    try {
      const operation = operations[name] as (...args: unknown[]) => unknown
      return { value: operation(...args) }
    } catch (error) {
      return { error: translated(error as Error) }
    }
  }

  /** One write inside the transaction: undone alone if it fails alone; storage trouble ends the batch. */
  function guarded(call: Call): Answer {
    if (READS.has(call.name)) return once(call)
    db.exec('SAVEPOINT call')
    const answer = once(call)
    if ('error' in answer) {
      if (answer.error instanceof StorageRefused) throw answer.error
      db.exec('ROLLBACK TO call')
    }
    db.exec('RELEASE call')
    return answer
  }

  function together(calls: readonly Call[]): Answer[] {
    try {
      db.exec('BEGIN IMMEDIATE')
      const answers = calls.map(guarded)
      db.exec('COMMIT')
      return answers
    } catch (error) {
      undo()
      const refused = error instanceof StorageRefused ? error : new StorageRefused((error as Error).message)
      return calls.map((call) => (READS.has(call.name) ? once(call) : { error: refused }))
    }
  }

  function undo(): void {
    // Some errors have rolled back by themselves.
    if (db.isTransaction) db.exec('ROLLBACK')
  }

  return (calls) => {
    if (checkpointOwed) checkpoint()
    if (calls.every((call) => READS.has(call.name))) return calls.map(once)
    const answers = together(calls)
    if (calls.some((call, i) => ERASES.has(call.name) && 'value' in (answers[i] as Answer))) checkpoint()
    return answers
  }
}

/** SQLite's errors as the port's: taken, or refused by the drive. Other errors are bugs and stay what they are. */
function translated(error: Error): Error {
  if (!('errcode' in error)) return error
  const code = Number(error.errcode)
  if (UNIQUE.includes(code)) return new Conflict(error.message)
  if (code % 256 === CONSTRAINT) return error
  return new StorageRefused(error.message)
}
