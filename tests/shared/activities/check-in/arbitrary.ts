/** Any check-in, and anything that its people may send: what the contract suite drives it with. */
import fc from 'fast-check'
import { UNSAID, type CheckInCommand, type CheckInConfig } from '#shared/activities/check-in/model.ts'

export const weathers = ['foggy', 'rainy', 'windy', 'own-1'] as const

export const config: CheckInConfig = {
  question: { en: 'What is your emotional weather today?', es: '¿Cuál es su clima emocional hoy?' },
  weathers: {
    foggy: { order: 0, name: { en: 'Foggy', es: 'Con niebla' }, feelings: { en: 'confused' } },
    rainy: { order: 1, name: { en: 'Rainy' }, feelings: { en: 'sad' } },
    windy: { order: 2, name: { en: 'Windy' }, feelings: { en: 'anxious' } },
    'own-1': { order: 3, name: { en: 'Still' }, feelings: { en: 'waiting' } },
  },
  second: { en: 'What could help?' },
}

export const arbitrary = {
  kind: 'check-in' as const,
  config,
  participant: fc.record({ type: fc.constant('answer' as const), weather: fc.constantFrom(...weathers, UNSAID, 'gone') }) as fc.Arbitrary<CheckInCommand>,
  facilitator: fc.constantFrom<CheckInCommand>({ type: 'reveal' }, { type: 'veil' }),
}
