/** Storage that fails when told to: the real one, with one call refused before anything of it is kept, or after all of it is. */
import { StorageRefused, type Log } from '../../server/log/port.ts'

/** Storage said no; it did what was asked and then said no, as a disk may; or a bug threw what nobody expects. */
export type Failure = 'refused' | 'kept' | 'bug'

export interface Failing {
  around(log: Log): Log
  /** The n-th call from now on fails (1: the next); `lasts` of them in a row. */
  failAt(n: number, lasts?: number, how?: Failure): void
  /** Calls since the last `failAt`. */
  calls(): number
  heal(): void
}

/** Refuses calls of these names; all others pass uncounted. */
export function failing(names: readonly (keyof Log)[]): Failing {
  let calls = 0
  let from = Infinity
  let to = Infinity
  let failure: Failure = 'refused'
  const around = <T extends object>(log: T): T =>
      new Proxy(log, {
        get(target, name) {
          const real = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>
          // What is written by who has the log alone fails like anything that is written.
          if (name === 'alone') return (...args: unknown[]) => real.apply(target, [...args.slice(0, -1), (missed: unknown, own: object) => (args.at(-1) as (missed: unknown, own: object) => unknown)(missed, around(own))])
          if (!names.includes(name as keyof Log)) return real
          return async (...args: unknown[]) => {
            calls += 1
            if (calls >= from && calls < to) {
              if (failure === 'kept') await real.apply(target, args)
              throw failure === 'bug' ? new TypeError('A test has a bug') : new StorageRefused('A test says no')
            }
            return real.apply(target, args)
          }
        },
      })
  return {
    around,
    failAt(n, lasts = 1, how = 'refused') {
      calls = 0
      failure = how
      from = n
      to = n + lasts
    },
    calls: () => calls,
    heal() {
      from = to = Infinity
    },
  }
}
