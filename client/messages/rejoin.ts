/** Words at the door about coming back as the same person. */
export const en = {
  before: 'Were you here before, on another phone?',
  beforeHelp: 'Six characters, shown there under “This phone”. If you don’t have it any more, ask your facilitator for a code.',
  code: 'Your own code',
  comeBack: 'Come back',
  refused: {
    'no-admission': 'That code doesn’t bring anybody back. Check the six characters, or ask your facilitator for a new one.',
    'too-many': 'Too many wrong codes. Ask your facilitator for a new one.',
    already: 'This phone is in this session already. Let it forget the session first.',
  },
}

export const es: typeof en = {
  before: '¿Ya estuvo aquí con otro teléfono?',
  beforeHelp: 'Seis caracteres, que se ven allí en «Este teléfono». Si ya no lo tiene, pida un código a la persona que facilita.',
  code: 'Su propio código',
  comeBack: 'Volver',
  refused: {
    'no-admission': 'Ese código no hace volver a nadie. Revise los seis caracteres o pida uno nuevo a la persona que facilita.',
    'too-many': 'Demasiados códigos equivocados. Pida uno nuevo a la persona que facilita.',
    already: 'Este teléfono ya está en esta sesión. Haga primero que la olvide.',
  },
}
