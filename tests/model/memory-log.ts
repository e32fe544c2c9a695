/**
 * The log's port in memory, for thousands of rooms a minute. It keeps the promises of tests/server/log/contract.ts; what it
 * stores outlives the server that a test kills, and tells what was committed, when, and for which commands.
 */
import { Conflict, Gone, Held, StorageRefused, type Append, type Head, type KeyRow, type Log, type Missed, type Own, type Rewrite, type SessionRow, type StoredEvent } from '../../server/log/port.ts'

const REST_MS = 90 * 24 * 60 * 60 * 1000

/** One commit, as it happened: also what a later rewrite dropped. */
export interface Committed extends Append {
  dropPeople?: readonly string[]
  dropSteps?: readonly string[]
  /** When, ms since 1970. */
  now: number
}

/**
 * What becomes of a commit or a read: "kept" and answered; "refused", and nothing of it is kept; "doubt": a commit is kept, and
 * its caller told that it was refused; "lost": never answered, nothing kept; "unheard": kept, never answered.
 */
export type Fate = 'kept' | 'refused' | 'doubt' | 'lost' | 'unheard'

export interface Store {
  /**
   * A server's hold on what is stored; `fate` is asked at each call that reads or writes a session's events. `hears` decides when a
   * server is told that another one has written; by itself at once.
   */
  open(now: () => number, fate?: (call: 'append' | 'read') => Fate, hears?: (tell: () => void) => void): Log
  /** Every commit of a session, in order. */
  history(session: string): readonly Committed[]
  /** What a room would read. */
  rows(session: string): readonly StoredEvent[]
}

interface Events {
  rows: StoredEvent[]
  last: number
  edition: number
  receipts: Set<string>
  history: Committed[]
}

