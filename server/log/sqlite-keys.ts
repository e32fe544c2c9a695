import type { DatabaseSync } from 'node:sqlite'
import { Gone } from './port.ts'
import type { KeyRole, KeyRow } from './port.ts'
import { row, rows, scrub } from './sqlite-rows.ts'

const KEY = `SELECT hash, role, session, person, name, parent, handle, created_at AS createdAt, expires_at AS expiresAt FROM keys`

/** A key and all that were made from it, by a condition on the first. */
const family = (first: string) => `WITH RECURSIVE family (hash) AS (
  SELECT hash FROM keys WHERE ${first} UNION SELECT keys.hash FROM keys JOIN family ON keys.parent = family.hash
) SELECT hash FROM family`

export function keys(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO keys (hash, role, session, person, name, parent, handle, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const byHash = db.prepare(`${KEY} WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)`)
  const byRole = db.prepare(`${KEY} WHERE session = ? AND role = ? ORDER BY created_at, hash`)
  const hasSession = db.prepare('SELECT 1 FROM sessions WHERE id = ?')
  const hasKey = db.prepare('SELECT 1 FROM keys WHERE hash = ?')
  const familyByHandle = db.prepare(family('session = ? AND handle = ?'))
  const familyByHash = db.prepare(family('hash = ?'))
  const familyOfHosts = db.prepare(family("role = 'host'"))
  const familyOfExpired = db.prepare(family('expires_at <= ?'))
  const drop = db.prepare('DELETE FROM keys WHERE hash = ?')
  const dropOfSession = db.prepare('DELETE FROM keys WHERE session = ?')
  const dropOfPerson = db.prepare('DELETE FROM keys WHERE session = ? AND person = ?')

  function dropAll(found: Record<string, unknown>[]): string[] {
    const hashes = found.map(({ hash }) => String(hash))
    for (const hash of hashes) drop.run(hash)
    return hashes
  }

  return {
    addKey(key: KeyRow): void {
      const { hash, role, session, person = null, name = null, parent, handle, createdAt, expiresAt = null } = key
      if (session !== undefined && !hasSession.get(session)) throw new Gone('No such session')
      if (parent !== undefined && !hasKey.get(parent)) throw new Gone('No such parent key')
      insert.run(hash, role, session ?? null, person, name, parent ?? null, handle, createdAt, expiresAt)
    },
    key: (hash: string, now: number) => row<KeyRow>(byHash.get(hash, now)),
    keys: (session: string, role: KeyRole) => rows<KeyRow>(byRole.all(session, role)),
    revokeKey: (session: string, handle: string) => dropAll(familyByHandle.all(session, handle)),
    dropHosts: () => dropAll(familyOfHosts.all()),
    dropKey(hash: string): void {
      dropAll(familyByHash.all(hash))
    },
    dropExpired(now: number): void {
      dropAll(familyOfExpired.all(now))
    },
    erasePeople(session: string, people: readonly string[]): void {
      for (const person of people) dropOfPerson.run(session, person)
      scrub(db, 'keys')
    },
    eraseKeysOf(session: string): void {
      dropOfSession.run(session)
      scrub(db, 'keys')
    },
  }
}
