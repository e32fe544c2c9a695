/**
 * Names that could be taken for somebody else's. Letters that look alike are the same letter here, in whatever script they are
 * typed: who leads a session is told by their role alone, never by what they call themselves.
 */
import type { Person } from './model.ts'

/**
 * What looks like a letter of the Latin alphabet once case, marks and compatibility forms are gone: Cyrillic, Greek, Armenian and
 * others that are drawn alike, digits and signs (after Unicode TR 39; what keyboards and name generators offer).
 */
const ALIKE: Record<string, string> = {
  a: 'аɑαꭺᴀ4@',
  ae: 'æ',
  b: 'вьβʙß8',
  c: 'сϲςꮯᴄ',
  d: 'ԁδđðᴅ',
  e: 'еєзӡεեꭼᴇəɛ3€',
  f: 'ғꜰƒ',
  g: 'ԍցɡɢ',
  h: 'һнհꮋħʜ',
  i: 'іιꭲıɩɪ!¡',
  j: 'јꭻȷᴊ',
  k: 'кκᴋ',
  l: 'ӏլוןاꮮłʟɫƚ1|£',
  m: 'мꮇᴍ',
  n: 'пилηπոɴ',
  o: 'оοσθօტסه۵߀०೦øᴏᴑɵ0',
  oe: 'œ',
  p: 'рρքꮲᴘ',
  q: 'ԛզ',
  r: 'гяꭱʀɾ',
  s: 'ѕꮪꜱ5$',
  t: 'тτŧᴛ7',
  u: 'цμυսᴜ',
  v: 'ѵνꮩᴠ',
  w: 'ԝшѡωꮤᴡ',
  x: 'хχ',
  y: 'уүγʏ',
  z: 'ζᴢ',
}
const LOOKS: Record<string, string> = Object.fromEntries(Object.entries(ALIKE).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter])))

/** Letters in boxes, circles and flags, which have no plain form: each of these rows begins with A. */
const BOXED = [0x1f150, 0x1f170, 0x1f1e6]

function looksLike(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const row = BOXED.find((first) => point >= first && point < first + 26)
  return row === undefined ? (LOOKS[character] ?? character) : String.fromCharCode(97 + point - row)
}

/** Nothing is drawn for these, or a blank: alone they are no name, and within one they part nothing. */
const INVISIBLE = /[\p{C}\p{Z}\p{M}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu

/** A word as the eye reads it: the same for all that look alike, and for nothing but letters and figures. */
function seen(word: string): string {
  const plain = word.normalize('NFKD').toLowerCase().normalize('NFKD').replace(INVISIBLE, '')
  const letters = Array.from(plain, looksLike).join('')
  // A capital I, a small l and a one are one stroke, and "rn" is an m from the back row.
  return letters.replace(/[^\p{L}\p{N}]/gu, '').replace(/rn/gu, 'm').replace(/vv/gu, 'w').replace(/i/gu, 'l')
}

/** What a whole name looks like: two names with the same look are told apart by nobody. */
export function lookOf(name: string): string {
  return seen(name)
}

/** Who leads, in the languages of the product: as a word anywhere in a name. */
const LEADS = [
  'facilitator', 'facilitators', 'facilitating', 'cofacilitator', 'moderator', 'moderators', 'organizer', 'organiser', 'organizers', 'administrator', 'gatherwell',
  'facilitador', 'facilitadora', 'facilitadores', 'facilitadoras', 'facilitacion', 'cofacilitador', 'cofacilitadora', 'moderador', 'moderadora', 'organizador', 'organizadora', 'administrador', 'administradora', 'anfitrion', 'anfitriona', 'anfitriones',
].map(seen)
/** The same where it is all that the name says: each is also somebody's real name, or part of one. */
const LEADS_ALONE = ['host', 'hosts', 'cohost', 'admin', 'admins', 'system', 'server', 'presenter', 'trainer', 'staff', 'support', 'leader', 'sistema', 'servidor', 'presentador', 'presentadora', 'soporte', 'equipo', 'lider', 'coordinador', 'coordinadora'].map(seen)
const FILLERS = ['the', 'your', 'our', 'my', 'official', 'real', 'session', 'room', 'team', 'of', 'el', 'la', 'los', 'las', 'su', 'tu', 'nuestro', 'nuestra', 'oficial', 'de', 'del', 'sesion', 'sala', 'co', 'i', 'a'].map(seen)

/** False for a name that shows nothing, and for one that says who leads. Both languages' words are kept, in every session. */
export function isNameOfOnesOwn(name: string): boolean {
  if (name.replace(INVISIBLE, '') === '') return false
  const whole = seen(name)
  // A row of dots is drawn, and yet is nobody's; a name in any script has a letter.
  if (whole === '') return /\p{Emoji_Presentation}/u.test(name)
  const words = name.split(/[\p{Z}\p{P}\p{S}\s]+/u).map(seen).filter((word) => word !== '' && !FILLERS.includes(word))
  const leads = (word: string) => LEADS.includes(word)
  if (leads(whole) || words.some(leads) || leads(words.join(''))) return false
  return !LEADS_ALONE.includes(whole) && !(words.length === 1 && LEADS_ALONE.includes(words[0] ?? ''))
}

/** Figures, and letters that pass for one, in brackets at the end of a name. */
const NUMBERED = /\([\p{N}lioszbgq|!]+\)$/u

/** Whether a name ends as those do that are told apart by their number: with a number of its own choice it would be somebody else's. */
export function looksNumbered(name: string): boolean {
  return NUMBERED.test(name.normalize('NFKD').toLowerCase().replace(INVISIBLE, ''))
}

/** Folding costs more than comparing, and everybody who comes is compared with all who are there. */
const looks = new WeakMap<Person, string>()

function lookOfPerson(person: Person): string {
  const known = looks.get(person)
  if (known !== undefined) return known
  const look = person.name === undefined ? '' : lookOf(person.name)
  looks.set(person, look)
  return look
}

/** What everybody's name looks like, gathered once: who comes is looked for and not compared with everybody. */
const taken = new WeakMap<Readonly<Record<string, Person>>, Set<string>>()

/** Whether somebody who is there has a name that looks like this one. */
export function looksTaken(people: Readonly<Record<string, Person>>, name: string): boolean {
  let known = taken.get(people)
  if (known === undefined) {
    known = new Set(Object.values(people).flatMap((person) => (person.name === undefined ? [] : [lookOfPerson(person)])))
    taken.set(people, known)
  }
  return known.has(lookOf(name))
}

/** Somebody came under this name. */
export function nameCame(people: Readonly<Record<string, Person>>, name: string | undefined): void {
  if (name !== undefined) taken.get(people)?.add(lookOf(name))
}

/** Whatever takes a name away says so. */
export function forgetLooks(people: Readonly<Record<string, Person>>): void {
  taken.delete(people)
}
