/** F52: when a session goes. Elapsed time alone counts: neither a change of the clocks nor a leap day moves it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goesAt, isDue, LONGEST_RETENTION_DAYS, RETENTION_DAYS, type Kept } from '#shared/retention.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Any moment of a hundred years, and the ones around changes of the clocks and leap days. */
const moments = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) }),
  fc.constantFrom(Date.UTC(2028, 1, 28, 23, 59), Date.UTC(2028, 1, 29), Date.UTC(2027, 2, 14, 10), Date.UTC(2027, 9, 31, 1), Date.UTC(2026, 11, 31, 23, 59, 59, 999)),
)

test('F52 ER6 a session goes exactly when its days are over, not a millisecond before, wherever the clocks change', () => {
  fc.assert(fc.property(moments, fc.oneof(fc.constantFrom(1, 30, 400), fc.integer({ min: 1, max: LONGEST_RETENTION_DAYS })), (endedAt, days) => {
    const goes = goesAt({ endedAt }, days)
    expect(goes).toBe(endedAt + days * DAY)
    expect(isDue({ endedAt }, days, (goes ?? 0) - 1)).toBe(false)
    expect(isDue({ endedAt }, days, goes ?? 0)).toBe(true)
    expect(isDue({ endedAt }, days, (goes ?? 0) + 5 * 365 * DAY)).toBe(true)
  }), { seed: 52 })
})

test('F52 ER6 never one that has not ended, never one on hold, and none at all where all are kept', () => {
  const kept: fc.Arbitrary<Kept> = fc.record({ endedAt: moments, held: moments }, { requiredKeys: [] })
  fc.assert(fc.property(kept, fc.constantFrom(...RETENTION_DAYS), moments, (session, days, now) => {
    const due = isDue(session, days, now)
    if (session.endedAt === undefined || session.held !== undefined || days === 0) expect(due).toBe(false)
    // A shorter time never keeps what a longer one lets go.
    for (const shorter of RETENTION_DAYS) if (shorter > 0 && shorter < days && due) expect(isDue(session, shorter, now)).toBe(true)
    // A clock that goes back takes nothing back, and lets nothing go.
    if (!due) expect(isDue(session, days, now - HOUR)).toBe(false)
  }), { seed: 52 })
})
