import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { buckets } from '../../../server/access/bucket.ts'
import { addressKey, openLimits, signInDelayMs } from '../../../server/access/limits.ts'
import type { Limits } from '../../../server/access/limits.ts'

const NOW = 1_800_000_000_000
const SECOND = 1000
const MINUTE = 60 * SECOND

let limits: Limits
beforeEach(() => { limits = openLimits() })

/** Tries to guess `times` as fast as it is let, from `start` on; answers how many guesses were looked up. */
function guesses(times: number, visitor: (i: number) => { device: string; address: string }, at: (i: number) => number): number {
  return Array.from({ length: times }, (_, i) => i).filter((i) => {
    if (!limits.mayTryCode(visitor(i), at(i)).ok) return false
    limits.missedCode(visitor(i), at(i))
    return true
  }).length
}

describe('a bucket', () => {
  const rate = { burst: 3, perSecond: 2 }

  test('gives its burst at once, and says truly when the next comes', () => {
    const bucket = buckets(rate)
    expect([1, 2, 3].map(() => bucket.take('k', NOW).ok)).toEqual([true, true, true])
    expect(bucket.take('k', NOW)).toEqual({ ok: false, waitMs: 500 })
    expect(bucket.take('k', NOW + 499).ok).toBe(false)
    expect(bucket.take('k', NOW + 500).ok).toBe(true)
    expect(bucket.take('other', NOW).ok).toBe(true)
  })

  test('over any stretch of time gives at most its burst and its rate', () => {
    fc.assert(fc.property(fc.array(fc.nat(2_000), { maxLength: 80 }), (pauses) => {
      const bucket = buckets(rate)
      let at = NOW
      const given = pauses.map((pause) => (at += pause)).filter((time) => bucket.take('k', time).ok)
      for (const [i, from] of given.entries()) {
        for (const [j, to] of given.slice(i).entries()) expect(j + 1).toBeLessThanOrEqual(rate.burst + ((to - from) / 1000) * rate.perSecond + 1e-6)
      }
    }))
  })

  test('gives nothing for a clock that was set back, and is not stuck after', () => {
    const bucket = buckets(rate)
    for (let i = 0; i < 3; i += 1) bucket.take('k', NOW)
    expect(bucket.take('k', NOW - 60_000).ok).toBe(false)
    expect(bucket.take('k', NOW - 59_500).ok).toBe(true)
  })

  test('forgets full ones first when there are too many', () => {
    const bucket = buckets(rate, 10)
    for (const key of 'abcdefghi') bucket.spend(key, NOW)
    for (let i = 0; i < 30; i += 1) bucket.spend('greedy', NOW + 1000)
    bucket.spend('one more', NOW + 1000)
    expect(bucket.peek('greedy', NOW + 1000).ok).toBe(false)
  })
})

describe('typed codes', () => {
  test('ten misses a minute for a device; then it is told to wait, and others are not', () => {
    const me = { device: 'd', address: '10.0.0.1' }
    expect(guesses(30, () => me, () => NOW)).toBe(10)
    expect(limits.mayTryCode(me, NOW)).toEqual({ ok: false, waitMs: 6 * SECOND })
    expect(limits.mayTryCode({ ...me, device: 'e' }, NOW + SECOND).ok).toBe(true)
    expect(guesses(30, () => me, () => NOW + MINUTE)).toBe(10)
  })

  test('sixty misses a minute for an address, whatever devices it claims to be', () => {
    const looked = guesses(5_000, (i) => ({ device: `d${String(i)}`, address: '10.0.0.1' }), (i) => NOW + i * 120)
    expect(looked).toBeLessThanOrEqual(60 + 10 * 60)
    expect(looked).toBeGreaterThan(600)
  })

  test('twenty misses a second in all, from however many addresses', () => {
    const looked = guesses(20_000, (i) => ({ device: `d${String(i)}`, address: `10.0.${String(i >> 8)}.${String(i & 255)}` }), (i) => NOW + i)
    expect(looked).toBeLessThanOrEqual(20 + 20 * 20)
    expect(limits.mayTryCode({ device: 'x', address: '10.9.9.9' }, NOW + 20_000)).toEqual({ ok: false, waitMs: 2 * SECOND })
  })

  test('misses side by side are all paid for', () => {
    const me = { device: 'd', address: '10.0.0.1' }
    expect(Array.from({ length: 100 }, () => limits.mayTryCode(me, NOW).ok)).not.toContain(false)
    for (let i = 0; i < 100; i += 1) limits.missedCode(me, NOW)
    expect(limits.mayTryCode(me, NOW + 9 * MINUTE).ok).toBe(false)
    expect(limits.mayTryCode(me, NOW + 10 * MINUTE).ok).toBe(true)
  })

  test('F8 a thousand people behind one address within ten seconds, one in twenty with a typo: everybody gets in', () => {
    for (let i = 0; i < 1_000; i += 1) {
      const [person, at] = [{ device: `d${String(i)}`, address: '203.0.113.7' }, NOW + i * 10]
      if (i % 20 === 0) limits.missedCode(person, at)
      expect(limits.mayTryCode(person, at)).toEqual({ ok: true })
      expect(limits.join(person.address, at)).toEqual({ ok: true })
    }
  })
})

