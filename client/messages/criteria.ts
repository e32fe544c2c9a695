/** Words of the five criteria and of the texts that facilitators type together. */
import * as shared from '#shared/activities/criteria/words.ts'

export const en = {
  names: shared.en.names,
  verdicts: shared.en.verdicts,
  title: 'The five criteria',
  explain: 'Yes, or not yet: with a note of what is missing. The room sees it as you choose it.',
  takeBack: 'Take the verdict back',
  takeBackOf: (criterion: string) => `Take back: ${criterion}`,
  note: 'Note',
  noteOf: (criterion: string) => `Note on “${criterion}”`,
  save: 'Put it up',
  saveOf: (what: string) => `Put it up: ${what}`,
  discard: 'Leave it as it was',
  changed: (text: string) => (text === '' ? 'Meanwhile somebody else has emptied this.' : `Meanwhile somebody else has written: “${text}”`),
  keepMine: 'Put mine up instead',
  takeTheirs: 'Keep theirs',
}

export const es: typeof en = {
  names: shared.es.names,
  verdicts: shared.es.verdicts,
  title: 'Los cinco criterios',
  explain: 'Sí, o todavía no: con una nota de lo que falta. El grupo lo ve en cuanto usted lo elige.',
  takeBack: 'Retirar el veredicto',
  takeBackOf: (criterion) => `Retirar: ${criterion}`,
  note: 'Nota',
  noteOf: (criterion) => `Nota sobre «${criterion}»`,
  save: 'Mostrarlo',
  saveOf: (what) => `Mostrar: ${what}`,
  discard: 'Dejarlo como estaba',
  changed: (text) => (text === '' ? 'Mientras tanto, otra persona lo vació.' : `Mientras tanto, otra persona escribió: «${text}»`),
  keepMine: 'Mostrar lo mío en su lugar',
  takeTheirs: 'Dejar lo de la otra persona',
}
