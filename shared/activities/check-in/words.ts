/** Words of the check-in that stand in the notes and in the sky's sentence. */
export const en = {
  most: 'Most of us',
  many: 'Many of us',
  some: 'Some of us',
  pooled: 'several weathers',
  then: 'At the start',
  now: 'At the end',
  veiled: 'The sky stayed veiled: it was not revealed, or too few people had answered.',
}

export const es: typeof en = {
  most: 'La mayoría',
  many: 'Muchas personas',
  some: 'Algunas personas',
  pooled: 'varios climas',
  then: 'Al comienzo',
  now: 'Al final',
  veiled: 'El cielo quedó velado: no se reveló, o respondieron muy pocas personas.',
}
