/** Words that several activities share. */
export const en = {
  saving: 'Saving',
  saved: 'Saved',
  waiting: 'Not saved: still on your phone, tap to try again',
  refused: 'Not saved. Your words are still here.',
  langs: { en: 'English', es: 'Spanish' },
  left: (left: number) => (left >= 0 ? `${left} characters left` : `${-left} characters too many`),
}

export const es: typeof en = {
  saving: 'Guardando',
  saved: 'Guardado',
  waiting: 'Sin guardar: sigue en su teléfono, toque para intentar de nuevo',
  refused: 'No se guardó. Sus palabras siguen aquí.',
  langs: { en: 'inglés', es: 'español' },
  left: (left: number) => (left >= 0 ? `Quedan ${left} caracteres` : `Sobran ${-left} caracteres`),
}
