/** The words of the five criteria, the same in the notes and on every surface. */
export const en = {
  names: {
    specific: 'Specific',
    measurable: 'Measurable',
    achievable: 'Achievable',
    relevant: 'Relevant',
    'time-bound': 'Time-bound',
  },
  verdicts: { yes: 'Yes', 'not-yet': 'Not yet', open: 'Not discussed' },
  criterion: 'Criterion',
  found: 'Is it?',
  note: 'Note',
}

export const es: typeof en = {
  names: {
    specific: 'Específica',
    measurable: 'Medible',
    achievable: 'Alcanzable',
    relevant: 'Relevante',
    'time-bound': 'Con tiempo definido',
  },
  verdicts: { yes: 'Sí', 'not-yet': 'Todavía no', open: 'Sin tratar' },
  criterion: 'Criterio',
  found: '¿Lo es?',
  note: 'Nota',
}
