/** Session A's two talks: with an equity partner, and by department. */
import type { TalkConfig } from '../../activities/talk/model.ts'
import type { Plan, Step } from '../../session/plan.ts'

export const partnersConfig: TalkConfig = {
  prompt: {
    en: 'Tell your equity partner about a defining moment, personal or professional, that is tied to your goal.',
    es: 'Cuéntele a su pareja de equidad un momento decisivo, personal o profesional, que tenga que ver con su meta.',
  },
  hint: {
    en: 'Share what you are willing to share. Whoever listens only listens: no advice, no fixing. Your story stays with the two of you.',
    es: 'Comparta lo que quiera compartir. Quien escucha solo escucha: sin consejos, sin arreglos. Su historia se queda entre ustedes.',
  },
  turnMinutes: 4,
  first: 'draw',
}

const departmentsConfig: TalkConfig = {
  prompt: {
    en: 'What must be true of your work, or of your department, for it to SERVE?',
    es: '¿Qué tiene que ser cierto en su trabajo, o en su departamento, para que SIRVA?',
  },
  hint: {
    en: 'One voice after another first; then talk freely. Think of the students who are served least today.',
    es: 'Primero una voz tras otra; después conversen libremente. Piensen en las y los estudiantes a quienes hoy menos se sirve.',
  },
  turnMinutes: 1,
  first: 'draw',
}

/** The groupings that these steps take place in. Partners stay together if a later step takes place with them too. */
export const groupings: Plan['groupings'] = {
  partners: { order: 1, how: 'neighbours', size: 2 },
  departments: { order: 2, how: 'departments', size: 5 },
}

/** Both steps but for their order in the run. */
export const partners: Omit<Step, 'order'> = {
  title: { en: 'Equity partners', es: 'Parejas de equidad' },
  minutes: 10,
  anonymous: false,
  place: 'partners',
  script: {
    en: 'Turn to a neighbour and type the number on their phone. Whoever has nobody: raise a hand, we will find you a place. Passing is always all right. One minute before the end I will call you back.',
    es: 'Diríjase a quien tenga al lado y escriba el número de su teléfono. Quien no tenga pareja, que levante la mano: le buscaremos un lugar. Siempre se puede pasar. Un minuto antes del final les llamaré de vuelta.',
  },
  activity: { kind: 'talk', config: partnersConfig },
}

export const departments: Omit<Step, 'order'> = {
  title: { en: 'What it takes to SERVE', es: 'Lo que hace falta para SERVIR' },
  minutes: 8,
  anonymous: false,
  place: 'departments',
  script: {
    en: 'Choose your department on the phone, then go to your table. Whoever is alone from a department joins another table: their view is welcome there.',
    es: 'Elijan su departamento en el teléfono y vayan a su mesa. Quien sea la única persona del suyo se sienta con otras: allí su mirada es bienvenida.',
  },
  activity: { kind: 'talk', config: departmentsConfig },
}
