/** Words of the slides that stand in the record. */
export const en = {
  fewPeople: 'Left out of the notes, since they hold numbers about few people:',
}

export const es: typeof en = {
  fewPeople: 'Fuera de las notas, porque contienen cifras sobre pocas personas:',
}
