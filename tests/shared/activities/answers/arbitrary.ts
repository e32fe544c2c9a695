/** A wall of short answers, and anything that its people may send: what the contract suite drives it with. */
import fc from 'fast-check'
import type { AnswersCommand, AnswersConfig } from '#shared/activities/answers/model.ts'

export const config: AnswersConfig = {
  prompt: { en: 'What might change feel like?', es: '¿Cómo podría sentirse el cambio?' },
  perPerson: 2,
  length: 40,
  byDepartment: true,
}

const id = fc.constantFrom(...Array.from({ length: 20 }, (_, i) => `id-${i + 1}`), 'gone')
const text = fc.oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.constantFrom('light', 'ligero'))
const lang = fc.constantFrom('en' as const, 'es' as const)

const participant: fc.Arbitrary<AnswersCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('write' as const), text, lang }) },
  fc.record({ type: fc.constant('edit' as const), id, text, lang }),
  fc.record({ type: fc.constant('take-back' as const), id }),
)

const facilitator: fc.Arbitrary<AnswersCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<AnswersCommand>({ type: 'reveal' }) },
  fc.constantFrom<AnswersCommand>({ type: 'veil' }, { type: 'hold', on: true }, { type: 'hold', on: false }, { type: 'unspotlight' }),
  fc.record({ type: fc.constant('page' as const), page: fc.nat(5) }),
  fc.record({ type: fc.constantFrom('spotlight' as const, 'unhide' as const, 'take-back' as const), id }),
  fc.record({ type: fc.constant('hide' as const), id }),
)

export const arbitrary = { kind: 'answers' as const, config, participant, facilitator }
