/** The log of a data folder as rows: to be read by whoever moves it elsewhere, or to be filled. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sync } from '../keep/disk.ts'
import { DATABASE_FILE, forOwnerAlone, lockFolder, makeFolder, refuseOldSqlite, refuseUnfinished, UNFINISHED_MOVE_FILE } from '../keep/folder.ts'
import { writeManifest } from '../keep/manifest.ts'
import { examine } from '../keep/verify.ts'
import { knownSchema, MIGRATIONS, readMigrations } from './migrations.ts'
import { CannotOpen } from './port.ts'
import { OF_SESSION, PAGE_CHARACTERS, PAGE_ROWS, TABLES, valuesOf, type NewShelf, type Pages, type Row, type Shelf } from './shelf.ts'
import { events } from './sqlite-events.ts'
import { harden, migrate, schemaOf } from './sqlite-open.ts'

/** Of a new folder: what a refused try, or the making of a file system, has left in it. */
const NOTHING = /^(lock\.sqlite.*|lost\+found)$/

/** Takes a data folder for reading. Throws `CannotOpen`: a server has it, there is nothing in it, or this program is of another age. */
export function openSqliteShelf(folder: string): Shelf {
  const where = `the folder ${folder}`
  const file = join(folder, DATABASE_FILE)
  refuseOldSqlite()
  if (!existsSync(file)) throw new CannotOpen(`There is nothing to move: ${where} holds no data of Gatherwell.`)
  return locked(folder, () => {
    refuseUnfinished(folder)
    const db = new DatabaseSync(file, { readOnly: true })
    try {
      const schema = schemaOf(db)
      if (schema !== knownSchema()) {
        throw new CannotOpen(`The data in ${where} is of ${schema > knownSchema() ? 'a newer Gatherwell: move it with that version' : 'an older Gatherwell: start this version on it once, which brings it up to date, stop it, and move it then'}.`)
      }
    } catch (error) {
      db.close()
      throw error
    }
    return (unlock) => ({ ...reading(db, where), close: () => closed(db, unlock) })
  })
}

/**
 * Takes a folder that is not there yet, or empty, for filling. `again` empties one that an unfinished move has left. Throws `CannotOpen`.
 */
export function fillSqliteShelf(folder: string, again: boolean): NewShelf {
  const where = `the folder ${folder}`
  const [file, mark] = [DATABASE_FILE, UNFINISHED_MOVE_FILE].map((name) => join(folder, name)) as [string, string]
  refuseOldSqlite()
  makeFolder(folder)
  return locked(folder, () => {
    if (existsSync(mark)) {
      if (!again) throw new CannotOpen(`A move into ${where} was not finished. Run it again with --again, which empties the folder first.`)
      for (const name of readdirSync(folder).filter((each) => each.startsWith(DATABASE_FILE))) rmSync(join(folder, name))
    } else if (readdirSync(folder).some((name) => !NOTHING.test(name))) {
      throw new CannotOpen(`There is something in ${where} already; name one that is not there yet, or empty.`)
    }
    // Before there is a database: a server would begin to work with half of one.
    writeFileSync(mark, '{}\n', { mode: 0o600, flush: true })
    sync(folder)
    forOwnerAlone(file)
    const db = new DatabaseSync(file)
    harden(db)
    migrate(db, readMigrations(MIGRATIONS))

    return (unlock) => ({
      ...reading(db, where),
      ...writing(db),
      async finish(now) {
        // The last connection empties the write-ahead log into the database.
        db.close()
        sync(file)
        // Whole and at rest: it is a backup too, until a server works on it.
        writeManifest(folder, 'moved', now, examine(file))
        rmSync(mark)
        sync(folder)
      },
      close: () => closed(db, unlock),
    })
  })
}

/** Opens under the folder's lock, and lets go of it when that fails. */
function locked<T>(folder: string, open: () => (unlock: () => void) => T): T {
  const lock = lockFolder(folder)
  try {
    return open()(() => lock.close())
  } catch (error) {
    lock.close()
    if (error instanceof CannotOpen) throw error
    throw new CannotOpen(`The database in the folder ${folder} cannot be opened: ${(error as Error).message}.`)
  }
}

async function closed(db: DatabaseSync, unlock: () => void): Promise<void> {
  if (db.isOpen) db.close()
  unlock()
}

function reading(db: DatabaseSync, where: string): Omit<Shelf, 'close'> {
  const numberOf = db.prepare('SELECT number FROM sessions WHERE id = ?')
  return {
    where,
    rows: (table) => pages(db, table, TABLES[table]),
    rowsOf(session, table) {
      const number = numberOf.get(session)?.['number']
      return number === undefined ? none() : pages(db, `${table}_${String(number)}`, OF_SESSION[table])
    },
    // The system keeps the folder locked for as long as this process lives.
    alone: () => Promise.resolve(),
  }
}

async function* pages(db: DatabaseSync, table: string, columns: readonly string[]): Pages {
  let page: Row[] = []
  let characters = 0
  for (const row of db.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${String(columns[0])}`).iterate() as Iterable<Row>) {
    page.push(row)
    for (const value of Object.values(row)) characters += typeof value === 'string' ? value.length : 0
    if (page.length < PAGE_ROWS && characters < PAGE_CHARACTERS) continue
    yield page
    page = []
    characters = 0
  }
  if (page.length > 0) yield page
}

async function* none(): Pages {
  yield []
}

function writing(db: DatabaseSync): Pick<NewShelf, 'add' | 'addSession'> {
  const { makeTables } = events(db)
  const nextNumber = db.prepare('SELECT coalesce(max(number), 0) + 1 AS number FROM sessions')

  function insert(table: string, columns: readonly string[], rows: readonly Row[]): void {
    const statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    for (const row of rows) statement.run(...valuesOf(row, columns))
  }

  async function together(work: () => void | Promise<void>): Promise<void> {
    db.exec('BEGIN IMMEDIATE')
    try {
      await work()
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  return {
    add: (table, rows) => together(() => insert(table, TABLES[table], rows)),
    addSession: (session, log, receipts) =>
      together(async () => {
        const number = Number(nextNumber.get()?.['number'])
        insert('sessions', ['number', ...TABLES.sessions], [{ ...session, number }])
        makeTables(number)
        for await (const rows of log) insert(`log_${String(number)}`, OF_SESSION.log, rows)
        for await (const rows of receipts) insert(`receipts_${String(number)}`, OF_SESSION.receipts, rows)
      }),
  }
}
