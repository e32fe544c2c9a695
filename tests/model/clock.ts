/**
 * Time that passes only when it is told to: the product's own timers and clocks, run as fast as the machine can. While it is
 * installed, `Date.now`, `performance.now`, `setTimeout` and `setInterval` are this clock's, for server and clients alike.
 */
import { current } from './process.ts'

const real = { setTimeout, setInterval, clearTimeout, clearInterval, setImmediate, dateNow: Date.now, performanceNow: performance.now.bind(performance) }

interface Timer {
  at: number
  /** Of timers of one moment the first set comes first. */
  order: number
  run: () => void
  every?: number
  gone?: true
}

export interface Clock {
  /** ms since 1970. */
  now(): number
  /** Runs all that is due in the next `ms`, in order, each with all that follows from it at once. */
  pass(ms: number): Promise<void>
  /** Runs until a fact is there; false if it is not, so many ms later. */
  until(fact: () => boolean, ms: number): Promise<boolean>
  /** Gives the machine's own clock back. Timers that are left are forgotten. */
  restore(): void
}

/** Lets all promises settle that wait for nothing but each other. */
export function settle(): Promise<void> {
  return new Promise((resolve) => real.setImmediate(resolve))
}

export function installClock(begins: number): Clock {
  let now = begins
  let order = 0
  const heap: Timer[] = []

  /** The handle of a timer, as far as the product uses one. */
  class Handle {
    readonly timer: Timer
    constructor(timer: Timer) { this.timer = timer }
    unref(): this { return this }
    ref(): this { return this }
  }
  const set = (run: (...args: unknown[]) => void, ms: number | undefined, args: unknown[], repeats: boolean) => {
    const wait = Math.max(repeats ? 1 : 0, Number(ms ?? 0))
    const whose = current()
    /** Due while its process was frozen: then it runs once, however often it has been due. */
    let due = false
    const timer: Timer = {
      at: now + wait,
      order: (order += 1),
      run() {
        if (whose === undefined) return run(...args)
        if (due) return
        due = true
        whose.enter(() => {
          due = false
          if (timer.gone !== true) run(...args)
        })
      },
      ...(repeats ? { every: wait } : {}),
    }
    push(heap, timer)
    return new Handle(timer)
  }
  const clear = (handle: unknown) => {
    if (handle instanceof Handle) handle.timer.gone = true
  }
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms?: number, ...args: unknown[]) => set(run, ms, args, false),
    setInterval: (run: () => void, ms?: number, ...args: unknown[]) => set(run, ms, args, true),
    clearTimeout: clear,
    clearInterval: clear,
  })
  Date.now = () => Math.floor(now)
  performance.now = () => now - begins

  async function passTo(end: number, done: () => boolean): Promise<boolean> {
    await settle()
    for (;;) {
      if (done()) return true
      const next = heap[0]
      if (next === undefined || next.at > end) break
      pop(heap)
      if (next.gone === true) continue
      now = Math.max(now, next.at)
      if (next.every !== undefined) push(heap, Object.assign(next, { at: next.at + next.every, order: (order += 1) }))
      next.run()
      await settle()
    }
    now = end
    return done()
  }
  return {
    now: () => Math.floor(now),
    pass: async (ms) => void (await passTo(now + ms, () => false)),
    until: (fact, ms) => passTo(now + ms, fact),
    restore() {
      const { setTimeout, setInterval, clearTimeout, clearInterval } = real
      Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval })
      Date.now = real.dateNow
      performance.now = real.performanceNow
    },
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

function push(heap: Timer[], timer: Timer): void {
  let i = heap.push(timer) - 1
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!before(timer, heap[parent] as Timer)) break
    heap[i] = heap[parent] as Timer
    i = parent
  }
  heap[i] = timer
}

function pop(heap: Timer[]): void {
  const last = heap.pop() as Timer
  if (heap.length === 0) return
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child += 1
    if (!before(heap[child] as Timer, last)) break
    heap[i] = heap[child] as Timer
    i = child
  }
  heap[i] = last
}
