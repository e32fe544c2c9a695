/** Words of the check-in that stand in the notes and in the sky's sentence. */
export const en = {
  most: 'Most of us',
  many: 'Many of us',
  some: 'Some of us',
  pooled: 'several weathers',
  then: 'At the start',
  now: 'At the end',
  sky: 'The sky of the room',
  weather: 'Weather',
  share: 'How much of the room',
  pooledName: 'Several weathers',
  tenths: (tenths: number) => (tenths === 10 ? 'the whole room, or nearly' : `about ${tenths} in 10`),
  veiled: 'The sky stayed veiled: it was not revealed, or too few people had answered.',
}

export const es: typeof en = {
  most: 'La mayoría',
  many: 'Muchas personas',
  some: 'Algunas personas',
  pooled: 'varios climas',
  then: 'Al comienzo',
  now: 'Al final',
  sky: 'El cielo de la sala',
  weather: 'Clima',
  share: 'Cuánto de la sala',
  pooledName: 'Varios climas',
  tenths: (tenths) => (tenths === 10 ? 'toda la sala, o casi' : `alrededor de ${tenths} de cada 10`),
  veiled: 'El cielo quedó velado: no se reveló, o respondieron muy pocas personas.',
}
