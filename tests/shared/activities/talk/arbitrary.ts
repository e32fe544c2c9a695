/** Any command that people and facilitators may send in a talk, for the contract suite. */
import fc from 'fast-check'
import type { TalkCommand, TalkConfig } from '#shared/activities/talk/model.ts'

const config: TalkConfig = {
  prompt: { en: 'A moment that shaped you', es: 'Un momento que le marcó' },
  hint: { en: 'Take your time.', es: 'Tómese su tiempo.' },
  turnMinutes: 3,
  first: 'draw',
}

const participant: fc.Arbitrary<TalkCommand> = fc.constantFrom({ type: 'swap' }, { type: 'pass' }, { type: 'speak' }, { type: 'begin' })
const facilitator: fc.Arbitrary<TalkCommand> = fc.constant({ type: 'more' })

export const arbitrary = { kind: 'talk' as const, config, participant, facilitator }
