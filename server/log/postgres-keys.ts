import { Gone, type KeyRow, type Log } from './port.ts'
import { bare } from './postgres-rows.ts'
import type { Ask, Sql } from './postgres-sql.ts'

const KEY = `SELECT hash, role, session, person, name, parent, handle, created_at AS "createdAt", expires_at AS "expiresAt" FROM keys`

type Keys = Pick<Log, 'addKey' | 'key' | 'keys' | 'revokeKey' | 'dropHosts' | 'dropKey'> & {
  /** Forgets keys that no longer work. */
  dropExpired(now: number): Promise<void>
}

/**
 * Removes keys by a condition, and all that were made from them; answers their hashes. Generation by generation, each in a statement of its own:
 * a key that another server makes from one of these meanwhile was either there before its parent was locked, and is seen by the next
 * statement, or waits, and then finds no parent.
 */
async function dropFamilies(ask: Ask, condition: string, values: readonly unknown[]): Promise<string[]> {
  const hashes: string[] = []
  let found = await ask<{ hash: string }>(`DELETE FROM keys WHERE ${condition} RETURNING hash`, values)
  while (found.length > 0) {
    const parents = found.map(({ hash }) => hash)
    hashes.push(...parents)
    found = await ask<{ hash: string }>('DELETE FROM keys WHERE parent = ANY ($1) RETURNING hash', [parents])
  }
  return hashes
}

export function keys({ ask, transaction }: Pick<Sql, 'ask' | 'transaction'>): Keys {
  const drop = (condition: string, values: readonly unknown[] = []) => transaction((tx) => dropFamilies(tx, condition, values))
  return {
    async addKey({ hash, role, session = null, person = null, name = null, parent = null, handle, createdAt, expiresAt = null }) {
      // Whoever deletes the session or revokes the parent waits for this, or this for them.
      const made = await ask(
        `WITH of AS (SELECT 1 FROM sessions WHERE id = $3 FOR KEY SHARE), parent AS (SELECT 1 FROM keys WHERE hash = $6 FOR KEY SHARE)
         INSERT INTO keys (hash, role, session, person, name, parent, handle, created_at, expires_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE ($3::text IS NULL OR EXISTS (SELECT FROM of)) AND ($6::text IS NULL OR EXISTS (SELECT FROM parent))
         RETURNING hash`,
        [hash, role, session, person, name, parent, handle, createdAt, expiresAt],
      )
      if (made.length === 0) throw new Gone('No such session, or no such parent key')
    },
    key: async (hash, now) => bare<KeyRow>((await ask(`${KEY} WHERE hash = $1 AND (expires_at IS NULL OR expires_at > $2)`, [hash, now]))[0]),
    keys: async (session, role) => (await ask(`${KEY} WHERE session = $1 AND role = $2 ORDER BY created_at, hash`, [session, role])).map((row) => bare<KeyRow>(row) as KeyRow),
    revokeKey: (session, handle) => drop('session = $1 AND handle = $2', [session, handle]),
    dropHosts: () => drop(`role = 'host'`),
    dropKey: async (hash) => void (await drop('hash = $1', [hash])),
    dropExpired: async (now) => void (await drop('expires_at <= $1', [now])),
  }
}