describe('signing in', () => {
  const attempt = (at: number, address = '10.0.0.1') => limits.signIn(address, at)

  test('five attempts, then waits that double; being refused does not lengthen them', () => {
    for (let i = 0; i < 5; i += 1) expect(attempt(NOW)).toEqual({ ok: true })
    expect(attempt(NOW)).toEqual({ ok: false, waitMs: 1 * SECOND })
    expect(attempt(NOW + 400)).toEqual({ ok: false, waitMs: 600 })
    expect(attempt(NOW + 1000)).toEqual({ ok: true })
    expect(attempt(NOW + 1000)).toEqual({ ok: false, waitMs: 2 * SECOND })
    expect(attempt(NOW + 1000, '10.0.0.2')).toEqual({ ok: true })
  })

  test('never more than five minutes, and all is forgotten after a right passphrase or a quiet hour', () => {
    expect([4, 5, 6, 7, 100].map(signInDelayMs)).toEqual([0, 1000, 2000, 4000, 5 * MINUTE])
    for (let i = 0; i < 5; i += 1) attempt(NOW)
    limits.signedIn('10.0.0.1')
    for (let i = 0; i < 5; i += 1) expect(attempt(NOW + 1)).toEqual({ ok: true })
    expect(attempt(NOW + 1).ok).toBe(false)
    for (let i = 0; i < 5; i += 1) expect(attempt(NOW + 1 + 60 * MINUTE)).toEqual({ ok: true })
  })

  test('a clock that was set back locks nobody out', () => {
    for (let i = 0; i < 5; i += 1) attempt(NOW)
    expect(attempt(NOW - 60 * MINUTE)).toEqual({ ok: false, waitMs: SECOND })
    expect(attempt(NOW - 60 * MINUTE + SECOND)).toEqual({ ok: true })
  })

  test('however many addresses guess, the server is not kept busy', () => {
    const admitted = Array.from({ length: 6_000 }, (_, i) => attempt(NOW + i * 10, `10.1.${String(i >> 8)}.${String(i & 255)}`)).filter(({ ok }) => ok)
    expect(admitted.length).toBeLessThanOrEqual(30 + 30)
  })

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('F29 however many addresses guess, who sits at the machine itself (%s) is let try', (here) => {
    for (let i = 0; i < 100; i += 1) attempt(NOW, `10.1.0.${String(i)}`)
    expect(attempt(NOW, '10.2.0.1').ok).toBe(false)
    expect(attempt(NOW, here)).toEqual({ ok: true })
    for (let i = 0; i < 4; i += 1) attempt(NOW, here)
    expect(attempt(NOW, here).ok).toBe(false)
  })
})

describe('commands and joins', () => {
  test('forty commands at once, five a second after, for each participant alone', () => {
    expect(Array.from({ length: 60 }, () => limits.command('p1', NOW)).filter(({ ok }) => ok).length).toBe(40)
    expect(Array.from({ length: 60 }, () => limits.command('p1', NOW + 2 * SECOND)).filter(({ ok }) => ok).length).toBe(10)
    expect(limits.command('p2', NOW)).toEqual({ ok: true })
  })

  test('a machine that joins for ever is stopped', () => {
    const joins = Array.from({ length: 10_000 }, () => limits.join('10.0.0.1', NOW)).filter(({ ok }) => ok)
    expect(joins.length).toBe(2_000)
  })
})

describe('an address', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('%s counts as %s', (address, key) => { expect(addressKey(address)).toBe(key) })
})
