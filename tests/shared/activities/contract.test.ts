/** KI1 to KI9: what every kind owes whoever drives it, whatever people send. Each kind's arbitrary.ts says what that may be. */
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindOf, kinds } from '#shared/activities/registry.ts'
import { arbitraries, type Arbitrary } from '../../support/kinds.ts'
import { canonical } from '../../support/until.ts'
import { drive, PEOPLE, STRANGER, type Driven } from './driven.ts'

/** Moves of one run. Deep enough for reveals, pages, limits per person and batches of three. */
const MOVES = 40
const RUNS = 60

function moves({ participant, facilitator }: Arbitrary) {
  const who = fc.constantFrom(...PEOPLE)
  return fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(who, participant).map(([by, command]) => ({ by, command })) },
      { weight: 3, arbitrary: facilitator.map((command) => ({ command })) },
      { weight: 1, arbitrary: fc.constantFrom('next' as const, 'back' as const) },
    ),
    { maxLength: MOVES },
  )
}

test('KI1 every registered kind says what may be sent to it', () => {
  expect(arbitraries.map(({ kind }) => kind).sort()).toEqual(Object.keys(kinds).sort())
  for (const [name, { kind }] of Object.entries(kinds)) expect(kind).toBe(name)
  const folders = readdirSync(new URL('../../../shared/activities/', import.meta.url))
  expect(Object.keys(kinds).filter((kind) => !folders.includes(kind))).toEqual([])
})

