/** Words of the short answers. */
export const en = {
  which: 'Which department are you with?',
  whichWhy: 'The answers are shown by department.',
  noneOfThese: 'None of these',
  goOn: 'Go on',
  yourDepartment: (name: string) => `For: ${name}`,
  change: 'Another department',
  editor: {
    byDepartment: 'Show the answers by department',
    byDepartmentWhat: 'Phones ask for the department first. Only in a step with names; in an anonymous one no department is ever shown.',
  },
}

export const es: typeof en = {
  which: '¿Con qué departamento está?',
  whichWhy: 'Las respuestas se muestran por departamento.',
  noneOfThese: 'Ninguno de estos',
  goOn: 'Seguir',
  yourDepartment: (name) => `Por: ${name}`,
  change: 'Otro departamento',
  editor: {
    byDepartment: 'Mostrar las respuestas por departamento',
    byDepartmentWhat: 'Los teléfonos preguntan primero por el departamento. Solo en un paso con nombres; en uno anónimo nunca se muestra ninguno.',
  },
}
