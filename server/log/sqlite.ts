/** The log in SQLite: a client of the thread that owns the database (sqlite-worker.ts). */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { CannotOpen, Conflict, Gone, Held, StorageRefused } from './port.ts'
import type { Log, Own } from './port.ts'
import type { ForWorker, FromWorker, ToWorker } from './sqlite-worker.ts'
import type { Operations } from './sqlite-operations.ts'

export interface SqliteLogOptions {
  /** The data folder; it is created, for its owner alone, if it is not there. One process at a time may have it. */
  folder: string
  /** Where the backup before a migration goes; else "backups" in the data folder. */
  backups?: string
  /** Is told a sentence about a folder that can be used, but should not be. */
  warn?: (sentence: string) => void
  /** Milliseconds since 1970; says which keys have expired and from when a deleted session's code rests. */
  now?: () => number
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

const ERRORS = { Conflict, Gone, Held, StorageRefused }

/**
 * Opens (and migrates) the log of a data folder. Rejects with `CannotOpen`, whose message is a sentence for people.
 * Should its thread ever die, every call rejects with a plain Error, and what killed it is thrown for whoever catches what nobody does:
 * the process must start again.
 */
export async function openSqliteLog({ folder, backups, warn = () => undefined, now = Date.now }: SqliteLogOptions): Promise<Log> {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: { folder, options: { now: now(), ...(backups === undefined ? {} : { backups }) } } satisfies ForWorker, name: 'log' })
  const [first] = (await once(worker, 'message')) as [FromWorker]
  if ('opened' in first && !first.opened) throw new CannotOpen(first.why)
  if ('opened' in first) first.warnings.forEach(warn)
  const { call, close } = connect(worker)
  // A full drive is no reason not to show what is there.
  await call('tidy', now()).catch((error: unknown) => { if (!(error instanceof StorageRefused)) throw error })

  const own: Own = {
    append: (append) => call('append', append),
    rewrite: (rewrite) => call('rewrite', rewrite),
    read: (session, after) => call('read', session, after),
  }
  return {
    shared: false,
    ...own,
    receipts: (session) => call('receipts', session),
    whole: (session) => call('whole', session),
    missed: (session, since, receipts) => call('missed', session, since, receipts),
    async alone(session, since, receipts, write) {
      // One process has the database: nobody else can write in between but itself, and then the append is a conflict.
      const missed = await call('missed', session, since, receipts)
      if (missed === undefined) throw new Gone('No such session')
      return write(missed, own)
    },
    follow: () => () => undefined,
    createSession: (row) => call('createSession', row),
    sessions: () => call('sessions'),
    session: (id) => call('session', id),
    sessionByCode: (code) => call('sessionByCode', code),
    sessionByJoinToken: (token) => call('sessionByJoinToken', token),
    codeTaken: (code, at) => call('codeTaken', code, at),
    updateSession: (id, change) => call('updateSession', id, change),
    renewCode: (id, fresh, at) => call('renewCode', id, fresh, at),
    holdSession: (id, since) => call('holdSession', id, since),
    deleteSession: (id) => call('deleteSession', id, now()),
    addKey: (row) => call('addKey', row),
    key: (hash, at) => call('key', hash, at),
    keys: (session, role) => call('keys', session, role),
    revokeKey: (session, handle) => call('revokeKey', session, handle),
    dropHosts: () => call('dropHosts'),
    dropKey: (hash) => call('dropKey', hash),
    setting: (name) => call('setting', name),
    setSetting: (name, value) => call('setSetting', name, value),
    healthy: () => call('healthy'),
    close,
  }
}

function connect(worker: Worker) {
  const waiting = new Map<number, Waiting>()
  let outgoing: Extract<ToWorker, object>['calls'] = []
  let lastId = 0
  let stopped: Error | undefined

  const tell = (message: ToWorker) => { worker.postMessage(message) }

  worker.on('message', (message: FromWorker) => {
    if (!('answers' in message)) return
    for (const { id, value, error } of message.answers) {
      const asker = waiting.get(id)
      waiting.delete(id)
      if (error) asker?.reject(revived(error))
      else asker?.resolve(value)
    }
  })
  worker.on('error', (error: Error) => {
    stop(error)
    // What killed the thread nobody expected, and without it nothing can be saved: for the process's last resort (main.ts).
    throw error
  })
  worker.on('exit', () => { stop(new Error('The log is closed')) })

  function stop(error: Error): void {
    stopped ??= error
    for (const asker of waiting.values()) asker.reject(stopped)
    waiting.clear()
  }

  /** Sends what was called in this turn as one message, so that it shares one transaction. */
  function flush(): void {
    const calls = outgoing
    outgoing = []
    if (!stopped && calls.length > 0) tell({ calls })
  }

  function call<K extends keyof Operations>(name: K, ...args: Parameters<Operations[K]>): Promise<ReturnType<Operations[K]>> {
    if (stopped) return Promise.reject(stopped)
    const id = (lastId += 1)
    if (outgoing.length === 0) setImmediate(flush)
    outgoing.push({ id, name, args })
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
    })
  }

  async function close(): Promise<void> {
    if (stopped) return
    flush()
    stopped = new Error('The log is closed')
    const gone = once(worker, 'exit')
    tell('close')
    await gone
  }

  return { call, close }
}

function revived({ name, message }: { name: string; message: string }): Error {
  const Kind = ERRORS[name as keyof typeof ERRORS] as (new (message: string) => Error) | undefined
  return Kind ? new Kind(message) : new Error(message)
}
