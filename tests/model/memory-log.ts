/**
 * The log's port in memory, for thousands of rooms a minute, with the promises of tests/server/log/contract.ts. What it stores outlives
 * the server that a test kills, and tells what was committed, when, and for which commands.
 */
import { Conflict, Gone, Held, StorageRefused, type Append, type Head, type KeyRow, type Log, type Missed, type Own, type Rewrite, type SessionRow, type StoredEvent } from '../../server/log/port.ts'
import { current, type Process } from './process.ts'
import { openTurns, type Fate, type Meeting } from './memory-turns.ts'

const REST_MS = 90 * 24 * 60 * 60 * 1000

/** One commit, as it happened: also what a later rewrite dropped. */
export interface Committed extends Append {
  dropPeople?: readonly string[]
  dropSteps?: readonly string[]
  /** When, ms since 1970. */
  now: number
  /** The same by the clock that nobody sets, and who did it. */
  when: number
  by: Process | undefined
}

export type { Fate } from './memory-turns.ts'

export interface Store {
  /** A server's hold on what is stored; `fate` is asked at each call that reads or writes a session's events. */
  open(now: () => number, fate?: (call: 'append' | 'read') => Fate, meeting?: Meeting): Log
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

  function commit(of: Events, append: Append, now: number, { dropSteps, replace = [], dropPeople = [] }: Partial<Rewrite> = {}): void {
    if (append.expected !== of.last || (append.edition ?? of.edition) !== of.edition || append.receipts.some((receipt) => of.receipts.has(receipt))) throw new Conflict('Somebody else was first')
    if (dropSteps !== undefined) of.rows = of.rows.filter(({ step }) => step === undefined || !dropSteps.includes(step))
    of.history.push({ ...append, events: append.events.map((event) => ({ ...event })), now, when: Date.now(), by: current(), ...(dropSteps === undefined ? {} : { dropSteps, dropPeople }) })
    for (const { seq, data } of replace) of.rows = of.rows.map((row) => (row.seq === seq ? { ...row, data } : row))
    for (const { at, step, data } of append.events) of.rows.push({ seq: (of.last += 1), at, ...(step === undefined ? {} : { step }), data })
    if (dropSteps !== undefined) of.rows = of.rows.map((row, i) => ({ ...row, seq: (of.last = i + 1) }))
    for (const receipt of append.receipts) of.receipts.add(receipt)
  }

  function rewritten(of: Events, rewrite: Rewrite, now: number): Head {
    if (rewrite.events.length === 0) throw new Error('A rewrite needs an event')
    commit(of, rewrite, now, rewrite)
    // Without gaps, which would tell how much was said.
    of.rows = of.rows.map((row, i) => ({ ...row, seq: i + 1 }))
    of.last = of.rows.length
    of.edition += 1
    return headOf(of)
  }

  function withoutKeys(session: string, people: readonly string[] = []): void {
    for (const key of [...keys.values()]) if (key.session === session && people.includes(key.person ?? '')) for (const hash of made(key)) keys.delete(hash)
  }

  function logOf(session: string): Events {
    const of = events.get(session)
    if (of === undefined) throw new Gone('No such session')
    return of
  }

  const headOf = ({ last, edition }: Events): Head => ({ seq: last, edition })
  const copies = (rows: readonly StoredEvent[]) => rows.map((row) => ({ ...row }))

  function missed(session: string, since: Head, asked: readonly string[]): Missed | undefined {
    const of = events.get(session)
    if (of === undefined) return undefined
    if (of.edition !== since.edition) return { anew: true }
    return { anew: false, head: headOf(of), events: copies(of.rows.filter(({ seq }) => seq > since.seq)), known: asked.filter((receipt) => of.receipts.has(receipt)) }
  }

