/** Words of the console about removing what somebody said, and whoever asks, for good. */
export const en = {
  remove: 'Remove for good',
  title: 'Remove this for good?',
  what: 'The words leave the screen, every phone, the notes and this server’s records, and nobody can bring them back: you neither. Their author sees them go and is told nothing. Backups of the server hold them until they have gone round.',
  hideInstead: 'If the room should only stop seeing it, hide it instead: then its author is told why.',
  not: 'Leave it',
  close: 'Close',
  person: {
    choose: (name: string) => `What should happen with ${name}?`,
    only: 'Remove: what they wrote stays',
    all: 'Remove, and erase what they said under their name',
    help: 'Erased are their name, their department, everything under their name, and the pairs they were to be kept apart from. Where they were in a group, “somebody” was. What they said in anonymous steps nobody can find, you neither: only their own phone can, under “This phone”, before the session ends.',
    erase: (name: string) => `Erase ${name} for good`,
    out: (name: string) => `${name} is out.`,
    erased: (name: string) => `${name} is out, and what they said under their name is erased.`,
  },
}

export const es: typeof en = {
  remove: 'Borrar para siempre',
  title: '¿Borrar esto para siempre?',
  what: 'Las palabras salen de la pantalla, de todos los teléfonos, de las notas y de los registros de este servidor, y nadie puede recuperarlas: usted tampoco. Quien las escribió ve que desaparecen, sin más aviso. Las copias de seguridad del servidor las conservan hasta que se renuevan.',
  hideInstead: 'Si basta con que el grupo deje de verlo, ocúltelo: así quien lo escribió sabe por qué.',
  not: 'Dejarlo',
  close: 'Cerrar',
  person: {
    choose: (name) => `¿Qué debe pasar con ${name}?`,
    only: 'Quitar: lo que escribió se queda',
    all: 'Quitar y borrar lo que dijo con su nombre',
    help: 'Se borran su nombre, su departamento, todo lo que dijo con su nombre y las parejas de las que debía estar aparte. Donde estuvo en un grupo, estuvo «alguien». Lo que dijo en pasos anónimos no lo encuentra nadie, tampoco usted: solo su propio teléfono, en «Este teléfono», antes de que termine la sesión.',
    erase: (name) => `Borrar a ${name} para siempre`,
    out: (name) => `${name} ya está fuera.`,
    erased: (name) => `${name} ya está fuera, y lo que dijo con su nombre se borró.`,
  },
}
