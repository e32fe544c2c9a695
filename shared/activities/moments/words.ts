/** Words of the moments in the notes and under a strip. */
export const en = {
  caption: 'Moments by step',
  step: 'Step',
  self: 'To support myself',
  others: 'To support others',
  amounts: { most: 'most', many: 'many', some: 'some' },
  none: 'few or none',
  about: (k: number) =>
    `Words speak of those who marked a moment in that step, never of all. A step stands here only where ${k} people or more marked something, a moment only where three did. Nobody can look up who marked what, the host included.`,
  nothing: 'In no step did enough people mark a moment to tell of it.',
  withheld: 'Moments withheld',
  rule: (k: number) => `Steps in which fewer than ${k} people marked a moment, and moments that fewer than three people marked in a step, are not told anywhere, nor how many they were.`,
}

export const es: typeof en = {
  caption: 'Momentos por paso',
  step: 'Paso',
  self: 'Para apoyarme',
  others: 'Para apoyar a otras personas',
  amounts: { most: 'la mayoría', many: 'muchas', some: 'algunas' },
  none: 'pocas o ninguna',
  about: (k) =>
    `Las palabras hablan de quienes marcaron un momento en ese paso, nunca de toda la sala. Un paso aparece solo si marcaron algo ${k} personas o más; un momento, solo si lo hicieron tres. Nadie puede averiguar quién marcó qué, tampoco quien organiza.`,
  nothing: 'En ningún paso marcó un momento un número suficiente de personas.',
  withheld: 'Momentos que no se muestran',
  rule: (k) => `Los pasos en que marcaron un momento menos de ${k} personas, y los momentos que marcaron menos de tres personas en un paso, no se cuentan en ninguna parte, ni cuántos fueron.`,
}
