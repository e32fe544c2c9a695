/** Data folders for tests, and what is in their files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Folder {
  path: string
  remove(): void
}

/** A new empty folder; the data folder inside it is not there yet. */
export function aFolder(): Folder {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-log-'))
  return { path: join(above, 'data'), remove: () => { rmSync(above, { recursive: true, force: true }) } }
}

/** Every byte of every file in the folder. */
export function bytesOf(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
}
