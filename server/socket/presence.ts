/** Who is here, in memory only: a person is here while any socket of theirs is, and is told of as a number alone. */
export class Presence {
  #people = new Map<string, Map<string, number>>()

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

  /** People in all sessions together. */
  all(): number {
    let all = 0
    for (const people of this.#people.values()) all += people.size
    return all
  }

  count(session: string): number {
    return this.#people.get(session)?.size ?? 0
  }
}
