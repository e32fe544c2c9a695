/** Carries a whole log from one adapter to another, row by row as it is, and then holds one against the other. */
import { createHash } from 'node:crypto'
import { OF_SESSION, TABLES, valuesOf, type NewShelf, type Pages, type Shelf, type Table, type TableOfSession } from '../log/shelf.ts'
import { CannotKeep } from './manifest.ts'

export interface Moved {
  sessions: number
  events: number
  /** Of people in the room: a phone that holds one is still who it was. */
  peopleKeys: number
  /** Hosts', facilitators' and screens'. */
  otherKeys: number
}

/** A table that was read: what is in it as one hash, and how much. */
interface Read {
  hash: string
  rows: number
}

/**
 * Fills `target` from `source`, compares all of it, and only then lets servers have the target. `now` is milliseconds since 1970; `tell`
 * hears how far it is, for whoever waits. Rejects with `CannotKeep` where both are not the same, and as the shelves do.
 */
export async function move(source: Shelf, target: NewShelf, now: number, tell: (sessions: number) => void = () => undefined): Promise<Moved> {
  for (const table of ['settings', 'spent_codes', 'keys'] as const) {
    for await (const rows of source.rows(table)) await target.add(table, rows)
  }
  let moved = 0
  for await (const sessions of source.rows('sessions')) {
    for (const row of sessions) {
      const id = String(row['id'])
      await target.addSession(row, source.rowsOf(id, 'log'), source.rowsOf(id, 'receipts'))
      tell((moved += 1))
    }
  }
  const same = await compare(source, target)
  await Promise.all([source.alone(), target.alone()])
  await target.finish(now)
  return same
}

async function compare(source: Shelf, target: Shelf): Promise<Moved> {
  const counts = { sessions: 0, events: 0, peopleKeys: 0, otherKeys: 0 }
  const differ = (what: string) => new CannotKeep(`${what} in ${target.where} differs from what is in ${source.where}. Nothing was changed there; run the move again with --again.`)
  for (const table of Object.keys(TABLES) as Table[]) {
    const [was, is] = await both(source, target, (shelf) => read(shelf.rows(table), TABLES[table]))
    if (was.hash !== is.hash) throw differ(`The table ${table}`)
    if (table === 'sessions') counts.sessions = is.rows
  }
  for await (const keys of target.rows('keys')) for (const { role } of keys) counts[role === 'participant' ? 'peopleKeys' : 'otherKeys'] += 1
  for await (const sessions of source.rows('sessions')) {
    for (const { id } of sessions) {
      for (const table of Object.keys(OF_SESSION) as TableOfSession[]) {
        const [was, is] = await both(source, target, (shelf) => read(shelf.rowsOf(String(id), table), OF_SESSION[table]))
        if (was.hash !== is.hash) throw differ(`The session ${String(id)}`)
        if (table === 'log') counts.events += is.rows
      }
    }
  }
  return counts
}

async function both<T>(source: Shelf, target: Shelf, of: (shelf: Shelf) => Promise<T>): Promise<[T, T]> {
  return [await of(source), await of(target)]
}

async function read(pages: Pages, columns: readonly string[]): Promise<Read> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const page of pages) {
    rows += page.length
    for (const row of page) hash.update(`${JSON.stringify(valuesOf(row, columns))}\n`)
  }
  return { hash: hash.digest('hex'), rows }
}
