/** What a data folder says when it is opened as the product opens it: for images of disks, and copies of folders of killed servers. */
import { openDatabase } from '../../server/log/sqlite-open.ts'
import { operations } from '../../server/log/sqlite-operations.ts'
import type { SessionRow, StoredEvent } from '../../server/log/port.ts'

export interface FolderState {
  /** SQLite's own check of every page: "ok". */
  integrity: string
  sessions: Map<string, { row: SessionRow; events: StoredEvent[]; receipts: string[]; people: number }>
}

/** Opens (and mends, as a start does) the folder, reads every session and closes it. Throws what opening throws. */
export function readFolder(folder: string): FolderState {
  const { db, close } = openDatabase(folder)
  try {
    const read = operations(db)
    const integrity = String(Object.values(db.prepare('PRAGMA integrity_check').get() ?? {})[0])
    const sessions: FolderState['sessions'] = new Map()
    for (const row of read.sessions()) {
      sessions.set(row.id, { row, events: read.read(row.id), receipts: read.receipts(row.id), people: read.keys(row.id, 'participant').length })
    }
    return { integrity, sessions }
  } finally {
    close()
  }
}

/** The numbers of a session's events have no hole but where steps were sealed, and rise by one from 1. */
export function isWhole(events: readonly StoredEvent[]): boolean {
  return events.every(({ seq }, i) => seq === i + 1)
}
