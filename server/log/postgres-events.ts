/** Events and receipts: the port's promises, kept by the statements of postgres-tables.ts. */
import { Conflict, Gone, StorageRefused, type Append, type Head, type Log, type Own, type Rewrite, type StoredEvent } from './port.ts'
import type { Owed } from './postgres-owed.ts'
import { Moved, type Ask, type Sql } from './postgres-sql.ts'
import { appendToTables, holding, missedOf, placeOf, readTables, rewriteTables, STALE, type Found, type Place } from './postgres-tables.ts'

/** So many sessions' tables are remembered; others are looked up. */
const MOST_REMEMBERED = 10_000
/** A log that is rewritten as often as this while one call tries to reach it is no log. */
const TRIES = 5
/** No event comes after this. */
const LAST = 2 ** 31 - 1

/** Of a session that is held; `known`, of the receipts that were asked for, where it is known without another question. */
type Held = Place & { known?: string[] }

type Events = Pick<Log, 'append' | 'rewrite' | 'read' | 'receipts' | 'whole' | 'missed' | 'alone'> & {
  /** Forgets where a deleted session's tables were. */
  forget(session: string): void
}

/** `moved` is told of everything that this server has written, once it is kept. */
export function events(sql: Sql, owed: Owed, moved: (session: string, head: Head) => void): Events {
  const numbers = new Map<string, number>()
  /** Appends of one server to one session keep their order, whichever connections they get. */
  const turns = new Map<string, Promise<unknown>>()

  function remember(session: string, number: number): number {
    numbers.delete(session)
    numbers.set(session, number)
    for (const oldest of numbers.keys()) {
      if (numbers.size <= MOST_REMEMBERED) break
      numbers.delete(oldest)
    }
    return number
  }

  /** Works on a session's tables, wherever a rewrite has put them meanwhile. Undefined if there is no such session. */
  async function onTables<T>(session: string, work: (number: number) => Promise<T | typeof STALE>): Promise<T | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const number = numbers.get(session) ?? (await placeOf(sql.ask, session))?.number
      if (number === undefined) return undefined
      remember(session, number)
      try {
        const value = await work(number)
        if (value !== STALE) return value
      } catch (error) {
        if (!(error instanceof Moved)) throw error
      }
      numbers.delete(session)
    }
    throw new StorageRefused('The log is being rewritten again and again')
  }

  const find = (session: string, after: number, hashes: 'all' | readonly string[], edition?: number): Promise<Found | undefined> =>
    onTables(session, (number) => readTables(sql.ask, number, session, after, hashes, edition))

  function inTurn<T>(session: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(session)
    const mine = before === undefined ? work() : before.then(work, work)
    turns.set(session, mine)
    const over = () => void (turns.get(session) === mine && turns.delete(session))
    mine.then(over, over)
    return mine
  }

  async function append(order: Append): Promise<void> {
    const { session } = order
    const head = await onTables(session, async (number) => {
      const moved = await appendToTables(sql.ask, number, order)
      if (moved !== undefined) return moved
      const place = await placeOf(sql.ask, session)
      if (place === undefined) throw new Gone('No such session')
      if (place.number !== number) return STALE
      throw new Conflict(`Expected ${String(order.expected)}, the log is elsewhere`)
    })
    if (head === undefined) throw new Gone('No such session')
    moved(session, head)
  }

  /**
   * Holds a session, so that no other server writes it, for one transaction; `work` gets where its log stands, and how to say where it
   * has brought it. Others are told after the commit; tables that a rewrite left are dropped after it.
   */
  async function held<T>(session: string, receipts: readonly string[], work: (ask: Ask, place: Held, brought: (to: Head & { number?: number }) => void) => Promise<T>): Promise<T> {
    let to: (Head & { number?: number }) | undefined
    let begun = false
    const attempt = (number: number | undefined) => sql.transaction(async (ask, [row]) => {
      begun = true
      if (row === undefined) throw new Gone('No such session')
      const { known, ...place } = row as unknown as Held
      remember(session, place.number)
      // Receipts of tables that the log has left say nothing.
      return work(ask, known === undefined || place.number !== number ? place : { ...place, known }, (head) => (to = head))
    }, holding(session, number, receipts))
    const value = await attempt(numbers.get(session)).catch((error: unknown) => {
      if (!(error instanceof Moved) || begun) throw error
      numbers.delete(session)
      return attempt(undefined)
    })
    if (to === undefined) return value
    const { number, ...head } = to
    if (number !== undefined) remember(session, number)
    moved(session, head)
    if (number !== undefined) await owed.pay()
    return value
  }

  async function rewriteHeld(ask: Ask, place: Place, order: Rewrite): Promise<Place> {
    const { session, dropPeople = [] } = order
    const next = await rewriteTables(ask, place, order)
    if (dropPeople.length > 0) await ask('DELETE FROM keys WHERE session = $1 AND person = ANY ($2)', [session, dropPeople])
    await owed.promise(ask, [{ tables: place.number }, ...(dropPeople.length > 0 ? (['keys'] as const) : [])])
    return next
  }

  async function rewrite(order: Rewrite): Promise<Head> {
    return held(order.session, [], async (ask, place, brought) => {
      const { number, ...head } = await rewriteHeld(ask, place, order)
      brought({ number, ...head })
      return head
    })
  }

  /** Rejects with an Error, since a rewrite that records nothing is a bug. */
  function checked(order: Rewrite): Rewrite {
    if (order.events.length === 0) throw new Error('A rewrite records what it did: it needs an event')
    return order
  }

  return {
    append: (order) => inTurn(order.session, () => append(order)),
    rewrite: async (order) => inTurn(checked(order).session, () => rewrite(order)),
    read: async (session, after = 0) => (await find(session, after, []))?.events ?? [],
    receipts: async (session) => (await find(session, LAST, 'all'))?.hashes ?? [],
    async whole(session) {
      const found = await find(session, 0, 'all')
      return found && { head: found.head, events: found.events, receipts: found.hashes }
    },
    async missed(session, since, receipts = []) {
      const found = await find(session, since.seq, receipts, since.edition)
      return found && missedOf(found, since)
    },
    alone: (session, since, receipts, write) =>
      held(session, receipts, async (ask, place, brought) => {
        let number = place.number
        // By the same connection: what this transaction has written is read with it.
        const found = async (after: number, hashes: readonly string[], edition?: number): Promise<Found> => {
          const read = await readTables(ask, number, session, after, hashes, edition)
          if (read === STALE) throw new StorageRefused('A session that is held has moved')
          return read
        }
        const own: Own = {
          async append(order) {
            const head = await appendToTables(ask, number, order)
            if (head === undefined) throw new Conflict('The log is elsewhere')
            brought(head)
          },
          async rewrite(order) {
            const next = await rewriteHeld(ask, place, checked(order))
            number = next.number
            brought(next)
            return { seq: next.seq, edition: next.edition }
          },
          read: async (_session, after = 0): Promise<StoredEvent[]> => (await found(after, [])).events,
        }
        // Mostly nobody else has written meanwhile: then where the log stands says it all.
        if (place.known !== undefined && place.seq === since.seq && place.edition === since.edition) return write({ anew: false, head: { seq: place.seq, edition: place.edition }, events: [], known: place.known.sort() }, own)
        return write(missedOf(await found(since.seq, receipts, since.edition), since), own)
      }),
    forget: (session) => void numbers.delete(session),
  }
}
