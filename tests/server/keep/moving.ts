/** Logs with everything in them that a log can hold, for moving; and all that is in one, to be compared. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import fc from 'fast-check'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { aKey, anAppend, aSession, NOW } from '../log/samples.ts'
import { rowsOf } from './kept.ts'

/** Whatever can stand in an event: every sign, NUL and halves of pairs too, which JSON escapes. */
const words = fc.string({ unit: 'binary', maxLength: 40 })
/** What people name things: whole signs, no controls. */
const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })

export interface Drawn {
  title: string
  phase: 'draft' | 'open' | 'live' | 'ended'
  held: boolean
  events: { at: number; step?: string; said: string; long: boolean }[]
  receipts: number
  /** What became of it. */
  fate: 'goes on' | 'sealed' | 'another code' | 'link revoked'
  people: string[]
}

export const sessions: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    title: names,
    phase: fc.constantFrom('draft', 'open', 'live', 'ended'),
    held: fc.boolean(),
    events: fc.array(
      fc.record({ at: fc.integer({ min: 0, max: NOW }), said: words, long: fc.nat(9).map((n) => n === 0), step: fc.constantFrom('step', 'ångström', undefined) }).map(({ step, ...event }) => (step === undefined ? event : { ...event, step })),
      { maxLength: 12 },
    ),
    receipts: fc.nat(5),
    fate: fc.constantFrom('goes on', 'sealed', 'another code', 'link revoked'),
    people: fc.array(names, { maxLength: 4 }),
  }),
  { minLength: 3, maxLength: 6 },
)

/** More than a page of rows, and longer than a page. */
const MANY = 250
const LONG = 'a long word, '.repeat(20_000)

/** Makes the log of a folder out of what was drawn, with every table and column in use. */
export async function fill(folder: string, drawn: readonly Drawn[]): Promise<void> {
  const log = await openSqliteLog({ folder, now: () => NOW })
  await log.setSetting('passphrase', 'scrypt$…')
  await log.setSetting('empty', '')
  await log.addKey({ hash: 'host', role: 'host', handle: 'host', createdAt: NOW })
  for (const [i, { title, phase, held, events, receipts, fate, people }] of drawn.entries()) {
    const id = `s${String(i)}`
    await log.createSession(aSession(id, { title, createdAt: NOW - i, phase: 'open' }))
    await log.append({ session: id, expected: 0, events: events.map(({ at, step, said, long }) => ({ at, ...(step === undefined ? {} : { step }), data: JSON.stringify({ said, ...(long ? { more: LONG } : {}) }) })), receipts: Array.from({ length: receipts }, (_, n) => `r${String(n)}`) })
    // The secrets' hashes are in no order: a parent may come after its child.
    await log.addKey(aKey(`z-${id}`, { session: id, expiresAt: NOW + i }))
    await log.addKey(aKey(`m-${id}`, { session: id, parent: `z-${id}`, role: 'cofacilitator', name: title }))
    await log.addKey(aKey(`a-${id}`, { session: id, parent: `m-${id}` }))
    for (const [n, person] of people.entries()) await log.addKey(aKey(`p-${id}-${String(n)}`, { session: id, role: 'participant', person: `${person}-${String(n)}` }))
    if (fate === 'sealed') await log.rewrite({ ...anAppend(id, events.length, ['{"type":"step-sealed"}'], { receipts: ['sealed'] }), dropSteps: ['step'] })
    if (fate === 'another code') await log.renewCode(id, { code: String(20_000_000 + i), joinToken: `again-${id}` }, NOW)
    if (fate === 'link revoked') await log.revokeKey(id, `h-m-${id}`)
    if (phase !== 'open') await log.updateSession(id, { phase, ...(phase === 'ended' ? { endedAt: NOW + i } : {}) })
    if (held) await log.holdSession(id, NOW + 7 * i)
  }
  await log.createSession(aSession('every column', { phase: 'ended', endedAt: NOW }))
  await log.updateSession('every column', { endedAt: NOW + 1 })
  await log.holdSession('every column', NOW)
  await log.append(anAppend('every column', 0, Array.from({ length: MANY }, (_, n) => `{"n":${String(n)}}`), { receipts: Array.from({ length: MANY }, (_, n) => `many-${String(n)}`) }))
  await log.addKey(aKey('every-column', { session: 'every column', person: 'p', name: 'Ann', parent: 'host', expiresAt: NOW + 1 }))
  await log.createSession(aSession('deleted'))
  await log.deleteSession('deleted')
  await log.close()
}

type Rows = unknown[]

/** Every row of every table, each session's own under its id; the numbers of tables are the adapter's business. */
export function contentsOf(folder: string): Record<string, Rows> {
  const all = rowsOf(join(folder, 'gatherwell.sqlite')) as Record<string, Record<string, unknown>[]>
  const ids = new Map(all['sessions']?.map(({ number, id }) => [String(number), String(id)]))
  return Object.fromEntries(
    Object.entries(all).map(([table, rows]) => {
      const [, kind, number = ''] = /^(log|receipts)_(\d+)$/.exec(table) ?? []
      return kind === undefined ? [table, rows.map(({ number: _, ...row }) => row)] : [`${kind} of ${ids.get(number) ?? 'nobody'}`, rows]
    }),
  )
}

/** Table → columns, of a data folder at rest. */
export function columnsOf(folder: string): Record<string, string[]> {
  const db = new DatabaseSync(join(folder, 'gatherwell.sqlite'), { readOnly: true })
  try {
    const found = db.prepare(`SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1, 2`).all()
    return byTable(found as unknown as Column[])
  } finally {
    db.close()
  }
}

export interface Column {
  table: string
  column: string
}

/** The columns of each table; a session's own two tables once for all. */
export function byTable(found: readonly Column[]): Record<string, string[]> {
  const tables: Record<string, Set<string>> = {}
  for (const { table, column } of found) (tables[table.replace(/_\d+$/, '_n')] ??= new Set()).add(column)
  return Object.fromEntries(Object.entries(tables).map(([table, columns]) => [table, [...columns].sort()]))
}
