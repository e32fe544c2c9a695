import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ON_A_PAGE, PAGES_ON_PHONES, pagesOf, pageWithin, phonePages } from '#shared/activities/cards/pages.ts'

const ids = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`)
const cards = (count: number, text = 'short') => ids(count).map((id) => ({ id, text }))

describe('CA3 pages', () => {
  test('hold twelve at most, lose none and keep the order', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 1, max: 6 }), (count, groups) => {
        const all = ids(count)
        const grouped = cards(count).map((card, i) => ({ ...card, group: String(i % groups) }))
        for (const pages of [pagesOf(cards(count)), pagesOf(grouped)]) {
          expect(pages.flat()).toEqual(all)
          for (const page of pages) expect(page.length).toBeLessThanOrEqual(ON_A_PAGE)
        }
      }),
    )
  })

  test('a department that fits on a page is not torn apart', () => {
    const two = (count: number) => cards(count).map((card, i) => ({ ...card, group: i < 8 ? 'a' : 'b' }))
    expect(pagesOf(two(16)).map((page) => page.length)).toEqual([8, 8])
    expect(pagesOf(two(12)).map((page) => page.length)).toEqual([12])
  })

  test('a department that is larger than a page goes on where there is room', () => {
    expect(pagesOf(cards(20).map((card) => ({ ...card, group: 'a' }))).map((page) => page.length)).toEqual([12, 8])
  })

  test('hold fewer cards the longer they are, and one that is longer than a page alone', () => {
    const most = (length: number) => Math.max(...pagesOf(cards(24, 'x'.repeat(length))).map((page) => page.length))
    expect([40, 280, 500, 4000].map(most)).toEqual([12, 5, 3, 1])
  })

  test('a page beyond the last is the last', () => {
    expect([pageWithin(4, 2), pageWithin(1, 2), pageWithin(3, 0)]).toEqual([1, 1, 0])
  })

  test('phones hold the pages around the one on the screen', () => {
    expect(phonePages(0, 3)).toEqual({ first: 0, end: 3 })
    expect(phonePages(0, 42)).toEqual({ first: 0, end: 5 })
    expect(phonePages(20, 42)).toEqual({ first: 18, end: 23 })
    expect(phonePages(41, 42)).toEqual({ first: 37, end: 42 })
  })

  test('phones never hold more, and always the page on the screen', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 50 }), (page, pages) => {
        const { first, end } = phonePages(page, pages)
        expect(end - first).toBe(Math.min(pages, PAGES_ON_PHONES))
        expect(first).toBeLessThanOrEqual(pageWithin(page, pages))
        expect(end).toBeGreaterThan(pageWithin(page, pages))
      }),
    )
  })
})
