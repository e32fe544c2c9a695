/**
 * Versions of what is seen, as they go out with views, patches and answers. They grow with the clock and not with what happens:
 * the log's own numbers would tell everybody how many veiled answers, marks and calls came in between, to the thumb.
 */
export class Versions {
  #now: () => number
  #seen: number
  /** Time that has passed, ms. */
  #ticks = 0
  #last = 0

  /** `now` in ms. A clock that is set back only stands still. */
  constructor(now: () => number) {
    this.#now = now
    this.#seen = now()
  }

  /** After a commit: newer than whatever was seen before, also where less than a tick has passed. */
  next(): number {
    this.#last += 1
    return this.current()
  }

  /** Of what is seen now. Asking changes nothing that anybody could learn from. */
  current(): number {
    const now = this.#now()
    this.#ticks += Math.max(0, now - this.#seen)
    this.#seen = now
    return (this.#last = Math.max(this.#last, this.#ticks))
  }
}
