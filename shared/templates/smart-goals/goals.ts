/** Four departments' goals as they were, flaws included, so that the criteria find something real: the step "department-goals". */
import type { GoalsConfig } from '../../activities/goals/model.ts'

const schoolYear = { en: 'The 2024-2025 school year.', es: 'El año escolar 2024-2025.' }

export const departmentGoals: GoalsConfig = {
  prompt: {
    en: 'Which of the five criteria does each goal meet, and which not yet?',
    es: '¿Qué criterios cumple cada meta, y cuáles todavía no?',
  },
  goals: {
    humanware: {
      order: 0,
      department: { en: 'HumanWare', es: 'HumanWare' },
      goal: { en: 'Keep students in class.', es: 'Mantener a los estudiantes en clase.' },
      how: {
        en: 'By audits of equity and discipline in the schools.',
        es: 'Con auditorías de equidad y disciplina en las escuelas.',
      },
      measure: {
        en: 'The audits, compared month by month and school by school with the year before.',
        es: 'Las auditorías, comparadas por mes y por escuela con el año anterior.',
      },
      bound: schoolYear,
    },
    attendance: {
      order: 1,
      department: { en: 'Attendance', es: 'Asistencia' },
      goal: { en: 'Bring chronic absence down by 20 % monthly.', es: 'Reducir el ausentismo crónico un 20 % mensual.' },
      how: { en: 'By training staff on a protocol.', es: 'Capacitando al personal en un protocolo.' },
      measure: {
        en: 'Chronic absence, compared month by month and school by school with the year before.',
        es: 'El ausentismo crónico, comparado por mes y por escuela con el año anterior.',
      },
      bound: schoolYear,
    },
    safety: {
      order: 2,
      department: { en: 'Safety & Security', es: 'Seguridad y Protección' },
      goal: { en: 'Build relationships across the district.', es: 'Construir relaciones en todo el distrito.' },
      how: { en: 'By a guide to how we interact.', es: 'Con una guía sobre cómo nos tratamos.' },
      measure: { en: 'Walkthroughs, reflections and survey data.', es: 'Recorridos, reflexiones y datos de encuestas.' },
      bound: schoolYear,
    },
    people: {
      order: 3,
      department: { en: 'Human Resources', es: 'Recursos Humanos' },
      goal: { en: 'Have fewer staff leave.', es: 'Lograr que menos personal se vaya.' },
      how: { en: 'By an onboarding that lasts the whole year.', es: 'Con una inducción que dura todo el año.' },
      measure: { en: 'Departures, compared with the same months of last year.', es: 'Las salidas, comparadas con los mismos meses del año pasado.' },
      bound: schoolYear,
    },
  },
}
