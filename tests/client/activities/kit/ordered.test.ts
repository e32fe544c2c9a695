import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idsInOrder as keys } from '#shared/ordered.ts'
import { freeKey, moved, withLast, without } from '../../../../client/activities/kit/ordered.ts'

const map = { b: { order: 1, name: 'B' }, a: { order: 0, name: 'A' }, c: { order: 2, name: 'C' } }

test('moving an entry changes places with its neighbour, and does nothing at an end', () => {
  expect(keys(moved(map, 'b', -1))).toEqual(['b', 'a', 'c'])
  expect(keys(moved(map, 'b', 1))).toEqual(['a', 'c', 'b'])
  expect(moved(map, 'a', -1)).toBe(map)
  expect(moved(map, 'c', 1)).toBe(map)
  expect(moved(map, 'x', 1)).toBe(map)
})

test('taking out and adding leave the others in their order', () => {
  expect(keys(without(map, 'b'))).toEqual(['a', 'c'])
  expect(keys(withLast(map, 'd', { name: 'D' }))).toEqual(['a', 'b', 'c', 'd'])
  expect(withLast({}, 'a', { name: 'A' })).toEqual({ a: { name: 'A', order: 0 } })
})

test('a free key is never one that is taken', () => {
  const key = fc.constantFrom('own-1', 'own-2', 'own-3', 'own-5', 'other-1')
  fc.assert(fc.property(fc.dictionary(key, fc.constant(1)), (taken) => !(freeKey(taken, 'own') in taken)))
})

test('there and back again changes nothing, wherever it is in the middle', () => {
  const maps = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(maps, fc.nat(), (ids, at) => {
      const map = Object.fromEntries(ids.map((id, order) => [id, { order, name: id }]))
      const id = ids[at % (ids.length - 1)] as string
      expect(keys(moved(moved(map, id, 1), id, -1))).toEqual(ids)
    }),
  )
})
