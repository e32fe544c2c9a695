/** Storage that fails when told to: the real one, with one call refused before anything of it is kept. */
import { StorageRefused, type Log } from '../../server/log/port.ts'

export interface Failing {
  around(log: Log): Log
  /** The n-th call from now on is refused (1: the next); `lasts` of them in a row. */
  failAt(n: number, lasts?: number): void
  /** Calls since the last `failAt`. */
  calls(): number
  heal(): void
}

/** Refuses calls of these names; all others pass uncounted. */
export function failing(names: readonly (keyof Log)[]): Failing {
  let calls = 0
  let from = Infinity
  let to = Infinity
  return {
    around: (log) =>
      new Proxy(log, {
        get(target, name) {
          const real = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>
          if (!names.includes(name as keyof Log)) return real
          return async (...args: unknown[]) => {
            calls += 1
            if (calls >= from && calls < to) throw new StorageRefused('A test says no')
            return real.apply(target, args)
          }
        },
      }),
    failAt(n, lasts = 1) {
      calls = 0
      from = n
      to = n + lasts
    },
    calls: () => calls,
    heal() {
      from = to = Infinity
    },
  }
}