describe.each(arbitraries.map((each) => [each.kind, each] as const))('%s', (kind, arbitrary) => {
  const activity = kindOf(kind)
  if (activity === undefined) throw new Error(`${kind} is not registered`)

  /** Runs a property over any moves, in a named and in an anonymous step. */
  function whatever(holds: (driven: Driven) => void): void {
    fc.assert(fc.property(moves(arbitrary), fc.boolean(), (each, anonymous) => {
      const driven = drive(activity!, arbitrary.config, anonymous)
      for (const move of each) {
        driven.take(move)
      }
      holds(driven)
    }), { numRuns: RUNS })
  }

  test('KI2 deciding changes nothing, throws never, and says the same twice', () => {
    fc.assert(fc.property(moves(arbitrary), fc.boolean(), (each, anonymous) => {
      const driven = drive(activity, arbitrary.config, anonymous)
      for (const move of each) {
        const before = canonical(driven.state)
        const first = driven.decide(move)
        expect(canonical(driven.decide(move))).toBe(canonical(first))
        expect(canonical(driven.state)).toBe(before)
        driven.take(move)
        if ('refused' in first) expect(canonical(driven.state)).toBe(before)
      }
    }), { numRuns: RUNS })
  })

  test('KI3 state is what the events make of it, from the log as it is read again', () => {
    whatever((driven) => {
      const again = activity.start(arbitrary.config)
      for (const event of JSON.parse(driven.log()) as { type: string }[]) activity.evolve(again, event)
      expect(canonical(again)).toBe(canonical(driven.state))
      expect(canonical(JSON.parse(JSON.stringify(driven.state)))).toBe(canonical(driven.state))
      expect(JSON.stringify(driven.events)).toBe(driven.log())
    })
  })

  test('KI4 views are keyed maps of plain values, and making them changes nothing', () => {
    whatever((driven) => {
      const before = canonical(driven.state)
      for (const [audience, view] of driven.views()) expect(unfit(view), audience).toEqual([])
      expect(canonical(driven.state)).toBe(before)
    })
  })

  test('KI5 nobody is told by which author, nor, in an anonymous step, in which order', () => {
    whatever((driven) => {
      const shared = driven.sharedViews()
      const reports = driven.reports()
      for (const [audience, view] of [...shared, ...reports]) {
        for (const author of driven.authors()) expect(JSON.stringify(view ?? ''), audience).not.toContain(author)
      }
      if (!driven.around.anonymous) return
      const reversed = driven.reversed()
      expect(reversed.reports()).toEqual(reports)
      // Not only what is said: the order of keys in the JSON would tell the order of arrival.
      expect(reversed.sharedViews().map(([audience, view]) => [audience, JSON.stringify(view)])).toEqual(shared.map(([audience, view]) => [audience, JSON.stringify(view)]))
    })
  })

  test('KI6 what is somebody’s own is nobody else’s, and an event names everybody whose own it changes', () => {
    fc.assert(fc.property(moves(arbitrary), fc.boolean(), (each, anonymous) => {
      const driven = drive(activity, arbitrary.config, anonymous)
      const everybody = [...PEOPLE, STRANGER]
      for (const move of each) {
        const before = everybody.map((who) => canonical(driven.mine(who)))
        const touched = driven.take(move)
        everybody.forEach((who, i) => {
          const mine = canonical(driven.mine(who))
          if (!touched.includes(who)) expect(mine, `${who} is not touched`).toBe(before[i])
        })
      }
      for (const who of everybody) {
        const mine = JSON.stringify(driven.mine(who) ?? '')
        for (const text of driven.textsOfOthers(who)) expect(mine).not.toContain(text)
      }
    }), { numRuns: RUNS })
  })

  test('KI7 it has begun with the first thing that anybody contributes, and not before', () => {
    expect(activity.begun(activity.start(arbitrary.config))).toBe(false)
    fc.assert(fc.property(moves(arbitrary), fc.boolean(), (each, anonymous) => {
      const driven = drive(activity, arbitrary.config, anonymous)
      for (const move of each) {
        const contributes = typeof move === 'object' && 'by' in move
        const count = driven.events.length
        driven.take(move)
        if (!contributes || driven.events.length === count) continue
        expect(activity.begun(driven.state)).toBe(true)
        return
      }
    }), { numRuns: RUNS })
  })

  test('KI8 “next” and “back” come to an end', () => {
    whatever((driven) => {
      for (const way of ['next', 'back', 'next'] as const) {
        let turns = 0
        while (driven.take(way).length > 0 || driven.moved) {
          turns += 1
          expect(turns).toBeLessThan(100)
        }
      }
    })
  })

  test('KI9 KI10 sealed, an anonymous step holds neither authors nor order, and all that was told before; what is taken out is gone', () => {
    whatever((driven) => {
      if (!driven.around.anonymous) return
      const erased = driven.copy()
      for (const who of PEOPLE) activity.redact(erased.state, { author: erased.author(who) })
      for (const text of driven.textsOf(PEOPLE)) expect(JSON.stringify(erased.state)).not.toContain(text)
      const reports = driven.reports()
      const sealed = driven.sealed()
      for (const author of driven.authors()) expect(JSON.stringify(sealed.state)).not.toContain(author)
      expect(canonical(driven.reversed().sealed().state)).toBe(canonical(sealed.state))
      const [told, tells] = [JSON.stringify(reports), JSON.stringify(sealed.reports())]
      for (const who of PEOPLE) {
        // What somebody has changed or taken back on a wall waits for company: sealing lets it happen.
        const own = JSON.stringify(driven.mine(who) ?? '')
        const texts = driven.textsOf([who])
        const still = texts.some((text) => own.includes(text)) ? texts.filter((text) => own.includes(text)) : texts
        for (const text of still) if (told.includes(text)) expect(tells).toContain(text)
      }
      expect(sealed.sealed().reports()).toEqual(sealed.reports())
      for (const [audience, view] of sealed.views()) expect(unfit(view), audience).toEqual([])
    })
  })
})

/** Where a view holds what no patch can carry: null, undefined, a list of anything but plain values. */
function unfit(value: unknown, path = ''): string[] {
  if (value === undefined && path === '') return []
  if (value === null || value === undefined) return [`${path}: ${String(value)}`]
  if (Array.isArray(value)) return value.some((one) => typeof one === 'object' || one === undefined) ? [`${path}: a list of objects`] : []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`]
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, inner]) => unfit(inner, `${path}.${key}`))
  return typeof value === 'string' || typeof value === 'boolean' ? [] : [`${path}: ${typeof value}`]
}
