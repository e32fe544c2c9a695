/** A board, and anything that its people may send: what the contract suite drives it with. */
import fc from 'fast-check'
import type { BoardCommand, BoardConfig } from '#shared/activities/board/model.ts'
import { REASONS } from '#shared/activities/cards/reasons.ts'

export const config: BoardConfig = {
  prompt: { en: 'A thought, question or epiphany', es: 'Una idea, pregunta o revelación' },
  kinds: {
    thought: { order: 0, name: { en: 'Thought', es: 'Idea' }, hint: { en: 'What you think' }, shape: 'cloud' },
    question: { order: 1, name: { en: 'Question', es: 'Pregunta' }, hint: { en: 'What is open' }, shape: 'question' },
    epiphany: { order: 2, name: { en: 'Epiphany', es: 'Revelación' }, hint: { en: 'What you see' }, shape: 'spark' },
  },
  perPerson: 3,
  length: 40,
}

/** Ids of cards that a step makes early, and one that it never makes. */
const id = fc.constantFrom(...Array.from({ length: 20 }, (_, i) => `id-${i + 1}`), 'gone')
const said = {
  text: fc.oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.constantFrom('the same words', 'palabras', '👩‍👩‍👧‍👦')),
  kind: fc.constantFrom('thought', 'question', 'epiphany', 'gone'),
}
const spoken = fc.oneof(fc.record({ lang: fc.constantFrom('en' as const, 'es' as const) }), fc.constant({}))
const saying = <T extends 'write' | 'behalf'>(type: T) =>
  fc.tuple(fc.record({ type: fc.constant(type), ...said }), spoken).map(([words, lang]) => ({ ...words, ...lang }))

const participant: fc.Arbitrary<BoardCommand> = fc.oneof(
  { weight: 5, arbitrary: saying('write') },
  { weight: 2, arbitrary: fc.tuple(fc.record({ type: fc.constant('edit' as const), id, ...said }), spoken).map(([a, b]) => ({ ...a, ...b })) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('take-back' as const), id }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('echo' as const), id, on: fc.boolean() }) },
)

const facilitator: fc.Arbitrary<BoardCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<BoardCommand>({ type: 'reveal' }) },
  fc.constantFrom<BoardCommand>({ type: 'veil' }, { type: 'hold', on: true }, { type: 'hold', on: false }, { type: 'unspotlight' }),
  saying('behalf'),
  fc.record({ type: fc.constant('page' as const), page: fc.nat(5) }),
  fc.record({ type: fc.constantFrom('spotlight' as const, 'unhide' as const, 'park' as const, 'unpark' as const), id }),
  fc.record({ type: fc.constant('hide' as const), id, reason: fc.constantFrom(...REASONS), note: fc.constantFrom('', 'a word on why') }),
)

export const arbitrary = { kind: 'board' as const, config, participant, facilitator }
