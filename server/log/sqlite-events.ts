/** Events and receipts: two tables a session, so that a session can be erased to the last byte. */
import type { DatabaseSync } from 'node:sqlite'
import { Conflict, Gone } from './port.ts'
import type { Append, Head, Missed, Rewrite, StoredEvent, Whole } from './port.ts'
import { rows, scrub } from './sqlite-rows.ts'

/** Prepared statements of so many sessions are kept at hand. */
const MOST_PREPARED = 200

type Tables = ReturnType<typeof prepare>

export function events(db: DatabaseSync) {
  const numberOf = db.prepare('SELECT number FROM sessions WHERE id = ?')
  const prepared = new Map<number, Tables>()
  /** In memory: nobody else writes this database, and who asks for an edition does not outlive the process. */
  const editions = new Map<string, number>()

  function tables(session: string): Tables | undefined {
    const number = numberOf.get(session)?.['number'] as number | undefined
    if (number === undefined) return undefined
    const known = prepared.get(number) ?? prepare(db, number)
    prepared.delete(number)
    prepared.set(number, known)
    for (const oldest of prepared.keys()) {
      if (prepared.size <= MOST_PREPARED) break
      prepared.delete(oldest)
    }
    return known
  }

  function headOf(session: string, own: Tables): Head {
    return { seq: Number(own.head.get()?.['seq'] ?? 0), edition: editions.get(session) ?? 0 }
  }

  const read = (session: string, after = 0) => rows<StoredEvent>(tables(session)?.read.all(after) ?? [])
  const receipts = (session: string) => tables(session)?.readReceipts.all().map(({ hash }) => String(hash)) ?? []

  function append({ session, expected, edition, events, receipts }: Append): Tables {
    const own = tables(session)
    if (!own) throw new Gone('No such session')
    const head = headOf(session, own)
    const last = head.seq
    if (edition !== undefined && edition !== head.edition) throw new Conflict('The log was rewritten')
    if (last !== expected) throw new Conflict(`Expected ${String(expected)}, the log is at ${String(last)}`)
    for (const [i, event] of events.entries()) {
      own.addEvent.run(expected + 1 + i, event.at, event.step ?? null, event.data)
    }
    for (const hash of new Set(receipts)) own.addReceipt.run(hash)
    return own
  }

  return {
    append(order: Append): void {
      append(order)
    },
    rewrite(order: Rewrite): Head {
      if (order.events.length === 0) throw new Error('A rewrite records what it did: it needs an event')
      const own = append(order)
      // Only what was there before: an event of this rewrite may belong to the step it replaces.
      for (const step of order.dropSteps) own.dropStep.run(step, order.expected)
      for (const { seq, data } of order.replace ?? []) own.replace.run(data, seq)
      scrub(db, own.log, 'row_number() OVER (ORDER BY seq), at, step, data')
      editions.set(order.session, (editions.get(order.session) ?? 0) + 1)
      return headOf(order.session, own)
    },
    read,
    receipts,
    whole(session: string): Whole | undefined {
      const own = tables(session)
      return own && { head: headOf(session, own), events: read(session), receipts: receipts(session) }
    },
    missed(session: string, since: Head, asked: readonly string[] = []): Missed | undefined {
      const own = tables(session)
      if (own === undefined) return undefined
      const head = headOf(session, own)
      if (head.edition !== since.edition) return { anew: true }
      return { anew: false, head, events: read(session, since.seq), known: asked.filter((hash) => own.hasReceipt.get(hash) !== undefined) }
    },

    makeTables(number: number): void {
      db.exec(`CREATE TABLE log_${String(number)} (
        seq INTEGER PRIMARY KEY CHECK (seq > 0), at INTEGER NOT NULL, step TEXT, data TEXT NOT NULL) STRICT`)
      db.exec(`CREATE TABLE receipts_${String(number)} (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`)
    },
    dropTables(number: number): void {
      prepared.delete(number)
      db.exec(`DROP TABLE log_${String(number)}`)
      db.exec(`DROP TABLE receipts_${String(number)}`)
    },
  }
}

function prepare(db: DatabaseSync, number: number) {
  const log = `log_${String(number)}`
  const receipts = `receipts_${String(number)}`
  return {
    log,
    head: db.prepare(`SELECT max(seq) AS seq FROM ${log}`),
    addEvent: db.prepare(`INSERT INTO ${log} (seq, at, step, data) VALUES (?, ?, ?, ?)`),
    replace: db.prepare(`UPDATE ${log} SET data = ? WHERE seq = ?`),
    dropStep: db.prepare(`DELETE FROM ${log} WHERE step = ? AND seq <= ?`),
    read: db.prepare(`SELECT seq, at, step, data FROM ${log} WHERE seq > ? ORDER BY seq`),
    addReceipt: db.prepare(`INSERT INTO ${receipts} (hash) VALUES (?)`),
    hasReceipt: db.prepare(`SELECT 1 FROM ${receipts} WHERE hash = ?`),
    readReceipts: db.prepare(`SELECT hash FROM ${receipts} ORDER BY hash`),
  }
}
