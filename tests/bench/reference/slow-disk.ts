/**
 * A slower disk, for the bench alone: every commit of SQLite in this process takes `SLOW_DISK_MS` longer, in the thread that
 * commits. Loaded with `--import`, which Node carries on into the threads that a process starts.
 */
import { DatabaseSync } from 'node:sqlite'

const slower = Number(process.env['SLOW_DISK_MS'])
const clock = new Int32Array(new SharedArrayBuffer(4))
const exec = Reflect.get(DatabaseSync.prototype, 'exec') as (this: DatabaseSync, sql: string) => void

DatabaseSync.prototype.exec = function slowly(sql) {
  if (sql === 'COMMIT') Atomics.wait(clock, 0, 0, slower)
  exec.call(this, sql)
}
