/**
 * A process that brings a data folder up to date, to be killed on its way: `folder migrations [step]`. With a number it dies at
 * that call of `step()` in the SQL of the migrations, between two statements or in the middle of one; without, it opens the
 * folder as the server does. Prints "begun" before, and "done" or the refusal afterwards.
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readMigrations } from '../../../server/log/migrations.ts'
import { migrate, openDatabase } from '../../../server/log/sqlite-open.ts'

const [folder = '', migrations = '', step] = process.argv.slice(2)
writeSync(1, 'begun\n')
try {
  if (step === undefined) openDatabase(folder, { migrations }).close()
  else {
    const db = new DatabaseSync(join(folder, 'gatherwell.sqlite'))
    db.exec('PRAGMA journal_mode = wal; PRAGMA synchronous = 2')
    let left = Number(step)
    db.function('step', () => {
      left -= 1
      if (left === 0) process.kill(process.pid, 'SIGKILL')
      return ''
    })
    migrate(db, readMigrations(migrations))
    db.close()
  }
  writeSync(1, 'done\n')
} catch (error) {
  writeSync(1, `${(error as Error).name}: ${(error as Error).message}\n`)
}
