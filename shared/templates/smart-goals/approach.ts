/** Session A, approach (3 minutes): walk before running, together. */
import type { SlidesConfig } from '../../activities/slides/model.ts'

export const approach: SlidesConfig = {
  blocks: {
    headline: {
      order: 0,
      layout: 'headline',
      title: { en: 'Walk before running, together', es: 'Caminar antes de correr, y hacerlo juntos' },
      body: {
        en: 'Change that lasts begins with small steps that everybody can take.',
        es: 'El cambio que dura empieza con pasos pequeños que todos podemos dar.',
      },
      more: {
        en: `We will not solve this today, and we do not have to.

Today each department takes one clear step: a goal that others can see, help with, and hold us to.`,
        es: `No lo vamos a resolver hoy, ni hace falta.

Hoy cada departamento da un paso claro: una meta que los demás puedan ver, apoyar y recordarnos.`,
      },
      image: 'walk-before-running',
    },
    walk: {
      order: 1,
      layout: 'card',
      icon: 'steps',
      title: { en: 'Walk', es: 'Caminar' },
      body: { en: 'Start where we are', es: 'Partir de donde estamos' },
      more: {
        en: 'Look honestly at what the data say and at how we work, before anything new is added. A step that is too big is taken by few.',
        es: 'Mirar con honestidad lo que dicen los datos y cómo trabajamos, antes de agregar algo nuevo. Un paso demasiado grande lo dan pocos.',
      },
    },
    run: {
      order: 2,
      layout: 'card',
      icon: 'path',
      title: { en: 'Then run', es: 'Después correr' },
      body: { en: 'Do more of what works', es: 'Hacer más de lo que funciona' },
      more: {
        en: 'Try, measure, keep what helps students, and let go of the rest. Speed comes from knowing the way.',
        es: 'Probar, medir, conservar lo que ayuda a los estudiantes y soltar lo demás. La velocidad viene de conocer el camino.',
      },
    },
    together: {
      order: 3,
      layout: 'card',
      icon: 'together',
      title: { en: 'Together', es: 'Juntos' },
      body: { en: 'Nobody ahead, nobody behind', es: 'Nadie delante, nadie atrás' },
      more: {
        en: 'Departments share what they learn, mistakes included. We go at the pace at which all of us can stay in the conversation.',
        es: 'Los departamentos comparten lo que aprenden, también los errores. Vamos al paso en que todos podamos seguir en la conversación.',
      },
    },
  },
}
