/** Session A: SMART goals, purpose and promise. */
import type { Plan } from '../../session/plan.ts'

export const smartGoals: Plan = {
  title: { en: 'SMART goals: purpose and promise', es: 'Metas SMART: propósito y promesa' },
  hosts: '',
  date: '',
  languages: ['en', 'es'],
  bothOnScreen: false,
  naming: 'first',
  askDepartment: false,
  k: 5,
  departments: {},
  keepApart: {},
  support: '',
  groupings: {},
  steps: {
    weather: {
      order: 1,
      title: { en: 'Emotional weather', es: 'Clima emocional' },
      minutes: 7,
      anonymous: true,
      activity: {
        kind: 'check-in',
        config: {
          question: { en: 'What is your emotional weather today?', es: '¿Cuál es su clima emocional hoy?' },
          weathers: {
            cloudy: { order: 1, name: { en: 'Cloudy', es: 'Nublado' }, feelings: { en: 'grumpy, sick', es: 'de mal humor, con malestar' } },
            foggy: { order: 2, name: { en: 'Foggy', es: 'Con niebla' }, feelings: { en: 'confused, depressed', es: 'con confusión, sin ánimo' } },
          },
        },
      },
    },
  },
}
