/** Words of the goals that stand in the notes and on every surface. */
export const en = {
  goal: 'Goal',
  how: 'How',
  measure: 'What it rests on',
  bound: 'By when',
}

export const es: typeof en = {
  goal: 'Meta',
  how: 'Cómo',
  measure: 'En qué se apoya',
  bound: 'Plazo',
}
