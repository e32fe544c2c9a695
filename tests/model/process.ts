/**
 * Processes on the virtual clock: what a server's code sets in motion belongs to it, so that one of several can be frozen (SIGSTOP) while
 * the others go on. What is not a server's (pages, the network, a database) belongs to none.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

const running = new AsyncLocalStorage<Process>()

export class Process {
  #frozen = false
  #waiting: (() => void)[] = []

  /** Lets it do something: now, or, frozen, once it is thawed. */
  enter(work: () => void): void {
    if (this.#frozen) this.#waiting.push(work)
    else running.run(this, work)
  }

  freeze(): void {
    this.#frozen = true
  }

  /** All that came meanwhile is there at once. */
  thaw(): void {
    this.#frozen = false
    for (const work of this.#waiting.splice(0)) this.enter(work)
  }

  get frozen(): boolean {
    return this.#frozen
  }
}

/** Whose code runs now; undefined: nobody's. */
export function current(): Process | undefined {
  return running.getStore()
}

/** Does something that belongs to no process. */
export function outside<T>(work: () => T): T {
  return running.exit(work)
}
