import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nextSlice, together, type Slice } from '../torture/kept.ts'
import { PARTS } from '../torture/parts.ts'

test('every part of the long run has its test', () => {
  expect(PARTS.filter(({ file }) => !existsSync(file)).map(({ file }) => file)).toEqual([])
})

describe('the long run', () => {
  const part = { ...PARTS[0], full: 100, slice: 40 }
  const slice = (from: number, count: number): Slice => ({ from, count, figures: {}, seconds: 1, date: '2026-01-01', commit: 'abc', machine: 'one' })

  test('goes on where it was stopped, and ends with what is left', () => {
    expect(nextSlice(part, [])).toEqual({ from: 0, count: 40 })
    expect(nextSlice(part, [slice(0, 40)])).toEqual({ from: 40, count: 40 })
    expect(nextSlice(part, [slice(0, 40), slice(40, 40)])).toEqual({ from: 80, count: 20 })
    expect(nextSlice(part, [slice(0, 40), slice(40, 40), slice(80, 20)])).toBeUndefined()
  })

  test('does again what is missing in between', () => {
    expect(nextSlice(part, [slice(0, 40), slice(80, 20)])).toEqual({ from: 40, count: 40 })
  })

  test('adds slices up, but keeps the worst and the least', () => {
    expect(together([{ lost: 0, posts: 2, worstMs: 5, leastLeft: 9 }, { lost: 0, posts: 3, worstMs: 4, leastLeft: 7 }])).toEqual({ lost: 0, posts: 5, worstMs: 5, leastLeft: 7 })
  })
})
