/** Words of the welcome on the three surfaces and in the editor. */
export const en = {
  welcome: 'Welcome',
  qr: 'Code to join with your phone’s camera',
  connected: 'You are connected.',
  connectedMore: 'Nothing to do now. This page moves on with the room; you can put your phone down.',
  agenda: 'What will come',
  opening: 'The opening slide',
  onScreenDoor: 'The screen shows how to join.',
  onScreenOpening: 'The screen shows the opening slide.',
  showDoor: 'Show how to join again',
  showOpening: 'Show the opening slide',
  noOpening: 'There is no opening slide: Next goes on to the next step.',
  address: (host: string, code: string) => `Address: ${host}. Code: ${code}.`,
  editor: {
    greeting: 'Greeting on the phones of those who have joined',
    opening: 'Opening slide (Markdown)',
    hint: 'Shown by Next, after the code. Leave it empty to have none.',
  },
}

export const es: typeof en = {
  welcome: 'Le damos la bienvenida',
  qr: 'Código para entrar con la cámara del teléfono',
  connected: 'Ya tiene conexión.',
  connectedMore: 'No hay nada que hacer por ahora. Esta página avanza con el grupo; puede dejar el teléfono.',
  agenda: 'Lo que viene',
  opening: 'La diapositiva de apertura',
  onScreenDoor: 'La pantalla muestra cómo entrar.',
  onScreenOpening: 'La pantalla muestra la diapositiva de apertura.',
  showDoor: 'Volver a mostrar cómo entrar',
  showOpening: 'Mostrar la diapositiva de apertura',
  noOpening: 'No hay diapositiva de apertura: Siguiente pasa al próximo paso.',
  address: (host, code) => `Dirección: ${host}. Código: ${code}.`,
  editor: {
    greeting: 'Saludo en los teléfonos de quienes ya entraron',
    opening: 'Diapositiva de apertura (Markdown)',
    hint: 'Se muestra con Siguiente, después del código. Déjela vacía si no quiere ninguna.',
  },
}
