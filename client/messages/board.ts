/** Words of the board that cards elsewhere do not need. */
export const en = {
  behalf: 'A card on behalf of somebody without a phone',
  behalfWhat: 'It comes onto the wall like any other, without a name and without a mark.',
  add: 'Add the card',
  added: 'Added.',
  behalfText: 'Their words',
  editor: {
    kinds: 'Kinds of cards',
    name: 'Name',
    hint: 'A hint under it',
    shape: 'Shape',
    shapes: { cloud: 'Cloud', question: 'Question mark', spark: 'Spark', circle: 'Circle', square: 'Square', triangle: 'Triangle' },
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Remove ${name}`,
    add: 'Add a kind',
    unnamed: 'A kind without a name',
  },
}

export const es: typeof en = {
  behalf: 'Una tarjeta en nombre de alguien sin teléfono',
  behalfWhat: 'Llega al mural como cualquier otra, sin nombre y sin marca.',
  add: 'Añadir la tarjeta',
  added: 'Añadida.',
  behalfText: 'Sus palabras',
  editor: {
    kinds: 'Clases de tarjetas',
    name: 'Nombre',
    hint: 'Una pista debajo',
    shape: 'Forma',
    shapes: { cloud: 'Nube', question: 'Signo de pregunta', spark: 'Chispa', circle: 'Círculo', square: 'Cuadrado', triangle: 'Triángulo' },
    up: (name) => `Subir ${name}`,
    down: (name) => `Bajar ${name}`,
    remove: (name) => `Quitar ${name}`,
    add: 'Añadir una clase',
    unnamed: 'Una clase sin nombre',
  },
}
