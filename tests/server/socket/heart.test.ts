/** The heartbeat: everybody hears it as often as is promised, and never all at once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openHeart } from '../../../server/socket/heart.ts'
import { TURNS } from '../../../server/room/turns.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('VW4 F3 every turn comes once in each beat, and none once the heart has stopped', () => {
  const told: { turn: number; at: number }[] = []
  const stop = openHeart(4_000, (turn) => told.push({ turn, at: Date.now() }))
  vi.advanceTimersByTime(12_000)
  for (let turn = 0; turn < TURNS; turn += 1) {
    const times = told.filter((one) => one.turn === turn).map(({ at }) => at)
    expect(times).toHaveLength(3)
    times.slice(1).forEach((at, i) => expect(at - (times[i] ?? 0)).toBe(4_000))
  }
  stop()
  told.splice(0)
  vi.advanceTimersByTime(8_000)
  expect(told).toEqual([])
})
