/** Moments, four minutes: introduced once, at hand for the rest of session A. */
import type { MomentsConfig } from '../../activities/moments/model.ts'

export const moments: MomentsConfig = {
  prompt: {
    en: 'Notice where you are at any time, and support yourself or others.',
    es: 'Observe dónde está en cada momento, y apóyese o apoye a otras personas.',
  },
  moments: {
    validation: {
      order: 0,
      ink: 1,
      name: { en: 'Validation', es: 'Validación' },
      hint: { en: 'It says what I have lived, or have long thought.', es: 'Dice lo que he vivido, o lo que pienso desde hace tiempo.' },
    },
    reminding: {
      order: 1,
      ink: 2,
      name: { en: 'Reminding', es: 'Recuerdo' },
      hint: { en: 'I knew it once, and had let it slip.', es: 'Lo supe alguna vez y se me había ido.' },
    },
    'new-information': {
      order: 2,
      ink: 3,
      name: { en: 'New information', es: 'Información nueva' },
      hint: { en: 'I had not known or seen this before.', es: 'No lo sabía, o no lo había visto así.' },
    },
    disequilibrium: {
      order: 3,
      ink: 4,
      name: { en: 'Disequilibrium or discomfort', es: 'Desequilibrio o incomodidad' },
      hint: { en: 'Something shifts under me. I can stay with it.', es: 'Algo se mueve bajo mis pies. Puedo quedarme ahí.' },
    },
  },
  question: { en: 'Whom does it move you to support?', es: '¿A quién le mueve a apoyar?' },
  self: {
    en: ['Breathe out, longer than in.', 'Write one line for nobody but me.', 'Ask for a slower pace.', 'Stay one minute longer than is easy.'].join('\n'),
    es: ['Soltar el aire despacio.', 'Escribir una línea solo para mí.', 'Pedir que vayamos más despacio.', 'Quedarme un minuto más de lo cómodo.'].join('\n'),
  },
  others: {
    en: ['Make room: let somebody else speak first.', 'Thank somebody for what they said.', 'Sit with somebody in the break.', 'Ask, and then only listen.'].join('\n'),
    es: ['Dar espacio: que hable antes otra persona.', 'Agradecer a alguien lo que dijo.', 'Acompañar a alguien en la pausa.', 'Preguntar y después solo escuchar.'].join('\n'),
  },
}
