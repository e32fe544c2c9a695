/** The heartbeat: everybody hears it as often as is promised, and never all sessions at once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nanoid } from 'nanoid'
import { openHeart } from '../../../server/socket/heart.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('VW4 F3 every session is told once in each four seconds, in its own moment of them, from the one in which somebody comes', () => {
  const sessions = new Set(Array.from({ length: 400 }, () => nanoid(21)))
  const told = new Map<string, number[]>()
  const stop = openHeart(4_000, () => sessions, (session) => told.set(session, [...(told.get(session) ?? []), Date.now()]), () => undefined)
  const [late] = sessions
  sessions.delete(late ?? '')
  vi.advanceTimersByTime(6_000)
  sessions.add(late ?? '')
  const since = Date.now()
  vi.advanceTimersByTime(14_000)
  for (const session of sessions) {
    const times = told.get(session) ?? []
    expect(times).toHaveLength(session === late ? times.length : 5)
    times.slice(1).forEach((time, i) => expect(time - (times[i] ?? 0)).toBe(4_000))
  }
  expect((told.get(late ?? '')?.[0] ?? Infinity) - since).toBeLessThanOrEqual(4_000)
  const together = Map.groupBy([...told.values()].flat(), (time) => time)
  expect(Math.max(...[...together.values()].map((times) => times.length))).toBeLessThan(400 / 5)
  stop()
  told.clear()
  vi.advanceTimersByTime(8_000)
  expect(told.size).toBe(0)
})
