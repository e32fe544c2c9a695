/**
 * The log's port in memory, for thousands of rooms a minute. It keeps the promises of tests/server/log/contract.ts; what it
 * stores outlives the server that a test kills, and tells what was committed, when, and for which commands.
 */
import { Conflict, Gone, Held, StorageRefused, type Append, type KeyRow, type Log, type Rewrite, type SessionRow, type StoredEvent } from '../../server/log/port.ts'

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
  /** A server's hold on what is stored; `fate` is asked at each call that reads or writes a session's events. */
  open(now: () => number, fate?: (call: 'append' | 'read') => Fate): Log
  /** Every commit of a session, in order. */
  history(session: string): readonly Committed[]
  /** What a room would read. */
  rows(session: string): readonly StoredEvent[]
}

interface Events {
  rows: StoredEvent[]
  last: number
  receipts: Set<string>
  history: Committed[]
}

/** Storage that nobody has written to. */
export function memoryStore(): Store {
  const sessions = new Map<string, SessionRow>()
  const events = new Map<string, Events>()
  const keys = new Map<string, KeyRow>()
  const resting = new Map<string, number>()
  const settings = new Map<string, string>()

  function commit(append: Append, now: number, { dropSteps, replace = [], dropPeople = [] }: Partial<Rewrite> = {}): void {
    const of = events.get(append.session)
    if (of === undefined) throw new Gone('No such session')
    if (append.expected !== of.last || append.receipts.some((receipt) => of.receipts.has(receipt))) throw new Conflict('Somebody else was first')
    if (dropSteps !== undefined) of.rows = of.rows.filter(({ step }) => step === undefined || !dropSteps.includes(step))
    of.history.push({ ...append, events: append.events.map((event) => ({ ...event })), now, ...(dropSteps === undefined ? {} : { dropSteps, dropPeople }) })
    for (const { seq, data } of replace) of.rows = of.rows.map((row) => (row.seq === seq ? { ...row, data } : row))
    for (const person of dropPeople) for (const key of [...keys.values()]) if (key.session === append.session && key.person === person) for (const hash of made(key)) keys.delete(hash)
    for (const { at, step, data } of append.events) of.rows.push({ seq: (of.last += 1), at, ...(step === undefined ? {} : { step }), data })
    if (dropSteps !== undefined) of.rows = of.rows.map((row, i) => ({ ...row, seq: (of.last = i + 1) }))
    for (const receipt of append.receipts) of.receipts.add(receipt)
  }

  /** Without gaps, which would tell how much was said. */
  function renumber(session: string): number {
    const of = events.get(session)
    if (of === undefined) return 0
    of.rows = of.rows.map((row, i) => ({ ...row, seq: i + 1 }))
    return (of.last = of.rows.length)
  }

  function newSession(row: SessionRow): void {
    const clash = [...sessions.values()].some((other) => other.id === row.id || other.joinToken === row.joinToken || (other.phase !== 'ended' && row.phase !== 'ended' && other.code === row.code))
    if (clash) throw new Conflict('Taken')
    sessions.set(row.id, { ...row })
    events.set(row.id, { rows: [], last: 0, receipts: new Set(), history: [] })
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
    open(now, fate = () => 'kept') {
      let closed = false
      const call = async <T>(work: () => T): Promise<T> => {
        if (closed) throw new Error('The log is closed')
        return work()
      }
      /** One turn later, as from a thread of its own. */
      const fated = async <T>(kind: 'append' | 'read', work: () => T): Promise<T> => {
        const its = fate(kind)
        if (its === 'lost') return new Promise(() => undefined)
        if (its === 'refused') throw new StorageRefused('A test says no')
        const value = await call(work)
        if (its === 'unheard') return new Promise(() => undefined)
        if (its === 'doubt' && kind === 'append') throw new StorageRefused('A test does not say that it was kept')
        return value
      }
      return {
        append: (append) => fated('append', () => commit(append, now())),
        rewrite: (rewrite: Rewrite) =>
          fated('append', () => {
            if (rewrite.events.length === 0) throw new Error('A rewrite needs an event')
            commit(rewrite, now(), rewrite)
            return renumber(rewrite.session)
            return events.get(rewrite.session)?.last ?? 0
          }),
        read: (session, after = 0) => fated('read', () => (events.get(session)?.rows ?? []).filter(({ seq }) => seq > after).map((row) => ({ ...row }))),
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
