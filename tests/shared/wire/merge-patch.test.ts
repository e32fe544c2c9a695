/** WI1 to WI4: RFC 7396, as far as views need it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, diff, type Patch } from '#shared/wire/merge-patch.ts'

/** What a view may be: no null anywhere, lists only of plain values. */
const plain = fc.oneof(fc.string({ maxLength: 4 }), fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }))
const mapOf = (inner: fc.Arbitrary<unknown>) => fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'order', 'constructor'), inner, { maxKeys: 4, noNullPrototype: true })
const view = fc.oneof(plain, mapOf(fc.oneof(plain, mapOf(fc.oneof(plain, mapOf(plain))))))

describe('a patch between two views', () => {
  test('WI1 turns the one into the other', () => {
    fc.assert(fc.property(view, view, (before, after) => {
      const patch = diff(before, after)
      expect(patch === undefined ? before : apply(before, patch)).toEqual(after)
    }), { numRuns: 2_000 })
  })

  test('WI2 is nothing for equal views, and never is where they differ', () => {
    fc.assert(fc.property(view, view, (before, after) => {
      expect(diff(before, structuredClone(before))).toBeUndefined()
      if (JSON.stringify(before) !== JSON.stringify(after) && diff(before, after) === undefined) expect(before).toEqual(after)
    }))
  })

  test('WI3 survives the wire, and leaves the old view as it was', () => {
    fc.assert(fc.property(view, view, (before, after) => {
      const kept = structuredClone(before)
      const patch = diff(before, after)
      if (patch === undefined) return
      expect(apply(before, JSON.parse(JSON.stringify(patch)) as Patch)).toEqual(after)
      expect(before).toEqual(kept)
    }))
  })

  test('WI3 of many small steps arrives where one big step does', () => {
    fc.assert(fc.property(fc.array(view, { minLength: 2, maxLength: 8 }), (views) => {
      let held: unknown = views[0]
      for (const [i, next] of views.slice(1).entries()) {
        const patch = diff(views[i], next)
        if (patch !== undefined) held = apply(held, patch)
      }
      expect(held).toEqual(views.at(-1))
    }))
  })

  test.each([
    [{ a: { b: 1 } }, { a: { b: 2 } }, { a: { b: 2 } }],
    [{ a: 1, b: 2 }, { a: 1 }, { b: null }],
    [{ cards: { x: { text: 'x' } } }, { cards: { x: { text: 'x' }, y: { text: 'y' } } }, { cards: { y: { text: 'y' } } }],
    [{ list: ['a', 'b'] }, { list: ['a'] }, { list: ['a'] }],
    [{ a: undefined, b: 1 }, { b: 1 }, undefined],
    [{}, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('WI2 says no more than what changed', (before, after, patch) => {
    expect(diff(before, after)).toEqual(patch)
  })

  test('WI4 poisons nothing, whoever made it', () => {
    const held = apply({ a: 1 }, JSON.parse('{"__proto__":{"admin":true},"b":{"__proto__":{"admin":true}}}') as Patch) as Record<string, unknown>
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
    expect((held as { admin?: boolean }).admin).toBeUndefined()
    expect((held.b as { admin?: boolean }).admin).toBeUndefined()
    expect(held.a).toBe(1)
  })
})
