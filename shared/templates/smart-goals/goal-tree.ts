/** What a SMART goal is, and a tree to look at: the step "smart-goal". */
import type { GoalTreeConfig } from '../../activities/goal-tree/model.ts'

export const goalTree: GoalTreeConfig = {
  why: {
    en: 'Without a SMART goal it is hard to measure success, to set deadlines, to choose what comes first, or even to begin.',
    es: 'Sin una meta SMART cuesta medir los logros, fijar plazos, elegir qué va primero y hasta empezar.',
  },
  meanings: {
    specific: { en: 'It says who will do what, for whom.', es: 'Dice quién hará qué, y para quién.' },
    measurable: { en: 'Numbers can tell whether we got there.', es: 'Hay datos que dirán si llegamos.' },
    achievable: { en: 'With our people and our time, it can be done.', es: 'Con nuestra gente y nuestro tiempo, se puede lograr.' },
    relevant: { en: 'It matters to our students, and we know why.', es: 'Les importa a nuestros estudiantes, y sabemos por qué.' },
    'time-bound': { en: 'It has a day on which we look back.', es: 'Tiene un día en que miraremos atrás.' },
  },
  begin: 'sample',
  goal: {
    sample: {
      en: 'By June 2025, every school follows a climate plan of its own, and gaps in discipline between student groups have narrowed in each quarter.',
      es: 'Para junio de 2025, cada escuela sigue su propio plan de clima y, en cada trimestre, las brechas de disciplina entre grupos se han reducido.',
    },
  },
  objectives: {
    culture: {
      order: 0,
      sample: { en: 'Build a culture that is equitable, restorative and inclusive.', es: 'Construir una cultura equitativa, restaurativa e inclusiva.' },
      activities: {
        spotlights: {
          order: 0,
          sample: {
            en: 'Put a spotlight on good practice in the newsletter and on social media.',
            es: 'Destacar buenas prácticas en el boletín y en las redes sociales.',
          },
        },
        tips: {
          order: 1,
          sample: { en: 'Share a tip that staff can use the next day.', es: 'Compartir un consejo que el personal pueda usar al día siguiente.' },
        },
        pilot: {
          order: 2,
          sample: { en: 'Begin a pilot that students lead themselves.', es: 'Iniciar un proyecto piloto dirigido por estudiantes.' },
        },
      },
    },
    learning: {
      order: 1,
      sample: { en: 'Offer professional development on implicit bias.', es: 'Ofrecer desarrollo profesional sobre sesgos implícitos.' },
      activities: {
        sessions: {
          order: 0,
          sample: { en: 'Hold a session for all staff every quarter.', es: 'Celebrar cada trimestre una sesión para todo el personal.' },
        },
        feedback: {
          order: 1,
          sample: { en: 'Ask with a short feedback form what was of use.', es: 'Preguntar, con un breve formulario de opinión, qué fue útil.' },
        },
        invitations: {
          order: 2,
          sample: {
            en: 'Invite colleagues to share what they tried and learned.',
            es: 'Invitar a colegas a contar qué probaron y qué aprendieron.',
          },
        },
      },
    },
    climate: {
      order: 2,
      sample: { en: 'Put a school climate plan to work.', es: 'Poner en marcha un plan de clima escolar.' },
      activities: {
        surveys: {
          order: 0,
          sample: { en: 'Ask students, families and staff in climate surveys.', es: 'Escuchar a estudiantes, familias y personal en encuestas de clima.' },
        },
        data: {
          order: 1,
          sample: { en: 'Read the discipline data together, group by group.', es: 'Leer en equipo los datos de disciplina, grupo por grupo.' },
        },
        needs: {
          order: 2,
          sample: { en: 'Begin with the schools whose needs are highest.', es: 'Empezar por las escuelas con mayores necesidades.' },
        },
      },
    },
  },
  question: {
    en: 'How does a goal like this make the mental space that a plan needs?',
    es: '¿Cómo abre una meta así el espacio mental que un plan necesita?',
  },
}
