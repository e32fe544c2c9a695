/** Words about who a phone is, and about coming back as the same person on another one. */
export const en = {
  youAre: (name: string | undefined) => (name === undefined ? 'You are in this session on this phone.' : `You are in this session as ${name}.`),
  title: 'Come back on another phone',
  how: 'Open the session there, say that you were here before, and type:',
  once: 'It works once, in this session only. Show it to nobody: whoever types it is you.',
  again: 'In anonymous steps the other phone starts anew: nobody can look up which answers there are yours.',
  asking: 'One moment',
  trouble: { offline: 'No connection just now. Try again in a moment.', other: 'There is no code just now. Your facilitator can give you one.' },
  tryAgain: 'Try again',
  console: {
    newCode: 'New code',
    newCodeOf: (name: string) => `New code for ${name}`,
    tell: (name: string) => `${name} can come back on another phone with this code, once. Tell it to them alone:`,
    lost: 'If somebody lost their phone: give them a new code. In anonymous steps they may answer again.',
    trouble: 'There is no code just now. Try again.',
  },
}

export const es: typeof en = {
  youAre: (name) => (name === undefined ? 'Está en esta sesión con este teléfono.' : `Está en esta sesión como ${name}.`),
  title: 'Volver con otro teléfono',
  how: 'Abra allí la sesión, diga que ya estuvo aquí y escriba:',
  once: 'Sirve una vez y solo en esta sesión. No lo muestre a nadie: quien lo escriba será usted.',
  again: 'En los pasos anónimos el otro teléfono empieza de nuevo: nadie puede averiguar cuáles respuestas son suyas.',
  asking: 'Un momento',
  trouble: { offline: 'No hay conexión en este momento. Intente de nuevo en un momento.', other: 'Ahora no hay código. La persona que facilita puede darle uno.' },
  tryAgain: 'Intentar de nuevo',
  console: {
    newCode: 'Código nuevo',
    newCodeOf: (name) => `Código nuevo para ${name}`,
    tell: (name) => `${name} puede volver con otro teléfono con este código, una vez. Dígaselo solo a esa persona:`,
    lost: 'Si alguien perdió su teléfono, dele un código nuevo. En los pasos anónimos podrá responder otra vez.',
    trouble: 'Ahora no hay código. Intente de nuevo.',
  },
}
