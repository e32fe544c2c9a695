/** Words of the department goals on the three surfaces and in the editor. */
import * as shared from '#shared/activities/goals/words.ts'

export const en = {
  parts: shared.en,
  judged: (yes: number, notYet: number) => `${yes} yes, ${notYet} not yet`,
  onScreen: 'On the screen now',
  open: 'Show on the screen',
  openOf: (department: string) => `Show on the screen: ${department}`,
  close: 'Back to all goals',
  next: (department: string) => `Next: ${department}`,
  noneOpen: 'The screen shows all goals.',
  seen: 'Has been shown',
  editor: {
    prompt: 'Question over the goals',
    department: 'Department',
    unnamed: 'A goal without a department',
    add: 'Add a goal',
    remove: (what: string) => `Remove ${what}`,
    up: (what: string) => `Move ${what} up`,
    down: (what: string) => `Move ${what} down`,
  },
}

export const es: typeof en = {
  parts: shared.es,
  judged: (yes, notYet) => `${yes} sí, ${notYet} todavía no`,
  onScreen: 'Ahora en la pantalla',
  open: 'Mostrar en la pantalla',
  openOf: (department) => `Mostrar en la pantalla: ${department}`,
  close: 'Volver a todas las metas',
  next: (department) => `Siguiente: ${department}`,
  noneOpen: 'La pantalla muestra todas las metas.',
  seen: 'Ya se mostró',
  editor: {
    prompt: 'Pregunta sobre las metas',
    department: 'Departamento',
    unnamed: 'Una meta sin departamento',
    add: 'Añadir una meta',
    remove: (what) => `Quitar ${what}`,
    up: (what) => `Subir ${what}`,
    down: (what) => `Bajar ${what}`,
  },
}
