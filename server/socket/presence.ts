/**
 * Who is here, in memory only: a person is here while any socket of theirs is, and is told of as a number alone. Other servers tell
 * the numbers of theirs.
 */
interface Elsewhere {
  count: number
  /** When it was told, ms. */
  told: number
}

export class Presence {
  #people = new Map<string, Map<string, number>>()
  /** Of each session, what each other server told. */
  #elsewhere = new Map<string, Map<string, Elsewhere>>()

  /** Returns true if the count of the session changed. */
  enter(session: string, person: string): boolean {
    const people = this.#people.get(session) ?? new Map<string, number>()
    this.#people.set(session, people)
    const sockets = people.get(person) ?? 0
    people.set(person, sockets + 1)
    return sockets === 0
  }

  leave(session: string, person: string): boolean {
    const people = this.#people.get(session)
    const sockets = people?.get(person) ?? 0
    if (people === undefined || sockets === 0) return false
    if (sockets > 1) {
      people.set(person, sockets - 1)
      return false
    }
    people.delete(person)
    if (people.size === 0) this.#people.delete(session)
    return true
  }

  /** People of a session with this server and with the others; one who is with two of them counts twice for as long. */
  count(session: string): number {
    let count = this.own(session)
    for (const other of this.#elsewhere.get(session)?.values() ?? []) count += other.count
    return count
  }

  /** People of a session with this server. */
  own(session: string): number {
    return this.#people.get(session)?.size ?? 0
  }

  /** People in all sessions together, with this server. */
  all(): number {
    let all = 0
    for (const people of this.#people.values()) all += people.size
    return all
  }

  /** Sessions with somebody in them at this server. */
  sessions(): Iterable<string> {
    return this.#people.keys()
  }

  /** What another server tells at `now`, ms. Returns true if the count changed. */
  elsewhere(server: string, session: string, count: number, now: number): boolean {
    const servers = this.#elsewhere.get(session) ?? new Map<string, Elsewhere>()
    const before = servers.get(server)?.count ?? 0
    if (count > 0) servers.set(server, { count, told: now })
    else servers.delete(server)
    if (servers.size > 0) this.#elsewhere.set(session, servers)
    else this.#elsewhere.delete(session)
    return before !== count
  }

  /** Forgets what was told before `before`, ms; answers the sessions whose count changed. */
  forget(before: number): string[] {
    const changed: string[] = []
    for (const [session, servers] of this.#elsewhere) {
      const stale = [...servers].filter(([, { told }]) => told < before)
      for (const [server] of stale) servers.delete(server)
      if (stale.length > 0) changed.push(session)
      if (servers.size === 0) this.#elsewhere.delete(session)
    }
    return changed
  }
}
