/** Words of the closing in the notes. */
export const en = {
  shared: 'Only commitments that their authors chose to share stand here. Those kept for oneself never left their phones.',
}

export const es: typeof en = {
  shared: 'Aquí solo están los compromisos que sus autores quisieron compartir. Los que cada quien guardó para sí no salieron de su teléfono.',
}
