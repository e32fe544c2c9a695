/** F59, F51: what stays on a device that several people use, and for how long; words that no server has are never let go unoffered. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forgetOld, holdsAnything, leftWords, notePresence, sharedStorage, unsavedWords } from '../../../client/live/device.ts'
import { createOutbox } from '../../../client/live/outbox.ts'
import { deviceStorage, memoryStorage, type Storage } from '../../../client/live/storage.ts'

const DAY = 24 * 60 * 60 * 1000
const NOW = 1_800_000_000_000

/** A session on the device, with one of everything. */
function lived(storage: Storage, session: string, at: number): void {
  storage.set(`gw/${session}/me`, '{"session":"x","joined":true}')
  storage.set('gw/last', session)
  createOutbox(storage, session, () => 1).add({ id: `${session}-0123456789abcdef`, step: 's', do: { type: 'write', text: `${session} on its way` } })
  storage.set(`gw/${session}/draft/s/words`, `${session} typed`)
  storage.set(`gw/${session}/draft/~s`, `${session} for myself`)
  storage.set(`gw/${session}/journal/s/k`, `${session} my copy`)
  storage.set(`gw/${session}/refused/a`, `${session} refused`)
  notePresence(storage, session, at)
}
const all = (storage: Storage) => storage.keys('').map((key) => `${key}=${storage.get(key) ?? ''}`).join('\n')

test('F59 words that no server has are those on their way, typed and refused; what was for oneself is not among them', () => {
  const storage = memoryStorage()
  lived(storage, 'one', NOW)
  expect(unsavedWords(storage, 'one').sort()).toEqual(['one on its way', 'one refused', 'one typed'])
  expect(unsavedWords(storage, 'other')).toEqual([])
})

test('F59 a day after somebody was there the device forgets them, and offers what was never saved without saying whose', () => {
  const storage = memoryStorage()
  storage.set('gw/lang', 'es')
  lived(storage, 'old', NOW)
  lived(storage, 'new', NOW + 1)
  expect(forgetOld(storage, NOW + DAY - 1)).toEqual([])
  expect(forgetOld(storage, NOW + DAY)).toEqual(['old'])
  expect(leftWords(storage).map(({ text }) => text).sort()).toEqual(['old on its way', 'old refused', 'old typed'])
  for (const gone of ['old for myself', 'old my copy', 'gw/old/']) expect(all(storage)).not.toContain(gone)
  expect(unsavedWords(storage, 'new')).toHaveLength(3)
  expect(storage.get('gw/lang')).toBe('es')
  for (const { key } of leftWords(storage)) storage.remove(key)
  expect(forgetOld(storage, NOW + 2 * DAY)).toEqual(['new'])
  for (const { key } of leftWords(storage)) storage.remove(key)
  expect(holdsAnything(storage)).toBe(false)
  expect(all(storage)).toBe('gw/lang=es')
})

test('F59 whoever is still there is forgotten by no clock: one that goes back, or a page of an older version', () => {
  const storage = memoryStorage()
  lived(storage, 'here', NOW)
  expect(forgetOld(storage, NOW - 5 * DAY)).toEqual([])
  storage.remove('gw/here/seen')
  expect(forgetOld(storage, NOW + 9 * DAY)).toEqual([])
  expect(forgetOld(storage, NOW + 10 * DAY)).toEqual(['here'])
})

test('F59 told to leave nothing, a device holds nothing, whatever was there and whatever comes; the page goes on', () => {
  const step = fc.oneof(
    fc.record({ is: fc.constant('set' as const), key: fc.constantFrom('gw/a/me', 'gw/a/draft/x', 'gw/last', 'other'), value: fc.string() }),
    fc.record({ is: fc.constant('remove' as const), key: fc.constantFrom('gw/a/me', 'gw/a/draft/x', 'other') }),
    fc.constantFrom({ is: 'leaveNothing' as const }, { is: 'keep' as const }),
  )
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    const device = memoryStorage()
    const storage = sharedStorage(device)
    const plain = memoryStorage()
    for (const each of steps) {
      if (each.is === 'set') for (const one of [storage, plain]) one.set(each.key, each.value)
      else if (each.is === 'remove') for (const one of [storage, plain]) one.remove(each.key)
      else storage[each.is]()
      expect(all(storage)).toBe(all(plain))
      if (storage.leavesNothing) expect(device.keys('gw/')).toEqual([])
      else expect(all(device)).toBe(all(plain))
    }
  }), { seed: 59 })
})

test('F59 a browser’s own storage is emptied too', () => {
  localStorage.setItem('gw/one/me', 'canary')
  const storage = sharedStorage(deviceStorage(localStorage))
  storage.leaveNothing()
  expect(JSON.stringify({ ...localStorage })).not.toContain('canary')
  expect(storage.get('gw/one/me')).toBe('canary')
})
