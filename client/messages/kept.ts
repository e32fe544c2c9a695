/** Words about how long sessions are kept, and what holds them. */
export const en = {
  title: 'How long sessions are kept',
  help: 'Counted from the end of each session. Then it is deleted with everything in it: answers, names, notes and links. Sessions that never ended stay until you delete them, and files that you saved elsewhere are yours.',
  backups: 'Backups of the server hold a deleted session until they have gone round: some days, unless whoever runs it keeps them longer.',
  choose: 'Kept after the end',
  days: (days: number) => (days === 0 ? 'Until I delete it' : days === 365 ? 'A year' : days === 1095 ? 'Three years' : `${days} days`),
  going: (sessions: number) => (sessions === 1 ? 'One session here is older than that. It would be deleted within the hour, and nobody could bring it back.' : `${sessions} sessions here are older than that. They would be deleted within the hour, and nobody could bring them back.`),
  sure: 'Choose it all the same',
  goes: (date: string) => `Will be deleted on ${date}`,
  onHold: 'On hold',
  hold: 'Hold',
  release: 'Release',
  holdWhy: 'On hold, nobody can delete it and it does not go by itself. Single words and people can still be erased.',
  held: (title: string) => `“${title}” is on hold.`,
  released: (title: string, goes: string | undefined) => (goes === undefined ? `“${title}” is released.` : `“${title}” is released. It will be deleted on ${goes}.`),
}

export const es: typeof en = {
  title: 'Cuánto tiempo se conservan las sesiones',
  help: 'Se cuenta desde el final de cada sesión. Entonces se elimina con todo lo que contiene: respuestas, nombres, notas y enlaces. Las sesiones que nunca se terminaron se quedan hasta que las elimine, y los archivos que guardó en otro lugar son suyos.',
  backups: 'Las copias de seguridad del servidor conservan una sesión eliminada hasta que se renuevan: unos días, salvo que quien lo administra las guarde más tiempo.',
  choose: 'Se conservan después del final',
  days: (days) => (days === 0 ? 'Hasta que yo la elimine' : days === 365 ? 'Un año' : days === 1095 ? 'Tres años' : `${days} días`),
  going: (sessions) => (sessions === 1 ? 'Una sesión es más antigua. Se eliminaría en el plazo de una hora y nadie podría recuperarla.' : `${sessions} sesiones son más antiguas. Se eliminarían en el plazo de una hora y nadie podría recuperarlas.`),
  sure: 'Elegirlo de todos modos',
  goes: (date) => `Se elimina el ${date}`,
  onHold: 'Retenida',
  hold: 'Retener',
  release: 'Liberar',
  holdWhy: 'Retenida, nadie puede eliminarla y no se elimina sola. Sí se pueden borrar palabras sueltas y personas.',
  held: (title) => `«${title}» está retenida.`,
  released: (title, goes) => (goes === undefined ? `«${title}» está liberada.` : `«${title}» está liberada. Se elimina el ${goes}.`),
}
