/** Any closing, and anything that people may send to it: what the contract suite drives the kind with. */
import fc from 'fast-check'
import type { ClosingCommand, ClosingConfig } from '#shared/activities/closing/model.ts'

export const config: ClosingConfig = { prompt: { en: 'What will you do?', es: '¿Qué hará?' }, beginnings: { en: 'I will …' } }

const id = fc.stringMatching(/^id-[1-9]$/)
const text = fc.string({ minLength: 1, maxLength: 30 })
const about = <T extends string>(type: T) => fc.record({ type: fc.constant(type), id })

export const arbitrary = {
  kind: 'closing' as const,
  config,
  participant: fc.oneof(
    fc.record({ type: fc.constant('write' as const), text }),
    fc.record({ type: fc.constant('edit' as const), id, text }),
    about('take-back' as const),
  ) as fc.Arbitrary<ClosingCommand>,
  facilitator: fc.oneof(
    fc.constantFrom({ type: 'reveal' as const }, { type: 'veil' as const }, { type: 'hold' as const, on: true }, { type: 'hold' as const, on: false }, { type: 'unspotlight' as const }, { type: 'page' as const, page: 1 }),
    about('spotlight' as const),
    about('hide' as const),
    about('unhide' as const),
  ) as fc.Arbitrary<ClosingCommand>,
}
