/** Words that several activities share. */
export const en = {
  anonymousRoom: 'The room will see this after the facilitator shows it, without a name. Nobody can look up who wrote it, the host included. Others may still recognise your style or your story.',
  anonymousFacilitators: 'Nobody can look up who chose this, the host included.',
  namedRoom: 'The room will see this with your name after the facilitator shows it. Before that, the facilitators can see it.',
  namedFacilitators: 'The facilitators can see this with your name.',
  numberedRoom: 'The room will see this after the facilitator shows it. No names were asked for here. This step is not an anonymous one: what you write is kept together with the number of your phone.',
  numberedFacilitators: 'The facilitators can see this. No names were asked for here.',
  saving: 'Saving',
  saved: 'Saved',
  waiting: 'Not saved yet: still on your phone. It will be sent as soon as there is a connection.',
  refused: 'Not saved. Your words are still here.',
  langs: { en: 'English', es: 'Spanish' },
  left: (left: number) => (left >= 0 ? `${left} characters left` : `${-left} characters too many`),
}

export const es: typeof en = {
  anonymousRoom: 'El grupo lo verá, sin nombre, cuando la persona que facilita lo muestre. Nadie puede averiguar quién lo escribió, tampoco quien organiza. Aun así, otras personas podrían reconocer su estilo o su historia.',
  anonymousFacilitators: 'Nadie puede averiguar quién eligió esto, tampoco quien organiza.',
  namedRoom: 'El grupo lo verá con su nombre cuando la persona que facilita lo muestre. Antes pueden verlo quienes facilitan.',
  namedFacilitators: 'Quienes facilitan pueden verlo con su nombre.',
  numberedRoom: 'El grupo lo verá cuando la persona que facilita lo muestre. Aquí no se pidieron nombres. Este paso no es anónimo: lo que escribe se guarda junto con el número de su teléfono.',
  numberedFacilitators: 'Quienes facilitan pueden verlo. Aquí no se pidieron nombres.',
  saving: 'Guardando',
  saved: 'Guardado',
  waiting: 'Aún sin guardar: sigue en su teléfono. Se enviará en cuanto haya conexión.',
  refused: 'No se guardó. Sus palabras siguen aquí.',
  langs: { en: 'inglés', es: 'español' },
  left: (left: number) => (left >= 0 ? `Quedan ${left} caracteres` : `Sobran ${-left} caracteres`),
}
