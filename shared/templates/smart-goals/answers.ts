/** The two short-answer steps of session A: what change might feel like (anonymous), how departments will serve (named). */
import type { AnswersConfig } from '../../activities/answers/model.ts'

/** Anonymous, 5 minutes: feelings are said more freely when nobody can look up whose they are. */
export const change: AnswersConfig = {
  prompt: {
    en: 'What might change feel like?\nA word or a few, for you, in your work.',
    es: '¿Cómo podría sentirse el cambio?\nUna palabra o unas pocas, para usted, en su trabajo.',
  },
  perPerson: 1,
  length: 80,
  byDepartment: false,
}

/** Named, 4 minutes: a promise of a department needs its department. */
export const serve: AnswersConfig = {
  prompt: {
    en: 'How will, or can, your department serve?',
    es: '¿Cómo va a servir, o cómo puede servir, su departamento?',
  },
  perPerson: 1,
  length: 200,
  byDepartment: true,
}
