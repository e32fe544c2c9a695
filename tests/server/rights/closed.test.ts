/** F28: nothing leaves but what the types of its audience name. Every line of every test looks at every frame so; here, that it would see a stray. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kindOf, kinds, type Kind } from '#shared/activities/registry.ts'
import type { SessionState } from '#shared/session/model.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { schemas, strayIn, strayInEvent, strayInView, type Schema } from '../../support/closed/schemas.ts'
import { fullSession } from '../../support/full-session.ts'
import { arbitraries } from '../../support/kinds.ts'
import { drive, PEOPLE } from '../../shared/activities/driven.ts'

const SEED = 28
const audiences = ['everyone', 'screen', 'facilitator', 'mine'] as const
const viewsOf = (state: SessionState) => ({
  everyone: everyoneView(state), screen: screenView(state), facilitator: facilitatorView(state), mine: mineView(state, 'p0', (scope) => `tag ${scope}`),
})

/** The same with one field more, in every place where an object with fields of its own stands. Maps by id take any id. */
function withStrays(schema: Schema, value: unknown): unknown[] {
  const resolved = resolve(schema, value)
  if (typeof value !== 'object' || value === null || resolved === undefined || Array.isArray(value)) return []
  const strays: unknown[] = resolved.additionalProperties === false ? [{ ...value, canary: 'x' }] : []
  for (const [key, inner] of Object.entries(value)) {
    const under = resolved.properties?.[key] ?? (typeof resolved.additionalProperties === 'object' ? resolved.additionalProperties : undefined)
    if (under !== undefined) strays.push(...withStrays(under, inner).map((stray) => ({ ...value, [key]: stray })))
  }
  return strays
}

function resolve(schema: Schema, value: unknown): Schema | undefined {
  if (schema.$ref !== undefined) return resolve(schemas.$defs[schema.$ref.slice('#/$defs/'.length)] as Schema, value)
  return schema.anyOf === undefined ? schema : resolve(schema.anyOf.find((one) => strayIn(one, value) === undefined) ?? {}, value)
}

describe('closed', () => {
  test('F28 RI7 every kind has a schema for every audience, by being registered', () => {
    for (const kind of Object.keys(kinds)) {
      expect(Object.keys(schemas.kinds[kind] ?? {}), kind).toEqual(expect.arrayContaining(['facilitator', 'screen', 'everyone', 'mine']))
      const { standing, standingForFacilitators } = (kindOf(kind) ?? { views: {} }).views as Record<string, unknown>
      expect([schemas.kinds[kind]?.standing !== undefined, schemas.kinds[kind]?.standingForFacilitators !== undefined], kind).toEqual([standing !== undefined, standingForFacilitators !== undefined])
    }
  })

  test.each([['while it runs', {}], ['once it has ended', { ended: true }], ['with a veil', { veiled: true }]])('F28 a whole session %s: every audience holds what its types name, and one field more anywhere is seen', (_when, how) => {
    const { state } = fullSession(how)
    const views = viewsOf(state)
    for (const audience of audiences) {
      expect(strayInView(audience, views[audience])).toBeUndefined()
      const strays = withStrays(schemas.views[audience], views[audience])
      expect(strays.length).toBeGreaterThan(audience === 'mine' ? 1 : 5)
      for (const stray of strays) expect(strayInView(audience, stray), JSON.stringify(stray).slice(0, 200)).toBeDefined()
    }
  })

  test('F28 a view of one audience is none of another', () => {
    const views = viewsOf(fullSession().state)
    for (const audience of audiences) for (const other of audiences) if (other !== audience) expect(strayInView(other, views[audience]), `${audience} as ${other}`).toBeDefined()
  })

  test('F28 events of the protocol are closed, and others are none', () => {
    expect(strayInEvent('hello', { protocol: 1, session: 's', now: 1 })).toBeUndefined()
    expect(strayInEvent('hello', { protocol: 1, session: 's', now: 1, key: 'x' })).toBeDefined()
    expect(strayInEvent('beat', { now: 1, at: { mine: 3 } })).toBeUndefined()
    expect(strayInEvent('bye', 'removed')).toBeUndefined()
    expect(strayInEvent('bye', 'because of Ana')).toBeDefined()
    expect(strayInEvent('debug', {})).toBeDefined()
    expect(strayIn(schemas.events.answer as Schema, { ok: false, code: 'locked', stack: 'x' })).toBeDefined()
  })
})

/** Whatever people send to a kind, and whatever a facilitator does with it, in any order. */
test.each(arbitraries.map(({ kind }) => kind))('F28 %s sends what its types name in every state that it can come into', (kind: Kind) => {
  const { config, participant, facilitator } = arbitraries.find((each) => each.kind === kind) as (typeof arbitraries)[number]
  const moves = fc.array(fc.oneof(fc.record({ by: fc.constantFrom(...PEOPLE), command: participant }), fc.record({ command: facilitator }), fc.constantFrom('next' as const, 'back' as const)), { maxLength: 30 })
  const views = schemas.kinds[kind] as Record<string, Schema>
  fc.assert(
    fc.property(moves, fc.boolean(), (all, anonymous) => {
      const driven = drive(kindOf(kind) as NonNullable<ReturnType<typeof kindOf>>, config, anonymous)
      for (const move of all) {
        driven.take(move)
        for (const [audience, view] of driven.views()) {
          const name = audience.startsWith('mine') ? 'mine' : audience
          if (view !== undefined) expect(strayIn(views[name] as Schema, view), audience).toBeUndefined()
        }
      }
    }),
    { seed: SEED, numRuns: 60 },
  )
})
