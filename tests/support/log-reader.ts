/** What a server's storage holds, read past the server: what was promised to be saved is looked for where it must be. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** How many events of all sessions hold each mark. A mark is a word that no other text holds. */
export function countMarks(folder: string, mark: RegExp): Map<string, number> {
  const counts = new Map<string, number>()
  const db = new DatabaseSync(join(folder, 'gatherwell.sqlite'), { readOnly: true })
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'log\\_%' ESCAPE '\\'`).all() as { name: string }[]
    for (const { name } of tables) {
      for (const { data } of db.prepare(`SELECT data FROM "${name}"`).iterate() as Iterable<{ data: string }>) {
        for (const found of new Set(data.match(mark))) counts.set(found, (counts.get(found) ?? 0) + 1)
      }
    }
  } finally {
    db.close()
  }
  return counts
}
