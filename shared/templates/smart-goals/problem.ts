/** Session A, problem of practice (4 minutes): what the goals are for. The headline opens to more, and so do the cards. */
import type { SlidesConfig } from '../../activities/slides/model.ts'

export const problem: SlidesConfig = {
  blocks: {
    headline: {
      order: 0,
      layout: 'headline',
      title: {
        en: 'Our results still depend on who a student is',
        es: 'Nuestros resultados aún dependen de quién es cada estudiante',
      },
      body: {
        en: 'Persistent inequities in **achievement and discipline data**, from pre-school to grade 12, hold students below what they could reach.',
        es: 'Desigualdades persistentes en los **datos de rendimiento y de disciplina**, desde preescolar hasta el grado 12, retienen a estudiantes por debajo de lo que podrían alcanzar.',
      },
      more: {
        en: `**Persistent** means that the pattern returns year after year, although people and programs change.

That points to how we work, and not to what children lack. What we have built, we can build differently.`,
        es: `**Persistente** quiere decir que el patrón vuelve año tras año, aunque cambien las personas y los programas.

Eso señala nuestra forma de trabajar, y no algo que les falte a los niños. Lo que hemos construido, lo podemos construir de otra manera.`,
      },
    },
    achievement: {
      order: 1,
      layout: 'card',
      icon: 'chart',
      title: { en: 'Achievement', es: 'Rendimiento' },
      body: { en: 'Who is learning at grade level', es: 'Quién aprende al nivel de su grado' },
      more: {
        en: `- Which groups of students do our results lift, and which do they leave behind?
- Where does the gap open, and where does it grow?
- What did the students who did well have that others did not?`,
        es: `- ¿A qué grupos de estudiantes impulsan nuestros resultados, y a cuáles dejan atrás?
- ¿Dónde se abre la brecha, y dónde crece?
- ¿Qué tuvieron quienes salieron bien que a otros les faltó?`,
      },
    },
    discipline: {
      order: 2,
      layout: 'card',
      icon: 'scales',
      title: { en: 'Discipline', es: 'Disciplina' },
      body: { en: 'Who is sent out of class', es: 'A quién se saca de clase' },
      more: {
        en: `- Who is referred, suspended or moved, and for what?
- Are the same acts answered in the same way?
- Every hour out of class is an hour of learning lost: these two sets of data are one story.`,
        es: `- ¿A quién se reporta, se suspende o se traslada, y por qué?
- ¿Se responde igual a los mismos actos?
- Cada hora fuera de clase es una hora de aprendizaje perdida: estos dos conjuntos de datos son una sola historia.`,
      },
    },
    years: {
      order: 3,
      layout: 'card',
      icon: 'school',
      title: { en: 'Pre-school to grade 12', es: 'De preescolar al grado 12' },
      body: { en: 'Early, and all the way', es: 'Desde temprano y hasta el final' },
      more: {
        en: `The pattern is there before children can read, and it is still there when they leave us.

So no single grade, school or department can mend it alone. Each of us holds a part of it.`,
        es: `El patrón está ahí antes de que los niños sepan leer, y sigue ahí cuando se van.

Por eso ningún grado, escuela o departamento puede repararlo por su cuenta. A cada quien nos toca una parte.`,
      },
    },
    reach: {
      order: 4,
      layout: 'card',
      icon: 'door',
      title: { en: 'What is held back', es: 'Lo que se retiene' },
      body: { en: 'What students could reach', es: 'Lo que podrían alcanzar' },
      more: {
        en: `Behind each number stands a student with a plan for their life.

Keep one of them in mind today. You will not be asked to say a name.`,
        es: `Detrás de cada número hay un estudiante con un proyecto de vida.

Tenga presente a uno de ellos hoy. Nadie le pedirá decir un nombre.`,
      },
    },
  },
}
