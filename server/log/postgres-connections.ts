/** Whether a database lets in as many connections as its servers need. */
import type pg from 'pg'
import { AT_WORK } from './postgres-alone.ts'
import { CONNECTIONS } from './postgres-sql.ts'

/** Those for its work, one to hear the others by, and one for a moment at its start. */
const EACH = CONNECTIONS + 2

interface Limits {
  database: string
  role: string
  /** Servers that are at work on it. */
  servers: number
  most: number
  /** Of these, kept for others than this role. */
  kept: number
  /** Of the database and of the role; -1 where there is none, or it is not asked of this role. */
  ofDatabase: number
  ofRole: number
}

/** A sentence with what to set, if this server is one more than the connections will do for. What others than servers need is not known. */
export async function fewConnections(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<Limits>(
    `SELECT datname AS database, rolname AS role,
       (SELECT count(*)::integer FROM pg_locks WHERE locktype = 'advisory' AND pg_locks.database = pg_database.oid AND classid = 0 AND objid = ${AT_WORK} AND mode = 'ShareLock' AND granted) AS servers,
       current_setting('max_connections')::integer AS most,
       CASE WHEN rolsuper THEN 0 ELSE current_setting('superuser_reserved_connections')::integer + coalesce(current_setting('reserved_connections', true)::integer, 0) END AS kept,
       CASE WHEN rolsuper THEN -1 ELSE datconnlimit END AS "ofDatabase", CASE WHEN rolsuper THEN -1 ELSE rolconnlimit END AS "ofRole"
     FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user`,
  )
  return rows[0] === undefined ? undefined : sayTooFew(rows[0])
}

export function sayTooFew({ database, role, servers, most, kept, ofDatabase, ofRole }: Limits): string | undefined {
  const need = EACH * (servers + 1)
  const few = (limit: number) => limit >= 0 && limit < need
  const cures = [
    ...(few(most - kept) ? [`set max_connections to ${String(need + kept)} or more in postgresql.conf and restart PostgreSQL`] : []),
    ...(few(ofDatabase) ? [`ALTER DATABASE "${database}" CONNECTION LIMIT ${String(need)}`] : []),
    ...(few(ofRole) ? [`ALTER ROLE "${role}" CONNECTION LIMIT ${String(need)}`] : []),
  ]
  if (cures.length === 0) return undefined
  const least = Math.min(...[most - kept, ofDatabase, ofRole].filter((limit) => limit >= 0))
  const whom = servers === 0 ? 'this server needs' : `${String(servers + 1)} servers need`
  return `PostgreSQL lets in ${String(least)} connections, and ${whom} ${String(need)}: without them people wait, or are not let in, when it is busy. To mend it: ${cures.join('; ')}.`
}
