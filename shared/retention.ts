/**
 * How long a session is kept: so many days after its end. A day is 24 hours wherever the server stands, so that no change of the
 * clocks and no leap day makes a session go early or late.
 */
const DAY_MS = 24 * 60 * 60 * 1000

/** What is offered; 0: until somebody deletes it. The API takes any number of days up to the longest. */
export const RETENTION_DAYS = [30, 90, 365, 1095, 0] as const
/** A school year and what follows it: long enough to look back on, and gone before nobody remembers what it was for. */
export const USUAL_RETENTION_DAYS = 365
export const LONGEST_RETENTION_DAYS = 3650

/** What the rule looks at: times in ms since 1970. */
export interface Kept {
  /** When the session ended; absent: it has not. */
  endedAt?: number
  /** Since when nothing may delete it; absent: it is not on hold. */
  held?: number
}

/** When a session goes, ms since 1970; undefined: not by itself. `days` 0 keeps every session. */
export function goesAt({ endedAt, held }: Kept, days: number): number | undefined {
  return endedAt === undefined || held !== undefined || days === 0 ? undefined : endedAt + days * DAY_MS
}

/** Whether the time of a session is over. */
export function isDue(kept: Kept, days: number, now: number): boolean {
  const goes = goesAt(kept, days)
  return goes !== undefined && goes <= now
}

/** What is remembered between two looks at which sessions are due: times in ms since 1970. */
export interface Looked {
  /** The last look whose time was believed. */
  at: number
  /** Since when the clock says that a long time has passed; absent: it does not. */
  doubted?: number
}

/** A server that was off for so long, or whose clock was set ahead by so much, looks the same. */
const LEAP_MS = 35 * DAY_MS
/** A clock that still says the same after this is believed: somebody would have seen by then that it is wrong. */
const SETTLED_MS = 2 * DAY_MS

/**
 * Whether a look may delete, by what the looks before it saw, and what is to be remembered. A clock that was set far ahead makes
 * everything due at once, and what is deleted nobody brings back: after a leap nothing goes until the clock has stood by it for two days.
 */
export function looksAgain({ at, doubted }: Looked, now: number): { believed: boolean; looked: Looked } {
  if (now - at <= LEAP_MS) return { believed: true, looked: { at: now } }
  if (doubted === undefined || now < doubted || now - doubted > LEAP_MS) return { believed: false, looked: { at, doubted: now } }
  return now - doubted < SETTLED_MS ? { believed: false, looked: { at, doubted } } : { believed: true, looked: { at: now } }
}
