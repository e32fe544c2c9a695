/** Any agreements, and anything that may be sent to them: what the contract suite drives them with. */
import fc from 'fast-check'
import type { AgreementsCommand, AgreementsConfig } from '#shared/activities/agreements/model.ts'

export const config: AgreementsConfig = {
  source: { en: 'Somebody, 2006' },
  agreements: {
    b: { order: 1, name: { en: 'Second' }, text: { en: 'The second text' }, local: { en: 'here: with mercy' } },
    a: { order: 0, name: { en: 'First', es: 'Primero' }, text: { en: 'The first text', es: 'El primer texto' } },
    c: { order: 2, name: { en: 'Third' }, text: { en: 'The third text' } },
  },
}

const choose = fc.constantFrom<AgreementsCommand>({ type: 'choose', choice: 'work' }, { type: 'choose', choice: 'talk' })
const lead = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'gone', 'constructor').map((agreement): AgreementsCommand => ({ type: 'show', agreement })),
  fc.constant<AgreementsCommand>({ type: 'ask' }),
)

export const arbitrary = {
  kind: 'agreements' as const,
  config,
  participant: fc.oneof({ weight: 4, arbitrary: choose }, { weight: 1, arbitrary: lead }),
  facilitator: lead,
}
