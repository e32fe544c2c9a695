import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inOrder } from '#shared/ordered.ts'
import { FEWEST, POOLED, WEATHERS, sentenceParts, skyOf } from '#shared/sky/sky.ts'

const ids = [...WEATHERS, 'hail', 'haze', 'dusk', 'dawn', '__proto__', 'constructor', 'toString']
const rooms = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 500 }))), {
    selector: ([id]) => id,
  })
const room = (entries: [string, number][]) => Object.fromEntries(entries)
const total = (entries: [string, number][]) => entries.reduce((sum, [, people]) => sum + people, 0)

describe('the sky of a room', () => {
  test('stays veiled below k, whatever k says at least three', () => {
    fc.assert(
      fc.property(rooms, fc.integer({ min: 0, max: 60 }), (entries, k) => {
        expect(skyOf(room(entries), k) === undefined).toBe(total(entries) < Math.max(k, 3))
      }),
    )
  })

  test('names no weather that fewer than three people chose', () => {
    fc.assert(
      fc.property(rooms, (entries) => {
        const sky = skyOf(room(entries), 3)
        if (!sky) return
        const counts = new Map(entries)
        let named = 0
        for (const id of Object.keys(sky.parts)) {
          if (id === POOLED) continue
          expect(counts.get(id)).toBeGreaterThanOrEqual(FEWEST)
          named += counts.get(id) ?? 0
        }
        const pooled = total(entries) - named
        expect(POOLED in sky.parts).toBe(pooled > 0)
        if (pooled > 0) expect(pooled).toBeGreaterThanOrEqual(FEWEST)
      }),
    )
  })

  test('is drawn from tenths that sum to ten, each at least one, and holds no counts', () => {
    fc.assert(
      fc.property(rooms, (entries) => {
        const sky = skyOf(room(entries), 3)
        if (!sky) return
        const parts = Object.values(sky.parts)
        expect(parts.reduce((sum, part) => sum + part.tenths, 0)).toBe(10)
        for (const part of parts) {
          expect(part.tenths).toBeGreaterThanOrEqual(1)
          expect(Object.keys(part)).toEqual(['tenths', 'amount', 'order'])
        }
      }),
    )
  })

  test('is the same in whatever order people answered', () => {
    const shuffled = rooms.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length })),
    )
    fc.assert(fc.property(shuffled, ([one, other]) => void expect(skyOf(room(one), 3)).toEqual(skyOf(room(other), 3))))
  })

  test('is within one step of the share, as long as no part is raised to be seen', () => {
    fc.assert(
      fc.property(rooms, (entries) => {
        const sky = skyOf(room(entries), 3)
        if (!sky) return
        const shares = Object.keys(sky.parts).map((id) => [id, ((new Map(entries).get(id) ?? 0) * 10) / total(entries)] as const)
        if (shares.some(([id, share]) => id === POOLED || share < 1)) return
        for (const [id, share] of shares) expect(Math.abs((sky.parts[id]?.tenths ?? 0) - share)).toBeLessThan(1)
      }),
    )
  })

  test('pools a weather of two with the next smallest', () => {
    const sky = skyOf({ foggy: 12, sunny: 2, rainy: 4 }, 5)
    expect(sky?.parts).toEqual({
      foggy: { tenths: 7, amount: 'most', order: 0 },
      pooled: { tenths: 3, amount: 'many', order: 1 },
    })
  })

  test('pools what three people share among them, and leaves the rest alone', () => {
    expect(Object.keys(skyOf({ foggy: 12, sunny: 2, rainy: 1, windy: 3 }, 5)?.parts ?? {})).toEqual(['foggy', 'windy', POOLED])
  })

  test('takes a set of more than ten weathers', () => {
    const counts = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`w${i}`, 3 + i]))
    const parts = skyOf(counts, 5)?.parts ?? {}
    expect(Object.keys(parts)).toHaveLength(10)
    expect(parts).toHaveProperty(POOLED)
  })
})

describe('its sentence', () => {
  test('says most above half, many from a quarter on, some below', () => {
    const sky = skyOf({ foggy: 24, rainbow: 10, windy: 6 }, 5)
    expect(sky && sentenceParts(sky)).toEqual({ most: ['foggy'], many: ['rainbow'], some: ['windy'] })
  })

  test('never says most of two weathers', () => {
    const sky = skyOf({ foggy: 5, sunny: 5 }, 5)
    expect(sky && sentenceParts(sky)).toEqual({ most: [], many: ['sunny', 'foggy'], some: [] })
  })

  test('gives equal numbers of people equal words', () => {
    fc.assert(
      fc.property(rooms, (entries) => {
        const sky = skyOf(room(entries), 3)
        if (!sky) return
        const counts = new Map(entries)
        const words = new Map<number | undefined, string>()
        for (const [id, part] of inOrder(sky.parts)) {
          if (id === POOLED) continue
          expect(words.get(counts.get(id)) ?? part.amount).toBe(part.amount)
          words.set(counts.get(id), part.amount)
        }
      }),
    )
  })
})
