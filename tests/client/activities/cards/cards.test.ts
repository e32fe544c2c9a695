import { describe, expect, test } from 'vitest'
import type { ListedCard } from '#shared/activities/cards/views.ts'
import { passes } from '../../../../client/activities/cards/filter.ts'
import { fit, SIZES } from '../../../../client/activities/cards/fitted.svelte.ts'
import { short } from '../../../../client/activities/cards/short.ts'
import { groupsOf } from '../../../../client/activities/cards/sorted.ts'

const card = (order: number, more: Partial<ListedCard> = {}): ListedCard => ({ order, text: `card ${order}`, ...more })

describe('the order of reading', () => {
  test('is the drawn one, in one group', () => {
    expect(groupsOf({ a: card(2), b: card(0), c: card(1, { department: 'x' }) }, undefined).map((group) => group.cards.map(([id]) => id))).toEqual([
      ['b', 'c', 'a'],
    ])
  })

  test('is by department where there are any; who told none comes last', () => {
    const departments = { x: { order: 1, name: {} }, y: { order: 0, name: {} } }
    const cards = { a: card(0), b: card(1, { department: 'x' }), c: card(2, { department: 'y' }), d: card(3, { department: 'x' }) }
    expect(groupsOf(cards, departments)).toMatchObject([
      { department: 'y', cards: [['c', {}]] },
      { department: 'x', cards: [['b', {}], ['d', {}]] },
      { department: undefined, cards: [['a', {}]] },
    ])
  })
})

describe('what a facilitator filters by', () => {
  const hidden = card(0, { hidden: { reason: 'twice' }, kind: 'question', page: 0 })
  const onPage = card(1, { kind: 'question', page: 0, parked: true })

  test('finds hidden cards among all and among the hidden only', () => {
    const filters = ['all', 'hidden', 'now', 'parked', 'kind:question'] as const
    expect(filters.filter((filter) => passes(hidden, filter, 0))).toEqual(['all', 'hidden'])
  })

  test('finds a card by its page, its kind and that it is parked', () => {
    const filters = ['all', 'hidden', 'now', 'waiting', 'parked', 'kind:question', 'kind:thought'] as const
    expect(filters.filter((filter) => passes(onPage, filter, 0))).toEqual(['all', 'now', 'parked', 'kind:question'])
    expect(passes(onPage, 'now', 1)).toBe(false)
  })
})

describe('a button’s name', () => {
  test('says enough of a card to know it, and cuts no character in half', () => {
    expect(short('a thought')).toBe('a thought')
    expect(short('one\ntwo')).toBe('one two')
    expect(short('😀'.repeat(80))).toBe(`${'😀'.repeat(59)}…`)
  })
})

describe('type on the screen', () => {
  /** A box of 700 px whose content is as high as its type is large. */
  function box(perUnit: number): HTMLElement {
    const element = document.createElement('div')
    const size = () => Number(/\* (\d+)\)/.exec(element.style.getPropertyValue('--fitted'))?.[1])
    Object.defineProperties(element, {
      clientHeight: { value: 700 },
      clientWidth: { value: 1000 },
      scrollWidth: { value: 1000 },
      scrollHeight: { get: () => size() * perUnit },
    })
    return element
  }

  test.each([
    [1, 72],
    [10, 64],
    [20, 35],
    [25, 28],
    [1000, SIZES[SIZES.length - 1]],
  ])('is the largest that fits: content %i times its type stands in %i', (perUnit, size) => {
    const element = box(perUnit)
    fit(element)
    expect(element.style.getPropertyValue('--fitted')).toBe(`calc(var(--frame) * ${size})`)
  })

  test('is tried in every number of columns before it is made smaller', () => {
    const element = document.createElement('div')
    Object.defineProperties(element, {
      clientHeight: { value: 700 },
      scrollHeight: { get: () => (element.style.getPropertyValue('--columns') === '4' ? 700 : 900) },
    })
    fit(element, [3, 4])
    expect(element.style.getPropertyValue('--fitted')).toBe(`calc(var(--frame) * ${SIZES[0]})`)
  })

  test.each([
    ['stays as it is where the content can be read with ease', 20, false, 35],
    ['gives room before the content gets small', 26, true, 32],
    ['gives what it has where the content is too small all the same', 60, true, 17],
  ])('what stands about it %s', (_what, perUnit, tight, size) => {
    let words = perUnit
    const around = document.createElement('div')
    const element = document.createElement('div')
    const now = () => Number(/\* (\d+)\)/.exec(element.style.getPropertyValue('--fitted'))?.[1])
    Object.defineProperties(element, {
      clientHeight: { get: () => (around.hasAttribute('data-tight') ? 900 : 700) },
      scrollHeight: { get: () => now() * words },
    })
    fit(element, [1], around)
    expect(around.hasAttribute('data-tight')).toBe(tight)
    expect(now()).toBe(size)
    // Shorter words later give the room back.
    words = 1
    fit(element, [1], around)
    expect(around.hasAttribute('data-tight')).toBe(false)
  })
})
