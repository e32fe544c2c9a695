/** Words about cards that stand in the notes. */
import type { Reason } from './reasons.ts'

const reasonsEn: Record<Reason, string> = {
  'names-somebody': 'It could be recognised whom it is about.',
  'may-hurt': 'It may hurt somebody in the room.',
  elsewhere: 'It belongs to another place.',
  twice: 'It stood there twice.',
  other: 'Another reason.',
}

const reasonsEs: Record<Reason, string> = {
  'names-somebody': 'Se podía reconocer de quién habla.',
  'may-hurt': 'Puede herir a alguien de la sala.',
  elsewhere: 'Corresponde a otro lugar.',
  twice: 'Estaba repetida.',
  other: 'Otro motivo.',
}

export const en = {
  veiled: 'What was written stayed private: it was not revealed.',
  none: 'Nothing was put on the wall.',
  department: 'Department',
  answer: 'Answer',
  elsewhere: 'No department given',
  otherKind: 'Other',
  said: (text: string, name: string) => `${text} (${name})`,
  echoed: (text: string, count: number) => `${text} [me too: ${count}]`,
  echoedAtLeast: (text: string, count: number) => `${text} [me too: ${count} or more]`,
  hiddenTitle: 'Hidden by a facilitator',
  hiddenHead: ['What was written', 'Why it was hidden'],
  neverShown: 'Written, and never shown to the room',
  unseen: (people: number) => `Never shown, and therefore withheld: what ${people === 1 ? 'one person' : `${people} people`} wrote.`,
  unseenAtLeast: (people: number) => `Never shown, and therefore withheld: what at least ${people} people wrote.`,
  veiledAgain: 'The wall was veiled when this record was made; what had stood on it is left out of the notes.',
  reasons: reasonsEn,
}

export const es: typeof en = {
  veiled: 'Lo escrito quedó en privado: no se reveló.',
  none: 'No se puso nada en el mural.',
  department: 'Departamento',
  answer: 'Respuesta',
  elsewhere: 'Sin departamento indicado',
  otherKind: 'Otras',
  said: (text: string, name: string) => `${text} (${name})`,
  echoed: (text: string, count: number) => `${text} [yo también: ${count}]`,
  echoedAtLeast: (text: string, count: number) => `${text} [yo también: ${count} o más]`,
  hiddenTitle: 'Ocultadas por quien facilita',
  hiddenHead: ['Lo que se escribió', 'Por qué se ocultó'],
  neverShown: 'Escrito y nunca mostrado al grupo',
  unseen: (people: number) => `No se mostró y por eso se reserva: lo que ${people === 1 ? 'una persona escribió' : `${people} personas escribieron`}.`,
  unseenAtLeast: (people: number) => `No se mostró y por eso se reserva: lo que escribieron al menos ${people} personas.`,
  veiledAgain: 'El mural estaba velado cuando se hizo este registro; lo que estuvo en él no aparece en las notas.',
  reasons: reasonsEs,
}
