/** The closing of session A, two minutes: one commitment, and the copy that everybody takes home. */
import type { ClosingConfig } from '../../activities/closing/model.ts'

export const closing: ClosingConfig = {
  prompt: {
    en: 'What is one thing that you will do before we meet again?',
    es: '¿Qué cosa concreta hará antes de que nos volvamos a ver?',
  },
  beginnings: {
    en: ['By the end of this week, I will …', 'I will ask …', 'I will stop …', 'I will find out …'].join('\n'),
    es: ['Antes de que termine la semana, voy a …', 'Voy a preguntar …', 'Voy a dejar de …', 'Voy a averiguar …'].join('\n'),
  },
  farewell: {
    en: 'Thank you for staying engaged. What was said here stays; what was learned here leaves.',
    es: 'Gracias por mantener el compromiso. Lo que aquí se dijo se queda; lo que aquí se aprendió se va con ustedes.',
  },
}
