/** Words of the goal tree that stand in the notes. */
export const en = {
  tree: 'Goal, objectives and activities',
  sample: 'The sample that was shown: goal, objectives and activities',
  criteria: 'The goal, held against the criteria',
  asked: 'Asked of the room',
  empty: '(not written)',
}

export const es: typeof en = {
  tree: 'Meta, objetivos y actividades',
  sample: 'El ejemplo que se mostró: meta, objetivos y actividades',
  criteria: 'La meta, frente a los criterios',
  asked: 'Pregunta al grupo',
  empty: '(sin escribir)',
}
