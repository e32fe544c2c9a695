/** Words of the console about somebody who came in twice. */
export const en = {
  title: 'Did somebody come in twice?',
  help: 'What was said stays where it is, with the name it was said under. From now on both phones are one person: counted once, in one group. What was said without a name is touched by nothing. It cannot be undone.',
  again: 'Who came in again',
  who: 'Who they are',
  choose: 'Choose a person',
  same: 'These are one person',
  question: (again: string, who: string) => `Is ${again} the same person as ${who}?`,
  sure: 'Yes, one person',
  not: 'No, leave both',
  done: (again: string, who: string) => `${again} and ${who} are one person now, and go by ${who}.`,
}

export const es: typeof en = {
  title: '¿Alguien entró dos veces?',
  help: 'Lo dicho se queda donde está, con el nombre con que se dijo. Desde ahora los dos teléfonos son una sola persona: cuenta una vez y está en un solo grupo. Lo dicho sin nombre no cambia en nada. No se puede deshacer.',
  again: 'Quién entró otra vez',
  who: 'Quién es',
  choose: 'Elija a una persona',
  same: 'Son la misma persona',
  question: (again, who) => `¿Es ${again} la misma persona que ${who}?`,
  sure: 'Sí, la misma',
  not: 'No, dejar a las dos',
  done: (again, who) => `${again} y ${who} son ya una sola persona, con el nombre ${who}.`,
}
