/** Words for who waits to be let in. */
export const en = {
  waiting: 'You are at the door',
  waitingHelp: 'Your facilitator lets people in one by one. You need do nothing: this page goes on by itself, also after a reload or without a connection for a while.',
  notNow: 'Not just now',
  notNowHelp: 'Your facilitator has not let you in. Please speak with them. If they let you in after all, this page goes on by itself.',
  over: 'The session is over',
  overHelp: 'You were not in it, and nothing of you is kept.',
  as: (name: string) => `Your facilitator sees it with your name, ${name}.`,
  number: 'Your number at the door',
  numberHelp: 'Tell it to your facilitator, so that they know who you are.',
  leaveHelp: 'This phone then forgets that it asked, for whoever uses it next.',
}

export const es: typeof en = {
  waiting: 'Está en la puerta',
  waitingHelp: 'La persona que facilita deja entrar de una en una. No tiene que hacer nada: esta página avanza sola, también si la recarga o se queda un rato sin conexión.',
  notNow: 'Ahora mismo no',
  notNowHelp: 'La persona que facilita no le ha dejado entrar. Hable con ella. Si después le deja entrar, esta página avanza sola.',
  over: 'La sesión terminó',
  overHelp: 'Usted no estuvo en ella y no se conserva nada suyo.',
  as: (name) => `La persona que facilita lo ve junto a su nombre, ${name}.`,
  number: 'Su número en la puerta',
  numberHelp: 'Dígaselo a la persona que facilita, para que sepa quién es.',
  leaveHelp: 'El teléfono olvida entonces que preguntó, para quien lo use después.',
}
