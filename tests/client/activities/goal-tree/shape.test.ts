import { expect, test } from 'vitest'
import { abreast, columns } from '../../../../client/activities/goal-tree/shape.ts'

test('up to three objectives stand side by side, more in two rows', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(columns)).toEqual([1, 1, 2, 3, 2, 3, 3])
})

test('activities stand side by side where few objectives share the frame', () => {
  expect([1, 2, 3, 6].map((count) => abreast(1, count))).toEqual([1, 2, 3, 3])
  expect([3, 4].map((count) => abreast(2, count))).toEqual([1, 2])
  expect(abreast(3, 3)).toBe(1)
})
