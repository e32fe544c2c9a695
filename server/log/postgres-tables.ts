/** The two tables of a session's log: their making, and the statements on them, whose text holds their number and nothing else. */
import { randomInt } from 'node:crypto'
import { Conflict, type Append, type Head, type Missed, type Rewrite, type StoredEvent } from './port.ts'
import { literal, type Ask } from './postgres-sql.ts'

/** Where a session's log stands, and in which tables. */
export interface Place extends Head {
  number: number
}

/** The tables hold another edition of the log, or nobody's: look where it stands now. */
export const STALE = Symbol('stale')

/** A rewrite copies a whole log. */
const REWRITE_MS = 60_000

export interface Found {
  head: Head
  events: StoredEvent[]
  hashes: string[]
}

/** Editions count nothing: a log that was restored from a backup must not come to an edition that somebody remembers. */
export function newEdition(): number {
  return randomInt(1, 2 ** 31 - 1)
}

/** Where a session's log stands. */
export async function placeOf(ask: Ask, session: string): Promise<Place | undefined> {
  const [place] = await ask<Place>('SELECT number, seq, edition FROM heads WHERE session = $1', [session])
  return place
}

/**
 * The statement, without parameters, that keeps others from writing a session until the transaction ends; its row is a `Place`, with `known`, those
 * of some receipts that tables number `number` have. They are read before the session is waited for: they hold if it has not moved meanwhile.
 */
export function holding(session: string, number?: number, receipts: readonly string[] = []): string {
  const known = number === undefined ? '' : receipts.length === 0 ? `, '{}'::text[] AS known` : `, ARRAY(SELECT hash::text FROM receipts_${String(number)} WHERE hash = ANY (ARRAY[${receipts.map(literal).join(', ')}])) AS known`
  return `SELECT number, seq, edition${known} FROM heads WHERE session = ${literal(session)} FOR UPDATE`
}

/** New, empty tables; in the transaction that needs them. */
export async function makeTables(ask: Ask, number: number): Promise<void> {
  const n = String(number)
  // A bounded length keeps receipts out of a second file for long values.
  await ask(`CREATE TABLE log_${n} (seq integer PRIMARY KEY, at bigint NOT NULL, step text COLLATE "C", data text COLLATE "C" NOT NULL);
    ALTER TABLE log_${n} ALTER step SET STATISTICS 0, ALTER data SET STATISTICS 0;
    CREATE TABLE receipts_${n} (hash varchar(128) COLLATE "C" PRIMARY KEY);
    ALTER TABLE receipts_${n} ALTER hash SET STATISTICS 0`)
}

/**
 * Reads a log and where it stands, of one moment. `hashes`: all receipts, or those of a list that are known. With `edition`, the events
 * are left out where the log is of another one. STALE if the session's log is not in these tables (any more).
 */
export async function readTables(ask: Ask, number: number, session: string, after: number, hashes: 'all' | readonly string[], edition?: number): Promise<Found | typeof STALE> {
  const n = String(number)
  const values: unknown[] = [session, after]
  const given = (value: unknown) => `$${String(values.push(value))}`
  const sameEdition = edition === undefined ? '' : ` AND (SELECT edition FROM head) = ${given(edition)}`
  const receipts = hashes === 'all' ? `UNION ALL SELECT 2, 0, 0, NULL, hash FROM receipts_${n}` : hashes.length === 0 ? '' : `UNION ALL SELECT 2, 0, 0, NULL, hash FROM receipts_${n} WHERE hash = ANY (${given(hashes)}::text[])`
  const rows = await ask<{ kind: 0 | 1 | 2; seq: number; at: number; step: string | null; data: string }>(
    `WITH head AS (SELECT seq, edition FROM heads WHERE session = $1 AND number = ${n})
     SELECT 0 AS kind, seq, edition::bigint AS at, NULL::text AS step, ''::text AS data FROM head
     UNION ALL SELECT 1, seq, at, step, data FROM log_${n} WHERE seq > $2${sameEdition} ${receipts}`,
    values,
  )
  let head: Head | undefined
  const found: Omit<Found, 'head'> = { events: [], hashes: [] }
  for (const { kind, seq, at, step, data } of rows) {
    if (kind === 0) head = { seq, edition: at }
    else if (kind === 1) found.events.push(step === null ? { seq, at, data } : { seq, at, step, data })
    else found.hashes.push(data)
  }
  // They lie in this order, and nobody promises that they come in it.
  found.events.sort((a, b) => a.seq - b.seq)
  found.hashes.sort()
  return head === undefined ? STALE : { head, ...found }
}

