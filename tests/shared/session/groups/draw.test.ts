import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { APART } from '#shared/session/groups/bonds.ts'
import { countOf, draw } from '#shared/session/groups/draw.ts'

const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`)

function bonds(pairs: readonly (readonly [string, string])[], weight: number, into = new Map<string, Map<string, number>>()): Map<string, Map<string, number>> {
  for (const [a, b] of pairs) {
    for (const [one, other] of [[a, b], [b, a]] as const) {
      const own = into.get(one) ?? new Map<string, number>()
      into.set(one, own.set(other, weight))
    }
  }
  return into
}

/** Every way of parting people into groups of two or more whose sizes differ by at most one, with the given number of groups. */
function* partings(names: readonly string[], count: number): Generator<string[][]> {
  const sizes = Array.from({ length: count }, (_, i) => Math.floor(names.length / count) + (i < names.length % count ? 1 : 0))
  const groups: string[][] = sizes.map(() => [])
  function* next(i: number): Generator<string[][]> {
    const person = names[i]
    if (person === undefined) return yield groups.map((group) => [...group])
    for (const [at, group] of groups.entries()) {
      if (group.length >= (sizes[at] ?? 0)) continue
      group.push(person)
      yield* next(i + 1)
      group.pop()
    }
  }
  yield* next(0)
}

const clashes = (groups: string[][], pairs: readonly (readonly [string, string])[]): number =>
  pairs.filter(([a, b]) => groups.some((group) => group.includes(a) && group.includes(b))).length

const pairsAmong = (n: number, max: number) =>
  fc.uniqueArray(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)).filter(([a, b]) => a < b), { maxLength: max, selector: ([a, b]) => `${a} ${b}` }).map((pairs) =>
    pairs.map(([a, b]) => [`p${a}`, `p${b}`] as readonly [string, string]),
  )

describe('GR1 the draw', () => {
  test('everybody is in one group, nobody is alone, sizes differ by at most one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 2, max: 8 }), fc.string(), (n, size, seed) => {
        const groups = draw(people(n), size, new Map(), random(seed))
        expect(groups.flat().sort()).toEqual(people(n).sort())
        const sizes = groups.map((group) => group.length)
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('pairs are pairs: an odd one makes a single three', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.string(), (n, seed) => {
        const sizes = draw(people(n), 2, new Map(), random(seed)).map((group) => group.length)
        expect(sizes.filter((size) => size === 3)).toHaveLength(n % 2)
        expect(sizes.every((size) => size === 2 || size === 3)).toBe(true)
      }),
    )
  })

  test('the same seed draws the same, another seed another', () => {
    const of = (seed: string) => draw(people(30), 2, new Map(), random(seed))
    expect(of('a')).toEqual(of('a'))
    expect(of('a')).not.toEqual(of('b'))
  })

  test('one person, or none, is no group', () => {
    expect(draw(['p0'], 2, new Map(), random('a'))).toEqual([])
    expect(draw([], 2, new Map(), random('a'))).toEqual([])
  })
})

describe('GR2 keeping apart', () => {
  test('is respected whenever any parting into as many groups respects it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }).chain((n) => fc.tuple(fc.constant(n), pairsAmong(n, 9))),
        fc.integer({ min: 2, max: 4 }),
        fc.string(),
        ([n, apart], size, seed) => {
          const possible = [...partings(people(n), countOf(n, size))].some((groups) => clashes(groups, apart) === 0)
          fc.pre(possible)
          expect(clashes(draw(people(n), size, bonds(apart, APART), random(seed)), apart)).toBe(0)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('holds in a room of any size, where each is to be kept from a few', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 60 }).chain((n) => fc.tuple(fc.constant(n), pairsAmong(n, 12))),
        fc.string(),
        ([n, apart], seed) => {
          const degree = (name: string) => apart.filter((pair) => pair.includes(name)).length
          fc.pre(people(n).every((name) => degree(name) <= 3))
          expect(clashes(draw(people(n), 2, bonds(apart, APART), random(seed)), apart)).toBe(0)
        },
      ),
    )
  })

  test('makes smaller groups where one big one cannot keep people apart', () => {
    const groups = draw(people(4), 4, bonds([['p0', 'p1']], APART), random('x'))
    expect(groups.map((group) => group.length)).toEqual([2, 2])
    expect(clashes(groups, [['p0', 'p1']])).toBe(0)
  })

  test('still leaves nobody alone where it cannot be done', () => {
    expect(draw(['p0', 'p1'], 2, bonds([['p0', 'p1']], APART), random('x')).flat().sort()).toEqual(['p0', 'p1'])
  })
})

describe('GR3 meeting again', () => {
  test('is avoided whenever any parting avoids it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }).chain((n) => fc.tuple(fc.constant(n), pairsAmong(n, 9))),
        fc.integer({ min: 2, max: 3 }),
        fc.string(),
        ([n, met], size, seed) => {
          fc.pre([...partings(people(n), countOf(n, size))].some((groups) => clashes(groups, met) === 0))
          expect(clashes(draw(people(n), size, bonds(met, 1), random(seed)), met)).toBe(0)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('never happens in pairs after three earlier rounds, in a room of ten or more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 60 }), fc.string(), (n, seed) => {
        const met: [string, string][] = []
        for (let round = 0; round < 4; round += 1) {
          const groups = draw(people(n), 2, bonds(met, 1), random(`${seed}${round}`))
          expect(clashes(groups, met)).toBe(0)
          for (const group of groups) group.forEach((a, i) => group.slice(i + 1).forEach((b) => met.push([a, b])))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('weighs less than keeping apart', () => {
    const rules = bonds([['p0', 'p1'], ['p2', 'p3']], APART, bonds([['p0', 'p2'], ['p0', 'p3'], ['p1', 'p2'], ['p1', 'p3']], 1))
    expect(clashes(draw(people(4), 2, rules, random('x')), [['p0', 'p1'], ['p2', 'p3']])).toBe(0)
  })
})
