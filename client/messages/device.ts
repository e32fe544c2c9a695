/** Words of the phone about what stays on it. */
export const en = {
  shared: 'Other people use this phone',
  sharedHelp: 'Then nothing of yours stays on it. Once you close this page, you are out, and what you have not sent is gone.',
  left: 'Somebody wrote this on this phone more than a day ago, and it was never sent. It stays here to be copied:',
  letGo: 'Let it go',
  erased: 'What you sent has been erased, and this phone has forgotten the session.',
  leaving: {
    title: 'Not saved yet',
    help: 'These words are on this phone alone. Once it forgets the session, they are gone. Copy what you want to keep:',
    yes: 'I have them: forget this session',
    not: 'Stay',
    close: 'Close',
  },
}

export const es: typeof en = {
  shared: 'Otras personas usan este teléfono',
  sharedHelp: 'Entonces nada suyo se queda en él. Al cerrar esta página sale de la sesión, y lo que no haya enviado se pierde.',
  left: 'Alguien escribió esto en este teléfono hace más de un día y nunca se envió. Sigue aquí para copiarlo:',
  letGo: 'Dejarlo ir',
  erased: 'Lo que envió se borró, y este teléfono olvidó la sesión.',
  leaving: {
    title: 'Aún sin guardar',
    help: 'Estas palabras solo están en este teléfono. En cuanto olvide la sesión, desaparecen. Copie lo que quiera conservar:',
    yes: 'Ya las tengo: olvidar esta sesión',
    not: 'Quedarme',
    close: 'Cerrar',
  },
}