/** The same as what a room has missed. */
export function missedOf({ head, events, hashes }: Found, since: Head): Missed {
  return head.edition === since.edition ? { anew: false, head, events, known: hashes } : { anew: true }
}

/**
 * Appends in one statement, which is one transaction and one way to the database and back: it moves the head, if that is where it is
 * thought to be, and inserts only if it did. Undefined if it is not.
 */
export async function appendToTables(ask: Ask, number: number, { session, expected, edition, events, receipts }: Append): Promise<Head | undefined> {
  const n = String(number)
  const [head] = await ask<Head>(
    `WITH head AS (
       UPDATE heads SET seq = seq + $3 WHERE session = $1 AND number = ${n} AND seq = $2 AND edition = coalesce($4, edition) RETURNING seq, edition
     ), events AS (
       INSERT INTO log_${n} (seq, at, step, data)
       SELECT $2 + place, at, step, data FROM head, unnest($5::bigint[], $6::text[], $7::text[]) WITH ORDINALITY AS event (at, step, data, place)
     ), receipts AS (
       INSERT INTO receipts_${n} (hash) SELECT DISTINCT receipt FROM head, unnest($8::text[]) AS receipt
     ) SELECT seq, edition FROM head`,
    [session, expected, events.length, edition ?? null, events.map(({ at }) => at), events.map(({ step }) => step ?? null), events.map(({ data }) => data), receipts],
  )
  return head
}

/**
 * Writes what is to stay of a log into new tables, whose files hold nothing else, sorted: neither the place of a row in them nor the transaction
 * that it bears tells what belonged together before. The caller holds the session, and has the former tables dropped after the commit.
 * Rejects with `Conflict`.
 */
export async function rewriteTables(ask: Ask, from: Place, order: Rewrite): Promise<Place> {
  const { session, expected, edition = from.edition, events, receipts, dropSteps, replace = [] } = order
  if (from.edition !== edition) throw new Conflict('The log was rewritten')
  if (from.seq !== expected) throw new Conflict(`Expected ${String(expected)}, the log is at ${String(from.seq)}`)
  await ask(`SET LOCAL statement_timeout = ${String(REWRITE_MS - 500)}`)
  const [next] = await ask<{ number: number }>(`SELECT nextval('table_numbers')::integer AS number`)
  const number = next?.number ?? 0
  await makeTables(ask, number)
  const [was, is] = [String(from.number), String(number)]
  // Only what was there before is dropped: an event of this rewrite may belong to the step that it replaces.
  await ask(
    `INSERT INTO log_${is} (seq, at, step, data)
     SELECT row_number() OVER (ORDER BY seq), at, step, data FROM (
       SELECT log.seq, at, step, coalesce(changed.data, log.data) AS data FROM log_${was} AS log
       LEFT JOIN unnest($1::integer[], $2::text[]) AS changed (seq, data) ON changed.seq = log.seq
       WHERE step IS NULL OR step <> ALL ($3::text[])
       UNION ALL
       SELECT $4 + place, at, step, data FROM unnest($5::bigint[], $6::text[], $7::text[]) WITH ORDINALITY AS event (at, step, data, place)
     ) AS kept ORDER BY seq`,
    [replace.map(({ seq }) => seq), replace.map(({ data }) => data), dropSteps, expected, events.map(({ at }) => at), events.map(({ step }) => step ?? null), events.map(({ data }) => data)],
    REWRITE_MS,
  )
  await ask(
    `INSERT INTO receipts_${is} (hash) SELECT hash FROM (SELECT hash FROM receipts_${was} UNION ALL SELECT DISTINCT receipt FROM unnest($1::text[]) AS receipt) AS kept ORDER BY hash`,
    [receipts],
    REWRITE_MS,
  )
  const [head] = await ask<Head>(
    `UPDATE heads SET number = $2, edition = $3, seq = (SELECT coalesce(max(seq), 0) FROM log_${is}) WHERE session = $1 RETURNING seq, edition`,
    [session, number, newEdition()],
  )
  return { seq: head?.seq ?? 0, edition: head?.edition ?? 0, number }
}
