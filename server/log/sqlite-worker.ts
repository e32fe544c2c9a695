/** The thread that owns the database: takes calls from sqlite.ts, answers each after its commit. */
import { parentPort, workerData } from 'node:worker_threads'
import { batches } from './sqlite-batch.ts'
import type { Answer, Call } from './sqlite-batch.ts'
import { openDatabase } from './sqlite-open.ts'
import type { OpenOptions } from './sqlite-open.ts'
import { operations } from './sqlite-operations.ts'

/** What the thread is born with. */
export interface ForWorker {
  folder: string
  options: OpenOptions
}

/** What the thread is sent: calls of one turn, or the wish to close. */
export type ToWorker = { calls: (Call & { id: number })[] } | 'close'

/** What it sends: once whether it could open; then the answers of a batch. Errors travel by name, as cloning loses classes. */
export type FromWorker =
  | { opened: true; warnings: string[] }
  | { opened: false; why: string }
  | { answers: { id: number; value?: unknown; error?: { name: string; message: string } }[] }

function serve(folder: string, options: OpenOptions, port: NonNullable<typeof parentPort>): void {
  const tell = (message: FromWorker) => { port.postMessage(message) }
  const { db, warnings, close } = openDatabase(folder, options)
  const run = batches(db, operations(db))
  let waiting: (Call & { id: number })[] = []

  function flush(): void {
    const calls = waiting
    waiting = []
    if (calls.length === 0) return
    const answers = run(calls)
    tell({ answers: calls.map(({ id }, i) => ({ id, ...sendable(answers[i] as Answer) })) })
  }

  port.on('message', (message: ToWorker) => {
    if (message === 'close') {
      flush()
      close()
      port.close()
      return
    }
    // What has already arrived is delivered before this runs, and shares the transaction.
    if (waiting.length === 0) setImmediate(flush)
    waiting.push(...message.calls)
  })
  tell({ opened: true, warnings })
}

function sendable(answer: Answer) {
  return 'error' in answer ? { error: { name: answer.error.name, message: answer.error.message } } : answer
}

if (parentPort) {
  try {
    const { folder, options } = workerData as ForWorker
    serve(folder, options, parentPort)
  } catch (error) {
    parentPort.postMessage({ opened: false, why: (error as Error).message } satisfies FromWorker)
    parentPort.close()
  }
}
