/** Words of the closing on the three surfaces and in the editor. */
export const en = {
  for: 'Whom is it for?',
  alone: 'Mine alone',
  aloneWhat: 'It stays on this phone. Nobody else can read it, the host included.',
  shared: 'Shared',
  sharedWhat: 'It goes to the room, and into the notes.',
  commitment: 'My commitment',
  keep: 'Keep it on this phone',
  kept: 'Kept on this phone, and in your copy.',
  change: 'Change it',
  share: 'Share it',
  beginnings: 'How it may begin',
  alreadyShared: 'You have shared a commitment: it stands below. Take it back there to keep it for yourself instead.',
  left: (left: number) => (left >= 0 ? `${left} characters left` : `${-left} characters too many`),
  editor: {
    prompt: 'Question',
    beginnings: 'How a commitment may begin, one a line',
    farewell: 'Last words',
  },
}

export const es: typeof en = {
  for: '¿Para quién es?',
  alone: 'Solo para mí',
  aloneWhat: 'Se queda en este teléfono. Nadie más puede leerlo, tampoco quien organiza.',
  shared: 'Compartido',
  sharedWhat: 'Va a la sala y a las notas.',
  commitment: 'Mi compromiso',
  keep: 'Guardarlo en este teléfono',
  kept: 'Guardado en este teléfono y en su copia.',
  change: 'Cambiarlo',
  share: 'Compartirlo',
  beginnings: 'Cómo puede empezar',
  alreadyShared: 'Ya compartió un compromiso: está más abajo. Retírelo allí si prefiere guardarlo para sí.',
  left: (left) => (left >= 0 ? `Quedan ${left} caracteres` : `Sobran ${-left} caracteres`),
  editor: {
    prompt: 'Pregunta',
    beginnings: 'Cómo puede empezar un compromiso, una por línea',
    farewell: 'Últimas palabras',
  },
}
