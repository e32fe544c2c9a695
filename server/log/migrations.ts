/** The steps from one schema to the next, as files; every adapter and the keeping of backups read them here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const MIGRATIONS = join(import.meta.dirname, 'migrations')

/** The SQL of migration 1, 2, 3 … Files are named `001-what.sql`; a gap in the numbers is a bug. */
export function readMigrations(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  return files.map((name, i) => {
    if (Number.parseInt(name, 10) !== i + 1) throw new Error(`Migration ${name} should have number ${String(i + 1)}`)
    return readFileSync(join(folder, name), 'utf8')
  })
}

/** The schema that this program writes: data of a higher number is a newer program's. */
export function knownSchema(): number {
  return readMigrations(MIGRATIONS).length
}
