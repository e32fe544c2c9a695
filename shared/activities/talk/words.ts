/** Words of the talk that stand in the notes. */
export const en = {
  pairs: 'People talked in pairs.',
  groups: (from: number, to: number) => (from === to ? `People talked in groups of ${from}.` : `People talked in groups of ${from} to ${to}.`),
  departments: 'People talked within their departments.',
  where: 'People talked with those around them.',
  stayed: 'What was said stayed with those who said it: nothing was written down, and nobody was asked to.',
  groupCount: (groups: number) => `Groups: ${groups}.`,
}

export const es: typeof en = {
  pairs: 'Se conversó en parejas.',
  groups: (from: number, to: number) => (from === to ? `Se conversó en grupos de ${from}.` : `Se conversó en grupos de ${from} a ${to}.`),
  departments: 'Se conversó dentro de cada departamento.',
  where: 'Se conversó con las personas cercanas.',
  stayed: 'Lo que se dijo quedó entre quienes lo dijeron: no se anotó nada ni se le pidió a nadie que lo hiciera.',
  groupCount: (groups: number) => `Grupos: ${groups}.`,
}
