/** Rows between SQLite and the port, and how rows are removed so that nothing of them is left. */
import type { DatabaseSync } from 'node:sqlite'

type Found = Record<string, unknown>

/** A row as the port's types have it: what is NULL is absent. */
export function row<T>(found: Found | undefined): T | undefined {
  return found && (Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) as T)
}

export function rows<T>(found: Found[]): T[] {
  return found.map((each) => row<T>(each) as T)
}

/**
 * Writes a table anew, so that stale copies of removed rows in its pages are overwritten. An unconditional DELETE frees
 * (and, with secure_delete, zeroes) whole pages; the temporary table lies in memory. Costs the size of the table. `columns`: what
 * is written of the rows, where that is not simply all of them.
 */
export function scrub(db: DatabaseSync, table: string, columns = '*'): void {
  db.exec(`CREATE TEMP TABLE kept AS SELECT * FROM main.${table}`)
  db.exec(`DELETE FROM main.${table}`)
  db.exec(`INSERT INTO main.${table} SELECT ${columns} FROM temp.kept`)
  db.exec('DROP TABLE temp.kept')
}
