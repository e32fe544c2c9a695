/** Words of the projector screen around its steps. */
export const en = {
  blank: 'The screen is blank on purpose',
  thanks: 'Thank you for being here.',
  paused: 'Paused. Take a breath.',
  timer: 'Time left',
  clock: { soon: 'soon over', over: 'time', paused: 'paused' },
  code: 'Join with',
  codeIs: (code: string) => `The code is ${[...code].join(' ')}`,
  goTo: 'On your phone, go to',
  qr: 'QR code to join with a phone',
  here: (about: number) => `here: about ${about}`,
  welcome: 'Welcome. Take a seat, take a breath.',
}

export const es: typeof en = {
  blank: 'La pantalla está en blanco a propósito',
  thanks: 'Gracias por estar aquí.',
  paused: 'En pausa. Respire.',
  timer: 'Tiempo que queda',
  clock: { soon: 'queda poco', over: 'tiempo', paused: 'en pausa' },
  code: 'Únase con',
  codeIs: (code: string) => `El código es ${[...code].join(' ')}`,
  goTo: 'En su teléfono, vaya a',
  qr: 'Código QR para unirse con un teléfono',
  here: (about: number) => `aquí: unas ${about} personas`,
  welcome: 'Le damos la bienvenida. Tome asiento, respire.',
}