/** Storage that nobody has written to; `shared`: for several servers. */
export function memoryStore({ shared = false }: { shared?: boolean } = {}): Store {
  const sessions = new Map<string, SessionRow>()
  const events = new Map<string, Events>()
  const keys = new Map<string, KeyRow>()
  const resting = new Map<string, number>()
  const settings = new Map<string, string>()

  function commit(append: Append, now: number, { dropSteps, replace = [], dropPeople = [] }: Partial<Rewrite> = {}): void {
    const of = events.get(append.session)
    if (of === undefined) throw new Gone('No such session')
    if (append.expected !== of.last || (append.edition ?? of.edition) !== of.edition || append.receipts.some((receipt) => of.receipts.has(receipt))) throw new Conflict('Somebody else was first')
    if (dropSteps !== undefined) of.rows = of.rows.filter(({ step }) => step === undefined || !dropSteps.includes(step))
    of.history.push({ ...append, events: append.events.map((event) => ({ ...event })), now, ...(dropSteps === undefined ? {} : { dropSteps, dropPeople }) })
    for (const { seq, data } of replace) of.rows = of.rows.map((row) => (row.seq === seq ? { ...row, data } : row))
    for (const person of dropPeople) for (const key of [...keys.values()]) if (key.session === append.session && key.person === person) for (const hash of made(key)) keys.delete(hash)
    for (const { at, step, data } of append.events) of.rows.push({ seq: (of.last += 1), at, ...(step === undefined ? {} : { step }), data })
    if (dropSteps !== undefined) of.rows = of.rows.map((row, i) => ({ ...row, seq: (of.last = i + 1) }))
    for (const receipt of append.receipts) of.receipts.add(receipt)
  }

  /** Without gaps, which would tell how much was said. */
  function renumber(session: string): Head {
    const of = events.get(session)
    if (of === undefined) throw new Gone('No such session')
    of.rows = of.rows.map((row, i) => ({ ...row, seq: i + 1 }))
    of.last = of.rows.length
    of.edition += 1
    return headOf(of)
  }

  const headOf = ({ last, edition }: Events): Head => ({ seq: last, edition })
  const copies = (rows: readonly StoredEvent[]) => rows.map((row) => ({ ...row }))

  function missed(session: string, since: Head, asked: readonly string[]): Missed | undefined {
    const of = events.get(session)
    if (of === undefined) return undefined
    if (of.edition !== since.edition) return { anew: true }
    return { anew: false, head: headOf(of), events: copies(of.rows.filter(({ seq }) => seq > since.seq)), known: asked.filter((receipt) => of.receipts.has(receipt)) }
  }

  /** Who has a session alone; the others wait, as before a database's lock. */
  const held = new Map<string, { by: object; gone: Promise<void>; release: () => void }>()
  const followers = new Map<string, Set<() => void>>()
  const moved = (session: string) => followers.get(session)?.forEach((tell) => tell())

  async function free(session: string): Promise<void> {
    for (let other = held.get(session); other !== undefined; other = held.get(session)) await other.gone
  }

  async function hold(session: string, by: object): Promise<() => void> {
    await free(session)
    let tell = () => {}
    const gone = new Promise<void>((resolve) => (tell = resolve))
    const release = () => {
      if (held.get(session)?.gone === gone) held.delete(session)
      tell()
    }
    held.set(session, { by, gone, release })
    return release
  }

  function newSession(row: SessionRow): void {
    const clash = [...sessions.values()].some((other) => other.id === row.id || other.joinToken === row.joinToken || (other.phase !== 'ended' && row.phase !== 'ended' && other.code === row.code))
    if (clash) throw new Conflict('Taken')
    sessions.set(row.id, { ...row })
    events.set(row.id, { rows: [], last: 0, edition: 1, receipts: new Set(), history: [] })
  }

  function made(key: KeyRow): string[] {
    return [key.hash, ...[...keys.values()].filter(({ parent }) => parent === key.hash).flatMap(made)]
  }

  function valid(key: KeyRow | undefined, now: number): KeyRow | undefined {
    if (key === undefined || (key.expiresAt !== undefined && key.expiresAt <= now)) return undefined
    return key
  }

  function newKey(row: KeyRow): void {
    if ((row.session !== undefined && !sessions.has(row.session)) || (row.parent !== undefined && !keys.has(row.parent))) throw new Gone('No such session or key')
    if (keys.has(row.hash)) throw new Conflict('Taken')
    keys.set(row.hash, { ...row })
  }

  return {
    history: (session) => events.get(session)?.history ?? [],
    rows: (session) => events.get(session)?.rows ?? [],
    open(now, fate = () => 'kept', hears = (tell) => tell()) {
      let closed = false
      const me = {}
      /** A server that will never hear is as good as killed: the database lets go of what it held. */
      const never = <T>(): Promise<T> => {
        for (const { by, release } of [...held.values()]) if (by === me) release()
        return new Promise(() => undefined)
      }
      const call = async <T>(work: () => T): Promise<T> => {
        if (closed) throw new Error('The log is closed')
        return work()
      }
      /** One turn later, as from a thread of its own. */
      const fated = async <T>(kind: 'append' | 'read', work: () => T): Promise<T> => {
        const its = fate(kind)
        if (its === 'lost') return never()
        if (its === 'refused') throw new StorageRefused('A test says no')
        const value = await call(work)
        if (its === 'unheard') return never()
        if (its === 'doubt' && kind === 'append') throw new StorageRefused('A test does not say that it was kept')
        return value
      }
      const own: Own = {
        append: (append) =>
          fated('append', () => {
            commit(append, now())
            moved(append.session)
          }),
        rewrite: (rewrite: Rewrite) =>
          fated('append', () => {
            if (rewrite.events.length === 0) throw new Error('A rewrite needs an event')
            commit(rewrite, now(), rewrite)
            const head = renumber(rewrite.session)
            moved(rewrite.session)
            return head
          }),
        read: (session, after = 0) => fated('read', () => copies((events.get(session)?.rows ?? []).filter(({ seq }) => seq > after))),
      }
      return {
        shared,
        append: (append) => (held.has(append.session) ? free(append.session).then(() => own.append(append)) : own.append(append)),
        rewrite: (rewrite) => (held.has(rewrite.session) ? free(rewrite.session).then(() => own.rewrite(rewrite)) : own.rewrite(rewrite)),
        read: own.read,
        whole: (session) =>
          fated('read', () => {
            const of = events.get(session)
            return of && { head: headOf(of), events: copies(of.rows), receipts: [...of.receipts].sort() }
          }),
        missed: (session, since, asked = []) => fated('read', () => missed(session, since, asked)),
        async alone(session, since, asked, write) {
          const release = await hold(session, me)
          try {
            const found = await fated('read', () => missed(session, since, asked))
            if (found === undefined) throw new Gone('No such session')
            return await write(found, own)
          } finally {
            release()
          }
        },
        follow(session, tell) {
          const hear = () => hears(() => {
            const of = events.get(session)
            if (!closed) tell(of && headOf(of))
          })
          const those = followers.get(session) ?? new Set()
          followers.set(session, those.add(hear))
          return () => void those.delete(hear)
        },
        receipts: (session) => fated('read', () => [...(events.get(session)?.receipts ?? [])].sort()),
        createSession: (row) => call(() => newSession(row)),
        sessions: () => call(() => [...sessions.values()].sort((a, b) => b.createdAt - a.createdAt).map((row) => ({ ...row }))),
        session: (id) => call(() => copy(sessions.get(id))),
        sessionByCode: (code) => call(() => copy([...sessions.values()].find((row) => row.code === code && row.phase !== 'ended'))),
        sessionByJoinToken: (token) => call(() => copy([...sessions.values()].find((row) => row.joinToken === token))),
        codeTaken: (code, at) =>
          call(() => (resting.get(code) ?? 0) > at || [...sessions.values()].some((row) => row.code === code && (row.phase !== 'ended' || (row.endedAt ?? 0) + REST_MS > at))),
        updateSession: (id, change) =>
          call(() => {
            const row = sessions.get(id)
            if (row === undefined) throw new Gone('No such session')
            Object.assign(row, change)
          }),
        renewCode: (id, { code, joinToken }, at) =>
          call(() => {
            const row = sessions.get(id)
            if (row === undefined) throw new Gone('No such session')
            const others = [...sessions.values()].filter((other) => other.id !== id)
            if ((resting.get(code) ?? 0) > at || others.some((other) => other.joinToken === joinToken || other.code === code)) throw new Conflict('Taken')
            resting.set(row.code, at + REST_MS)
            Object.assign(row, { code, joinToken })
          }),
        holdSession: (id, since) =>
          call(() => {
            const row = sessions.get(id)
            if (row === undefined) throw new Gone('No such session')
            delete row.held
            if (since !== undefined) row.held = since
          }),
        deleteSession: (id) =>
          call(() => {
            const row = sessions.get(id)
            if (row?.held !== undefined) throw new Held('On hold')
            if (row !== undefined) resting.set(row.code, now() + REST_MS)
            sessions.delete(id)
            events.delete(id)
            moved(id)
            for (const key of [...keys.values()]) if (key.session === id) keys.delete(key.hash)
          }),
        addKey: (row) => call(() => newKey(row)),
        key: (hash, at) => call(() => copy(valid(keys.get(hash), at))),
        keys: (session, role) => call(() => [...keys.values()].filter((key) => key.session === session && key.role === role).sort((a, b) => a.createdAt - b.createdAt).map((key) => ({ ...key }))),
        revokeKey: (session, handle) =>
          call(() => {
            const key = [...keys.values()].find((one) => one.session === session && one.handle === handle)
            const gone = key === undefined ? [] : made(key)
            for (const hash of gone) keys.delete(hash)
            return gone
          }),
        dropHosts: () =>
          call(() => {
            const gone = [...keys.values()].filter(({ role }) => role === 'host').flatMap(made)
            for (const hash of gone) keys.delete(hash)
            return gone
          }),
        dropKey: (hash) => call(() => void keys.delete(hash)),
        setting: (name) => call(() => settings.get(name)),
        setSetting: (name, value) => call(() => void settings.set(name, value)),
        healthy: () => call(() => undefined),
        close: async () => void (closed = true),
      }
    },
  }
}

function copy<T extends object>(row: T | undefined): T | undefined {
  return row === undefined ? undefined : { ...row }
}
