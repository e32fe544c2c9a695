import type { Row } from './postgres-sql.ts'

/** A row as the port's types have it: what is NULL is absent. */
export function bare<T>(row: Row | undefined): T | undefined {
  return row && (Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T)
}
