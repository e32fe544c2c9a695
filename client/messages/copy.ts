/** Words of "keep my copy", on the phone and in the page that is saved. */
export const en = {
  title: 'Keep my copy',
  intro: 'What you wrote and chose today, as a page of your own. It is made on this phone and sent to nobody.',
  save: 'Save the page',
  print: 'Print it, or save it as PDF',
  look: 'Look at it first',
  saved: 'Saved: look among this phone’s downloads.',
  ifNot: 'If nothing was saved, this browser does not allow it: print it, or open this page in your phone’s own browser.',
  nothing: 'You have written or chosen nothing yet. Your copy holds the agreements.',
  nothingAtAll: 'There is nothing to keep yet.',
  with: (hosts: string) => `with ${hosts}`,
  mine: 'What I wrote and chose',
  agreements: 'What we agreed on',
  madeHere: 'Made on my phone. Nobody else has this page unless I give it to them.',
  file: 'my-copy',
}

export const es: typeof en = {
  title: 'Guardar mi copia',
  intro: 'Lo que escribió y eligió hoy, como una página propia. Se hace en este teléfono y no se envía a nadie.',
  save: 'Guardar la página',
  print: 'Imprimirla o guardarla como PDF',
  look: 'Verla antes',
  saved: 'Guardada: búsquela entre las descargas de este teléfono.',
  ifNot: 'Si no se guardó nada, este navegador no lo permite: imprímala o abra esta página en el navegador del teléfono.',
  nothing: 'Aún no ha escrito ni elegido nada. Su copia contiene los acuerdos.',
  nothingAtAll: 'Todavía no hay nada que guardar.',
  with: (hosts) => `con ${hosts}`,
  mine: 'Lo que escribí y elegí',
  agreements: 'Lo que acordamos',
  madeHere: 'Hecha en mi teléfono. Nadie más tiene esta página, salvo que yo la entregue.',
  file: 'mi-copia',
}