  const turns = openTurns()
  const followers = new Map<string, Set<{ server: object; tell: (head: Head | undefined) => void }>>()
  /** Tells all servers but the one that did it. */
  const moved = (session: string, by: object) => {
    const of = events.get(session)
    for (const { server, tell } of followers.get(session) ?? []) if (server !== by) tell(of && headOf(of))
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
    open(now, fate = () => 'kept', { way, alive = () => true, hears = (tell) => tell(), look, lease }: Meeting = {}) {
      let closed = false
      const me = {}
      /** A server that will never hear is as good as killed: the database lets go of what it held. */
      const never = <T>(): Promise<T> => {
        turns.drop(me)
        return new Promise(() => undefined)
      }
      const call = async <T>(work: () => T): Promise<T> => {
        if (closed) throw new Error('The log is closed')
        return work()
      }
      /** One turn later, as from a thread of its own; where a session is named, when nobody has it alone. */
      const fated = async <T>(kind: 'append' | 'read' | undefined, work: () => T, session?: string): Promise<T> => {
        if (way !== undefined) await way('there')
        for (let turn = turns.of(session); turn !== undefined; turn = turns.of(session)) await turn.over
        if (!alive()) return never()
        const its = kind === undefined ? 'kept' : fate(kind)
        if (its === 'lost') return never()
        if (its === 'refused') throw new StorageRefused('A test says no')
        const value = await call(work)
        if (its === 'unheard') return never()
        if (way !== undefined) await way('back')
        if (!alive()) return never()
        if (its === 'doubt' && kind === 'append') throw new StorageRefused('A test does not say that it was kept')
        return value
      }
      return {
        shared,
        append: (append) =>
          fated('append', () => {
            commit(logOf(append.session), append, now())
            moved(append.session, me)
          }, append.session),
        rewrite: (rewrite) =>
          fated('append', () => {
            const head = rewritten(logOf(rewrite.session), rewrite, now())
            withoutKeys(rewrite.session, rewrite.dropPeople)
            moved(rewrite.session, me)
            return head
          }, rewrite.session),
        read: (session, after = 0) => fated('read', () => copies((events.get(session)?.rows ?? []).filter(({ seq }) => seq > after))),
        whole: (session) =>
          fated('read', () => {
            const of = events.get(session)
            return of && { head: headOf(of), events: copies(of.rows), receipts: [...of.receipts].sort() }
          }),
        missed: (session, since, asked = []) => fated('read', () => missed(session, since, asked)),
        async alone(session, since, asked, write) {
          for (let other = turns.of(session); other !== undefined; other = turns.of(session)) await other.over
          if (!alive()) return never()
          const turn = turns.take(session, me, lease)
          /** What the transaction has made of the log: nobody else sees it before it is committed. */
          let draft: Events | undefined
          let people: readonly string[] = []
          const within = <R>(kind: 'append' | 'read' | undefined, work: (of: Events) => R) =>
            fated(kind, () => {
              turn.held()
              return work(draft ?? logOf(session))
            })
          const drafted = <R>(work: (of: Events) => R) => {
            const of = logOf(session)
            const next = { ...of, rows: copies(of.rows), receipts: new Set(of.receipts), history: [...of.history] }
            const made = work(next)
            draft = next
            return made
          }
          const own: Own = {
            append: (append) => within(undefined, () => drafted((of) => commit(of, append, now()))),
            rewrite: (rewrite) => {
              people = rewrite.dropPeople ?? []
              return within(undefined, () => drafted((of) => rewritten(of, rewrite, now())))
            },
            read: (_session, after = 0) => within('read', (of) => copies(of.rows.filter(({ seq }) => seq > after))),
          }
          try {
            const found = await within('read', () => missed(session, since, asked))
            if (found === undefined) throw new Gone('No such session')
            const value = await write(found, own)
            await within(draft === undefined ? undefined : 'append', () => {
              if (draft === undefined) return
              events.set(session, draft)
              withoutKeys(session, people)
              moved(session, me)
            })
            return value
          } finally {
            turn.release()
          }
        },
        follow(session, tell) {
          /** What was told last: nobody is told the same again. */
          let last: Head | 'unknown' | 'gone' = 'unknown'
          const say = (head: Head | undefined) => {
            if (closed || !alive() || (typeof last === 'string' ? last === 'gone' && head === undefined : last.seq === head?.seq && last.edition === head.edition)) return
            last = head ?? 'gone'
            tell(head)
          }
          const those = followers.get(session) ?? new Set()
          const follower = { server: me, tell: (head: Head | undefined) => hears(() => say(head)) }
          followers.set(session, those.add(follower))
          const stop = look?.(() => {
            const of = events.get(session)
            say(of && headOf(of))
          })
          return () => {
            those.delete(follower)
            stop?.()
          }
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
        deleteSession: async (id) =>
          fated(undefined, () => {
            const row = sessions.get(id)
            if (row?.held !== undefined) throw new Held('On hold')
            if (row !== undefined) resting.set(row.code, now() + REST_MS)
            sessions.delete(id)
            events.delete(id)
            moved(id, {})
            for (const key of [...keys.values()]) if (key.session === id) keys.delete(key.hash)
          }, id),
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
