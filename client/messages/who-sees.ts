/** Words that say, before anybody writes, who will see it. */
export const en = {
  anonymousRoom: 'The room will see this after the facilitator shows it, without a name. Nobody can look up who wrote it, the host included. Others may still recognise your style or your story.',
  anonymousShown: 'The room is looking at the wall: this joins it as soon as three people have written anew, without a name. Nobody can look up who wrote it, the host included. Others may still recognise your style or your story.',
  namedShown: 'The room is looking at the wall: this joins it at once, with your name.',
  numberedShown: 'The room is looking at the wall: this joins it at once. No names were asked for here. This step is not an anonymous one: what you write is kept together with the number of your phone.',
  anonymousFacilitators: 'Nobody can look up who chose this, the host included.',
  namedRoom: 'The room will see this with your name after the facilitator shows it. Before that, the facilitators can see it.',
  namedFacilitators: 'The facilitators can see this with your name.',
  numberedRoom: 'The room will see this after the facilitator shows it. No names were asked for here. This step is not an anonymous one: what you write is kept together with the number of your phone.',
  numberedFacilitators: 'The facilitators can see this. No names were asked for here.',
}

export const es: typeof en = {
  anonymousRoom: 'El grupo lo verá, sin nombre, cuando la persona que facilita lo muestre. Nadie puede averiguar quién lo escribió, tampoco quien organiza. Aun así, otras personas podrían reconocer su estilo o su historia.',
  anonymousShown: 'El grupo está mirando el mural: esto se suma, sin nombre, en cuanto tres personas hayan escrito algo nuevo. Nadie puede averiguar quién lo escribió, tampoco quien organiza. Aun así, otras personas podrían reconocer su estilo o su historia.',
  namedShown: 'El grupo está mirando el mural: esto se suma enseguida, con su nombre.',
  numberedShown: 'El grupo está mirando el mural: esto se suma enseguida. Aquí no se pidieron nombres. Este paso no es anónimo: lo que escribe se guarda junto con el número de su teléfono.',
  anonymousFacilitators: 'Nadie puede averiguar quién eligió esto, tampoco quien organiza.',
  namedRoom: 'El grupo lo verá con su nombre cuando la persona que facilita lo muestre. Antes pueden verlo quienes facilitan.',
  namedFacilitators: 'Quienes facilitan pueden verlo con su nombre.',
  numberedRoom: 'El grupo lo verá cuando la persona que facilita lo muestre. Aquí no se pidieron nombres. Este paso no es anónimo: lo que escribe se guarda junto con el número de su teléfono.',
  numberedFacilitators: 'Quienes facilitan pueden verlo. Aquí no se pidieron nombres.',
}
