/** Five seconds: time to hear one sentence out before the next. */
export const QUIET_MS = 5_000

/** Words, or how to find them once their turn has come: a number that waited may be another one by then. Empty: nothing is said. */
export type Sentence = string | (() => string)

/** Sentences for people who listen to the page: at most one in five seconds, and of those that wait only the last. */
export class Announcer {
  /** What the live region says now. */
  said = $state('')
  #waiting: Sentence | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Says it now, or after the quiet that follows the sentence before, in place of any that waits. */
  announce(sentence: Sentence): void {
    if (this.#timer !== undefined) {
      this.#waiting = sentence
      return
    }
    const words = typeof sentence === 'string' ? sentence : sentence()
    if (words === '') return
    // A region that is given the same words again stays silent; a trailing no-break space makes them new.
    this.said = words === this.said ? `${words}\u00a0` : words
    this.#timer = setTimeout(() => this.#next(), QUIET_MS)
  }

  /** Forgets what waits and stops the clock. */
  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting = undefined
  }

  #next(): void {
    this.#timer = undefined
    const sentence = this.#waiting
    this.#waiting = undefined
    if (sentence !== undefined) this.announce(sentence)
  }
}
