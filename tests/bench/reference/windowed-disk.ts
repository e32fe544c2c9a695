/** The thread that owns the windowed reference's database: one durable transaction for each batch. */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const db = new DatabaseSync((workerData as { file: string }).file)
db.exec('PRAGMA journal_mode = WAL')
db.exec('PRAGMA synchronous = FULL')
db.exec('CREATE TABLE log (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, data TEXT NOT NULL) STRICT')
const insert = db.prepare('INSERT INTO log (seq, id, data) VALUES (?, ?, ?)')

parentPort?.on('message', (batch: readonly { seq: number; id: string; data: string }[]) => {
  db.exec('BEGIN IMMEDIATE')
  for (const { seq, id, data } of batch) insert.run(seq, id, data)
  db.exec('COMMIT')
  parentPort?.postMessage(batch.length)
})
