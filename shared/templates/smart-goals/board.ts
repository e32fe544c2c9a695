/** The board of session A, anonymous, 10 minutes: what the talk in pairs leaves behind. The stories themselves stay in the pairs. */
import type { BoardConfig } from '../../activities/board/model.ts'

export const board: BoardConfig = {
  prompt: {
    en: 'A thought, a question or an epiphany about the goal, in the light of that moment.\nThe story itself stays in the pair.',
    es: 'Una idea, una pregunta o una revelación sobre la meta, a la luz de ese momento.\nLa historia misma se queda en la pareja.',
  },
  kinds: {
    thought: {
      order: 0,
      name: { en: 'Thought', es: 'Idea' },
      hint: { en: 'Something you now think about the goal', es: 'Algo que ahora piensa sobre la meta' },
      shape: 'cloud',
    },
    question: {
      order: 1,
      name: { en: 'Question', es: 'Pregunta' },
      hint: { en: 'Something the goal leaves open for you', es: 'Algo que la meta le deja abierto' },
      shape: 'question',
    },
    epiphany: {
      order: 2,
      name: { en: 'Epiphany', es: 'Revelación' },
      hint: { en: 'Something you suddenly see differently', es: 'Algo que de pronto ve de otra manera' },
      shape: 'spark',
    },
  },
  perPerson: 6,
  length: 280,
}
