/**
 * Server time that nobody sets: a timer that runs, a key that expires and the order of what happened must not follow a clock that an
 * administrator, a time server or a change to summer time moves by an hour. Time passes here as it passes in the room.
 */
import { uptime } from 'node:os'

/** What a machine knows of time, ms each. */
export interface Clocks {
  /** Since 1970, as the machine believes; may be set at any moment. */
  wall(): number
  /** Time that has passed; may stand still while the machine sleeps. */
  passed(): number
  /** Since the machine was started, its sleep included; may be as coarse as a second. */
  up(): number
}

/** This machine's clocks; `ahead` is by how much another clock, which others go by too, is ahead of its wall clock, ms. */
export function machineClocks(ahead: () => number = () => 0): Clocks {
  return { wall: () => Date.now() + ahead(), passed: () => performance.now(), up: () => uptime() * 1000 }
}

/** How often the clocks are compared, ms. */
const LOOK = 1_000
/** Less than this apart is how clocks are, ms. */
const TOLERANCE = 2_000
/** A difference that has stood so long is believed, ms: no timer runs as long as this, and dates should be right in the end. */
const BELIEVED_AFTER = 12 * 3_600_000
/** Before this software was written no clock is right: such a machine has just been switched on, and is told the time later. */
const EARLIEST = Date.UTC(2026, 0, 1)

/** Milliseconds since 1970 as they were at the call, and what has passed since then, whatever is done to the machine's clock. */
export function steadyClock({ wall, passed, up }: Clocks = machineClocks()): () => number {
  const begun = { passed: passed(), up: up() }
  let base = wall() - begun.passed
  let slept = 0
  let looked = begun.passed
  let differsSince: number | undefined

  function look(at: number): void {
    looked = at
    const asleep = up() - begun.up - (at - begun.passed)
    if (asleep - slept > TOLERANCE) slept = asleep
    const difference = wall() - (base + at + slept)
    if (Math.abs(difference) <= TOLERANCE) differsSince = undefined
    else differsSince ??= at
    const wasUnset = base + at < EARLIEST && difference > 0
    if (differsSince === undefined || (!wasUnset && at - differsSince < BELIEVED_AFTER)) return
    base += difference
    differsSince = undefined
  }

  return () => {
    const at = passed()
    if (at - looked >= LOOK) look(at)
    return Math.round(base + at + slept)
  }
}
