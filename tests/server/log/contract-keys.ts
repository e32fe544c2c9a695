/** K: what every adapter of the log's port owes to keys. Part of contract.ts, which runs it. */
import { beforeEach, describe, expect, test } from 'vitest'
import { Conflict, Gone } from '../../../server/log/port.ts'
import type { KeyRow, Log } from '../../../server/log/port.ts'
import { aSession, aKey, NOW } from './samples.ts'

const DAY = 24 * 60 * 60 * 1000

/** `opened` is asked for the log in each test, since each has a log of its own. */
export function keysContract(name: string, opened: () => Log): void {
  let log: Log
  beforeEach(() => {
    log = opened()
  })

  describe(`${name}: keys`, () => {
    beforeEach(() => Promise.all([log.createSession(aSession('a')), log.createSession(aSession('b'))]))

    test('K1 gives a key back by its hash until it expires', async () => {
      const whole = aKey('k', { role: 'participant', person: 'p1', name: 'Ann', expiresAt: NOW + 10 })
      const host: KeyRow = { hash: 'host', role: 'host', handle: 'hh', createdAt: NOW }
      await log.addKey(whole)
      await log.addKey(host)
      expect(await log.key('k', NOW + 9)).toStrictEqual(whole)
      expect(await log.key('k', NOW + 10)).toBeUndefined()
      expect(await log.key('host', NOW)).toStrictEqual(host)
      expect(await log.key('none', NOW)).toBeUndefined()
    })

    test('K2 lists the keys of one session and role, the oldest first', async () => {
      const mine = [aKey('z', { role: 'cofacilitator', createdAt: 1 }), aKey('y', { role: 'cofacilitator', createdAt: 2 })]
      for (const key of [...mine].reverse()) await log.addKey(key)
      await log.addKey(aKey('x'))
      await log.addKey(aKey('w', { role: 'cofacilitator', session: 'b' }))
      expect(await log.keys('a', 'cofacilitator')).toStrictEqual(mine)
    })

    test('K7 revoking the host’s keys ends all of them and no others, and says which', async () => {
      const { session: _, ...bare } = aKey('x')
      for (const hash of ['host', 'other-host']) await log.addKey({ ...bare, hash, handle: `h-${hash}`, role: 'host' })
      for (const key of [aKey('link'), aKey('cookie', { parent: 'link' })]) await log.addKey(key)
      expect((await log.dropHosts()).sort()).toEqual(['host', 'other-host'])
      for (const hash of ['host', 'other-host']) expect(await log.key(hash, NOW)).toBeUndefined()
      for (const hash of ['link', 'cookie']) expect(await log.key(hash, NOW)).toBeDefined()
      expect(await log.dropHosts()).toEqual([])
    })

    test('D8 a new code and join token take the place of the old ones at once; the old code rests, and what is taken is refused', async () => {
      await log.createSession(aSession('renewed', { code: '20304060' }))
      await log.createSession(aSession('beside', { code: '20304061' }))
      await log.renewCode('renewed', { code: '20304062', joinToken: 'fresh-token' }, NOW)
      expect(await log.sessionByCode('20304060')).toBeUndefined()
      expect(await log.sessionByJoinToken('token-renewed')).toBeUndefined()
      expect((await log.sessionByCode('20304062'))?.id).toBe('renewed')
      expect((await log.sessionByJoinToken('fresh-token'))?.id).toBe('renewed')
      expect(await Promise.all([NOW + 90 * DAY - 1, NOW + 90 * DAY].map((at) => log.codeTaken('20304060', at)))).toEqual([true, false])
      await expect(log.renewCode('renewed', { code: '20304061', joinToken: 'other-token' }, NOW)).rejects.toBeInstanceOf(Conflict)
      expect((await log.sessionByCode('20304062'))?.id).toBe('renewed')
      expect(await log.codeTaken('20304062', NOW)).toBe(true)
      await expect(log.renewCode('none', { code: '20304063', joinToken: 'x' }, NOW)).rejects.toBeInstanceOf(Gone)
    })

    test('K3 revoking by handle ends every key made from it, and says which', async () => {
      for (const key of [aKey('link'), aKey('cookie', { parent: 'link' }), aKey('deeper', { parent: 'cookie' }), aKey('other')]) await log.addKey(key)
      expect((await log.revokeKey('a', 'h-link')).sort()).toEqual(['cookie', 'deeper', 'link'])
      for (const hash of ['link', 'cookie', 'deeper']) expect(await log.key(hash, NOW)).toBeUndefined()
      expect(await log.key('other', NOW)).toBeDefined()
    })

    test('K4 a handle of another session revokes nothing', async () => {
      await log.addKey(aKey('k'))
      expect(await log.revokeKey('b', 'h-k')).toEqual([])
      expect(await log.key('k', NOW)).toBeDefined()
    })

    test('K5 signing out ends one key and leaves the one it was made from', async () => {
      await log.addKey(aKey('link'))
      await log.addKey(aKey('cookie', { parent: 'link' }))
      await log.dropKey('cookie')
      expect(await log.key('cookie', NOW)).toBeUndefined()
      expect(await log.key('link', NOW)).toBeDefined()
    })

    test('K6 makes no key for a session or from a key that is not there', async () => {
      await expect(log.addKey(aKey('k', { session: 'none' }))).rejects.toBeInstanceOf(Gone)
      await expect(log.addKey(aKey('k', { parent: 'revoked' }))).rejects.toBeInstanceOf(Gone)
      await log.addKey(aKey('k'))
      await expect(log.addKey(aKey('k', { handle: 'another' }))).rejects.toBeInstanceOf(Conflict)
    })
  })
}
