/**
 * Session A: SMART goals, purpose and promise. Ninety minutes for a district's executive team. The structure, the names, the
 * figures and the minutes are those of the session it was made from; the last of its thirteen parts is three steps here.
 */
import type { Plan, Step } from '../../session/plan.ts'
import { agreements } from './agreements.ts'
import { change, serve } from './answers.ts'
import { approach } from './approach.ts'
import { board } from './board.ts'
import { closingWeather, weather } from './check-in.ts'
import { closing } from './closing.ts'
import { goalTree } from './goal-tree.ts'
import { departmentGoals } from './goals.ts'
import { moments } from './moments.ts'
import { problem } from './problem.ts'
import { departments, groupings, partners } from './talk.ts'
import { welcome } from './welcome.ts'

const steps: Record<string, Omit<Step, 'order'>> = {
  welcome: {
    title: { en: 'Welcome', es: 'Bienvenida' },
    minutes: 5,
    anonymous: false,
    script: {
      en: 'Greet people at the door. Read the code aloud once; no account, no app. Then go on to the opening slide: equity is not equality.',
      es: 'Reciba a la gente en la puerta. Lea el código en voz alta una vez; sin cuenta, sin aplicación. Después pase a la diapositiva de apertura: equidad no es igualdad.',
    },
    activity: { kind: 'welcome', config: welcome },
  },
  weather: {
    title: { en: 'Emotional weather', es: 'Clima emocional' },
    minutes: 7,
    anonymous: true,
    script: {
      en: 'All weathers are welcome. If it storms, say: thank you for being honest; we will not fix the weather, we will walk in it together.',
      es: 'Todos los climas son bienvenidos. Si hay tormenta, diga: gracias por la honestidad; no vamos a arreglar el clima, vamos a caminar en él en compañía.',
    },
    activity: { kind: 'check-in', config: weather },
  },
  problem: {
    title: { en: 'Problem of practice', es: 'Problema de la práctica' },
    minutes: 4,
    anonymous: false,
    script: {
      en: 'Open one card at a time and leave it standing for a breath. No numbers about few children without saying how few.',
      es: 'Abra una tarjeta a la vez y déjela un respiro. Ningún número sobre pocas niñas y niños sin decir cuántos son.',
    },
    activity: { kind: 'slides', config: problem },
  },
  agreements: {
    title: { en: 'The Four Agreements', es: 'Los Cuatro Acuerdos' },
    minutes: 7,
    anonymous: true,
    script: {
      en: 'One at a time; ask what each would look like here today. Agreeing is free, and talking about one is welcome.',
      es: 'Uno a la vez; pregunte cómo se vería hoy, aquí. Aceptarlos es libre, y hablar de alguno es bienvenido.',
    },
    activity: { kind: 'agreements', config: agreements },
  },
  moments: {
    title: { en: 'Moments', es: 'Momentos' },
    minutes: 4,
    anonymous: true,
    script: {
      en: 'Show where the button is. From here on anybody can mark a moment, at any time, and nobody will know who.',
      es: 'Muestre dónde está el botón. Desde ahora cualquiera puede marcar un momento, cuando sea, y nadie sabrá quién.',
    },
    activity: { kind: 'moments', config: moments },
  },
  change: {
    title: { en: 'What might change feel like?', es: '¿Cómo podría sentirse el cambio?' },
    minutes: 5,
    anonymous: true,
    script: {
      en: 'One short answer each. Show the wall when most have written; read a few aloud, without guessing whose they are.',
      es: 'Una respuesta corta por persona. Muestre el muro cuando la mayoría haya escrito; lea algunas en voz alta, sin adivinar de quién son.',
    },
    activity: { kind: 'answers', config: change },
  },
  approach: {
    title: { en: 'Our approach', es: 'Nuestro camino' },
    minutes: 3,
    anonymous: false,
    script: {
      en: 'Say it slowly: nobody has to run today. Ask for one thing that is small enough to begin with.',
      es: 'Dígalo despacio: hoy nadie tiene que correr. Pregunte por una sola cosa, tan pequeña que se pueda comenzar.',
    },
    activity: { kind: 'slides', config: approach },
  },
  'smart-goal': {
    title: { en: 'What a SMART goal is, and why', es: 'Qué es una meta SMART, y por qué' },
    minutes: 12,
    anonymous: false,
    script: {
      en: 'Grow the tree level by level. Stop at the question about mental space and let the room answer before you go on.',
      es: 'Haga crecer el árbol nivel por nivel. Deténgase en la pregunta sobre el espacio mental y deje que el grupo responda antes de seguir.',
    },
    activity: { kind: 'goal-tree', config: goalTree },
  },
  'department-goals': {
    title: { en: 'Four departments’ goals', es: 'Las metas de cuatro departamentos' },
    minutes: 7,
    anonymous: false,
    script: {
      en: 'They stand here as they were. Look for what is there before what is missing; “not yet” is an invitation.',
      es: 'Están aquí tal como eran. Busquen primero lo que hay y luego lo que falta; «todavía no» es una invitación.',
    },
    activity: { kind: 'goals', config: departmentGoals },
  },
  partners,
  board: {
    title: { en: 'Thought, question, epiphany', es: 'Idea, pregunta, revelación' },
    minutes: 10,
    anonymous: true,
    script: {
      en: 'About the goal, in the light of the moment you told. The story itself stays with the two of you.',
      es: 'Sobre la meta, a la luz del momento que contaron. La historia misma se queda entre ustedes.',
    },
    activity: { kind: 'board', config: board },
  },
  departments,
  serve: {
    title: { en: 'How will your department serve?', es: '¿Cómo va a servir su departamento?' },
    minutes: 4,
    anonymous: false,
    script: {
      en: 'One line each, with a name: a promise needs somebody who keeps it. Read one of each department aloud, and thank them.',
      es: 'Una línea por persona, con su nombre: una promesa necesita quien la cumpla. Lea en voz alta una de cada departamento, y dé las gracias.',
    },
    activity: { kind: 'answers', config: serve },
  },
  'closing-weather': {
    title: { en: 'Weather at the close', es: 'Clima al cierre' },
    minutes: 2,
    anonymous: true,
    script: {
      en: 'Two skies, side by side. Neither is better; ask only what people notice.',
      es: 'Dos cielos, lado a lado. Ninguno es mejor; pregunte solo qué notan.',
    },
    activity: { kind: 'check-in', config: closingWeather },
  },
  closing: {
    title: { en: 'Closing', es: 'Cierre' },
    minutes: 2,
    anonymous: false,
    script: {
      en: 'One commitment each, for oneself or for all. Then let people keep their copy before you end.',
      es: 'Un compromiso por persona, para sí o para todo el grupo. Después deje que guarden su copia antes de terminar.',
    },
    activity: { kind: 'closing', config: closing },
  },
}

export const smartGoals: Plan = {
  title: { en: 'SMART goals: purpose and promise', es: 'Metas SMART: propósito y promesa' },
  hosts: '',
  date: '',
  languages: ['en', 'es'],
  bothOnScreen: false,
  naming: 'first',
  askDepartment: false,
  k: 5,
  departments: {
    humanware: { order: 1, name: { en: 'HumanWare', es: 'HumanWare' } },
    attendance: { order: 2, name: { en: 'Attendance', es: 'Asistencia' } },
    safety: { order: 3, name: { en: 'Safety & Security', es: 'Protección y Seguridad' } },
    'human-resources': { order: 4, name: { en: 'Human Resources', es: 'Recursos Humanos' } },
    other: { order: 5, name: { en: 'Another department', es: 'Otro departamento' } },
  },
  keepApart: {},
  support: '',
  groupings,
  steps: Object.fromEntries(Object.entries(steps).map(([id, step], order) => [id, { ...step, order: order + 1 }])),
}
