/** Any moments, and anything that people may send to them: what the contract suite drives the kind with. */
import fc from 'fast-check'
import type { MomentsCommand, MomentsConfig } from '#shared/activities/moments/model.ts'

const moment = (order: number, ink: number, en: string, es: string) => ({ order, ink, name: { en, es }, hint: { en: `${en}…`, es: `${es}…` } })

export const config: MomentsConfig = {
  prompt: { en: 'Notice where you are.', es: 'Observe dónde está.' },
  moments: {
    validation: moment(0, 1, 'Validation', 'Validación'),
    reminding: moment(1, 2, 'Reminding', 'Recuerdo'),
    discomfort: moment(2, 4, 'Discomfort', 'Incomodidad'),
  },
  question: { en: 'Whom does it move you to support?', es: '¿A quién le mueve a apoyar?' },
  self: { en: 'Breathe out.' },
  others: { en: 'Sit beside somebody.' },
}

export const arbitrary = {
  kind: 'moments' as const,
  config,
  participant: fc.oneof(
    fc.record(
      { type: fc.constant('mark' as const), moment: fc.constantFrom(...Object.keys(config.moments), 'gone'), support: fc.constantFrom('self' as const, 'others' as const) },
      { requiredKeys: ['type', 'moment'] },
    ),
    fc.record({ type: fc.constant('undo' as const), id: fc.stringMatching(/^id-[1-9]$/) }),
  ) as fc.Arbitrary<MomentsCommand>,
  facilitator: fc.constantFrom<MomentsCommand>({ type: 'show', step: 'step' }, { type: 'show', step: 'other' }, { type: 'unshow' }),
}
