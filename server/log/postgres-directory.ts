/** Sessions, their codes, and settings. */
import { Gone, Held, type Log, type SessionRow } from './port.ts'
import type { Owed } from './postgres-owed.ts'
import { bare } from './postgres-rows.ts'
import type { Sql } from './postgres-sql.ts'
import { holding, makeTables, newEdition, type Place } from './postgres-tables.ts'

/** How long a code stays spent after its session ended or was deleted. */
const CODE_REST_MS = 90 * 24 * 60 * 60 * 1000

const SESSION = `SELECT id, code, join_token AS "joinToken", title, phase, created_at AS "createdAt", ended_at AS "endedAt", held FROM sessions`

type Directory = Pick<
  Log,
  'createSession' | 'sessions' | 'session' | 'sessionByCode' | 'sessionByJoinToken' | 'codeTaken' | 'updateSession' | 'renewCode' | 'holdSession' | 'deleteSession' | 'setting' | 'setSetting'
> & {
  /** Keeps the value unless there is one; resolves with the one that stands, the same for every server that asks. An empty one counts as none. */
  firstSetting(name: string, value: string): Promise<string>
  /** Forgets codes that have rested. */
  forgetCodes(now: number): Promise<void>
}

/** `gone` is told of sessions that this server has deleted. */
export function directory({ ask, transaction }: Pick<Sql, 'ask' | 'transaction'>, owed: Owed, now: () => number, gone: (session: string) => void): Directory {
  const one = async (condition: string, values: readonly unknown[]) => bare<SessionRow>((await ask(`${SESSION} WHERE ${condition}`, values))[0])
  const changed = (rows: readonly unknown[]) => {
    if (rows.length === 0) throw new Gone('No such session')
  }
  const setting = async (name: string) => (await ask<{ value: string }>('SELECT value FROM settings WHERE name = $1', [name]))[0]?.value

  return {
    createSession: ({ id, code, joinToken, title, phase, createdAt, endedAt }) =>
      transaction(async (tx) => {
        await tx(
          'INSERT INTO sessions (id, code, join_token, title, phase, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
          [id, code, joinToken, title, phase, createdAt, endedAt ?? null],
        )
        const [made] = await tx<{ number: number }>(`INSERT INTO heads (session, number, seq, edition) VALUES ($1, nextval('table_numbers'), 0, $2) RETURNING number`, [id, newEdition()])
        await makeTables(tx, made?.number ?? 0)
      }),
    sessions: async () => (await ask(`${SESSION} ORDER BY created_at DESC, id`)).map((row) => bare<SessionRow>(row) as SessionRow),
    session: (id) => one('id = $1', [id]),
    sessionByCode: (code) => one(`code = $1 AND phase <> 'ended'`, [code]),
    sessionByJoinToken: (token) => one('join_token = $1', [token]),
    async codeTaken(code, at) {
      const rested = at - CODE_REST_MS
      const found = await ask(
        `SELECT 1 FROM sessions WHERE code = $1 AND (phase <> 'ended' OR ended_at IS NULL OR ended_at > $2)
         UNION ALL SELECT 1 FROM spent_codes WHERE code = $3 AND spent_at > $2`,
        [code, rested, Number(code)],
      )
      return found.length > 0
    },
    async updateSession(id, { title = null, phase = null, endedAt = null }) {
      changed(await ask('UPDATE sessions SET title = coalesce($2, title), phase = coalesce($3, phase), ended_at = coalesce($4, ended_at) WHERE id = $1 RETURNING id', [id, title, phase, endedAt]))
    },
    renewCode: (id, { code, joinToken }, at) =>
      transaction(async (tx) => {
        await tx('INSERT INTO spent_codes (code, spent_at) SELECT code::integer, $2 FROM sessions WHERE id = $1 ON CONFLICT (code) DO UPDATE SET spent_at = excluded.spent_at', [id, at])
        changed(await tx('UPDATE sessions SET code = $2, join_token = $3 WHERE id = $1 RETURNING id', [id, code, joinToken]))
      }),
    async holdSession(id, since) {
      changed(await ask('UPDATE sessions SET held = $2 WHERE id = $1 RETURNING id', [id, since ?? null]))
    },
    async deleteSession(id) {
      const deleted = await transaction(async (tx) => {
        // The head first, as whoever writes the log takes it.
        const [place] = await tx<Place>(holding(id))
        const row = bare<{ code: string; held?: number; endedAt?: number }>((await tx('SELECT code, held, ended_at AS "endedAt" FROM sessions WHERE id = $1 FOR UPDATE', [id]))[0])
        if (place === undefined || row === undefined) return false
        if (row.held !== undefined) throw new Held('On hold')
        await tx('INSERT INTO spent_codes (code, spent_at) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET spent_at = excluded.spent_at', [Number(row.code), row.endedAt ?? now()])
        await tx('DELETE FROM heads WHERE session = $1', [id])
        await tx('DELETE FROM sessions WHERE id = $1', [id])
        await tx('DELETE FROM keys WHERE session = $1', [id])
        await owed.promise(tx, [{ tables: place.number }, 'sessions', 'keys'])
        return true
      })
      if (!deleted) return
      gone(id)
      await owed.pay()
    },

    setting,
    async setSetting(name, value) {
      await ask('INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value])
    },
    async firstSetting(name, value) {
      const [kept] = await ask<{ value: string }>(`INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value = '' RETURNING value`, [name, value])
      return kept?.value ?? (await setting(name)) ?? value
    },
    async forgetCodes(at) {
      await ask('DELETE FROM spent_codes WHERE spent_at <= $1', [at - CODE_REST_MS])
    },
  }
}
