/** VW7, F5: nobody can count veiled answers, marks or calls by the numbers that go out with views, patches and answers. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Versions } from '../../../server/room/versions.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import { until } from '../../support/until.ts'

let it: TestApp
let now: number
beforeEach(async () => {
  now = 1_800_000_000_000
  it = await startApp({ now: () => now })
})
afterEach(async () => { await it.close() })

/** What a curious participant and a facilitator learn, when so many others do something that is nobody's business. */
async function learned(others: number): Promise<number[]> {
  const session = await it.openSession((shipped) => planOf(shipped, () => true))
  const [curious, ...rest] = await Promise.all(Array.from({ length: 5 }, () => it.participant(session)))
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'session.start' })
  await console.done(undefined, { type: 'flow.goto', step: 'moments' })
  if (curious === undefined) throw new Error('nobody came')
  const weather = { type: 'answer', weather: 'foggy' }
  await console.done(undefined, { type: 'flow.goto', step: 'check-in' })
  // A clock that stood still so far is behind what was done: in a real room it is ahead.
  now += 1_000
  const from = await curious.done('check-in', weather)
  for (const other of rest.slice(0, others)) {
    now += 500
    await other.done('check-in', { type: 'answer', weather: 'rainy' })
    now += 500
    await other.done('moments', { type: 'mark', moment: 'reminding' })
  }
  now += (rest.length - others) * 1_000
  const again = await curious.done('check-in', weather)
  now += 1_000
  const led = await console.done(undefined, { type: 'timer.start', total: 60_000 })
  const seen = await until(() => (curious.view('everyone')?.timer === undefined ? undefined : curious.held('everyone')?.at))
  return [again - from, led - from, (seen ?? 0) - from]
}

/** To ten ms: a commit in a tick that a window's end asked about is one ahead of it, which tells of the window and of nobody. Four others do eight things. */
function told(learned: readonly number[]): number[] {
  return learned.map((ms) => Math.round(ms / 10))
}

test('VW7 polling with an answer that changes nothing, or watching the next patch, counts nobody’s answers', async () => {
  const nobodyElse = await learned(0)
  // Seconds that have passed.
  expect(nobodyElse.map((ms) => Math.round(ms / 1_000))).toEqual([4, 5, 5])
  expect(told(await learned(1))).toEqual(told(nobodyElse))
  expect(told(await learned(4))).toEqual(told(nobodyElse))
})

test('VW7 versions rise with every commit also within one tick, and under a clock that is set back', () => {
  let clock = 1_000
  const versions = new Versions(() => clock)
  const seen = [versions.current(), versions.next(), versions.next()]
  clock -= 500
  seen.push(versions.next(), versions.next())
  clock += 10
  seen.push(versions.current())
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect(new Set(seen).size).toBe(seen.length)
  const held = versions.current()
  expect(versions.current()).toBe(held)
})
