/** F37: nobody passes for somebody else by a name, in whatever letters it is typed. */
import { describe, expect, test } from 'vitest'
import { isNameOfOnesOwn, lookOf, looksNumbered, looksTaken } from '#shared/session/look-alikes.ts'
import { everyoneView, facilitatorView, mineView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { cleanText, oneLine } from '#shared/text.ts'
import { sessionRun } from '../../support/session-run.ts'

/** As the door hands a name to the rule. */
const typed = (name: string) => isNameOfOnesOwn(oneLine(cleanText(name)))

/** Ways to type an "a", an "o", … so that it looks like one. From the confusables of Unicode TR 39 and from name generators. */
const ALIKE: Record<string, string[]> = {
  a: ['а', 'α', 'ａ', '𝐚', '𝒶', '𝔞', '𝕒', '𝖺', '𝚊', 'á', 'à', 'ä', 'å', 'ā', 'ⓐ', '🅰', '🅐', '🇦', '@', '4', 'ᴀ'],
  c: ['с', 'ϲ', 'ｃ', '𝐜', 'ç', 'ⅽ', 'ᴄ', 'ć'],
  e: ['е', 'ｅ', '𝐞', 'é', 'ë', 'ę', '3', 'ᴇ', 'є', 'ε', '€'],
  i: ['і', 'ι', 'ｉ', '𝐢', 'í', 'ı', 'l', '1', 'I', '|', 'ɪ', 'ӏ', 'ⅰ', '!'],
  l: ['I', '1', '|', 'ӏ', 'ｌ', '𝐥', 'ł', 'ⅼ', 'ʟ'],
  o: ['о', 'ο', '0', 'ｏ', '𝐨', 'ó', 'ö', 'ø', 'օ', 'ס', 'ᴏ', '०', 'σ'],
  r: ['ｒ', '𝐫', 'ŕ', 'ʀ', 'г'],
  s: ['ѕ', 'ｓ', '𝐬', '5', '$', 'š', 'ꜱ'],
  t: ['т', 'τ', 'ｔ', '𝐭', '7', 'ţ', 'ᴛ'],
  h: ['һ', 'ｈ', '𝐡', 'ħ', 'н'],
  d: ['ԁ', 'ｄ', '𝐝', 'ⅾ', 'đ', 'ᴅ'],
  f: ['ｆ', '𝐟', 'ƒ', 'ғ', 'ꜰ'],
  m: ['м', 'ｍ', '𝐦', 'rn', 'ᴍ', 'ⅿ'],
  n: ['ո', 'ｎ', '𝐧', 'ñ', 'п', 'ɴ', 'η'],
}
const INVISIBLE = ['\u200b', '\u200d', '\u2060', '\u00ad', '\ufe0f', '\u3164', '\u2800', '\u{e0041}', '\u034f', '\u115f']

describe('a name that says who leads', () => {
  const WORDS = ['Facilitator', 'facilitadora', 'Moderator', 'Moderador', 'Organizer', 'Organizadora', 'Host', 'Anfitrión', 'Admin', 'Administrator', 'Gatherwell', 'Co-Facilitator', 'cofacilitador', 'Sistema', 'System']

  test.each(WORDS)('F37 “%s” is refused as it is, with blanks, marks and signs around and within, and beside other words', (word) => {
    const spaced = Array.from(word).join(' ')
    for (const name of [word, word.toUpperCase(), ` ${word} `, `★ ${word} ★`, `[${word}]`, `${word}!`, spaced, Array.from(word).join('.'), `The ${word}`, `Your ${word}`, word.normalize('NFD')]) expect(typed(name), name).toBe(false)
    for (const mark of INVISIBLE) expect(typed(word.slice(0, 3) + mark + word.slice(3)), JSON.stringify(mark)).toBe(false)
  })

  test('F37 PE11 is refused in every look-alike of each of its letters, and in all of them at once', () => {
    let tried = 0
    for (const word of ['facilitator', 'moderator', 'facilitador', 'host', 'admin']) {
      for (const [letter, others] of Object.entries(ALIKE)) {
        for (const other of others) {
          if (!word.includes(letter)) continue
          expect(typed(word.replace(letter, other)), word.replace(letter, other)).toBe(false)
          expect(typed(word.replaceAll(letter, other)), word.replaceAll(letter, other)).toBe(false)
          tried += 2
        }
      }
      for (let round = 0; round < 40; round += 1) {
        const mixed = Array.from(word, (letter, i) => ALIKE[letter]?.[(round * 7 + i * 3) % (ALIKE[letter]?.length ?? 1)] ?? letter).join('')
        expect(typed(mixed), mixed).toBe(false)
        tried += 1
      }
    }
    expect(tried).toBeGreaterThan(500)
  })

  test.each(['Ana (facilitator)', 'Facilitadora Rosa', 'Mr. Moderator', 'Equipo', 'el anfitrión de la sala'])('F37 %s is refused', (name) => {
    expect(typed(name)).toBe(false)
  })
})

test.each(['', ' ', '\u200b', '\u2060\u200d', '\u3164', '\u2800', '\u115f\u1160', '\u00a0\u2003', '\u034f', '...', '---', '_', '\u0301'])('F37 %j shows nothing, and is no name', (name) => {
  expect(typed(name)).toBe(false)
})

test.each(['Ana', 'José Luis', 'Ng', 'O’Brien', 'Anna Host', 'Madison', 'Adam Minor', 'Facunda', 'Rosa', 'أنا', '李', 'Иван', 'Ελένη', 'שרה', 'नेहा', 'Þór', 'Ñuñez', 'Ana 2', 'X Æ A-12', '🌻', '7', 'Modesta', 'Cohen', 'Leader Jones', 'Steph Adminson', 'Kofi', 'Li'])('F37 %s is somebody’s own', (name) => {
  expect(typed(name)).toBe(true)
})

describe('a name that is taken', () => {
  test('F37 PE12 stands with its number where it looks the same, everywhere that it is told; the first keeps theirs, and others are left alone', () => {
    const run = sessionRun({ ...structuredClone(smartGoals), naming: 'first' })
    run.lead({ type: 'session.open' })
    const names = ['Ana', 'Аna', 'ana ', 'Ben', 'Anna']
    names.forEach((name, i) => run.join(`p${i}`, { name }))
    const told = () => Object.values(facilitatorView(run.state).people).map(({ name }) => name)
    const numbers = Object.values(run.state.people).map(({ number }) => number)
    expect(told()).toEqual(['Ana', `Аna (${numbers[1]})`, `ana  (${numbers[2]})`, 'Ben', 'Anna'])
    expect(mineView(run.state, 'p1', (scope) => scope).person.name).toBe(`Аna (${numbers[1]})`)
    run.lead({ type: 'session.start' })
    run.goTo('serve')
    run.personIn('serve', 'p1', { type: 'write', text: 'we call home' })
    run.leadIn('serve', { type: 'reveal' })
    expect(JSON.stringify(everyoneView(run.state))).toContain(`Аna (${numbers[1]})`)
  })

  test('F37 PE12 is told apart by nobody who only looks: same looks, same person to the eye', () => {
    for (const [one, other] of [['Ana', 'Аnа'], ['Bill', 'BiII'], ['Paul', 'Раul'], ['Modern', 'Modem'], ['Zoë', 'Zoe'], ['O’Neil', 'ONeil'], ['Lou', 'L0u']] as const) expect(lookOf(one), `${one} ${other}`).toBe(lookOf(other))
    for (const [one, other] of [['Ana', 'Anna'], ['Ben', 'Dan'], ['李', '王'], ['Иван', 'Олег'], ['أنا', 'سارة']] as const) expect(lookOf(one), `${one} ${other}`).not.toBe(lookOf(other))
    expect(looksTaken({ p: { number: 1, name: 'Ana' } }, 'Аnа')).toBe(true)
    expect(looksTaken({ p: { number: 1 } }, 'Ana')).toBe(false)
  })
})

test('F37 PE12 a name that brings a number of its own stands with its true one: nobody is taken for a namesake', () => {
  for (const name of ['Ana (12)', 'Ana（12）', 'Ana (１２)', 'Ana (l2)', 'Ana \u247f', 'Ana (1\u200b2)\u2060', 'Ana ( 12 )']) expect(looksNumbered(name), name).toBe(true)
  for (const name of ['Ana', 'Ana 12', 'Ana (Madrid)', 'Ana (12) Ruiz', '(12) Ana']) expect(looksNumbered(name), name).toBe(false)
  const run = sessionRun({ ...structuredClone(smartGoals), naming: 'first' })
  run.lead({ type: 'session.open' })
  for (const [id, name] of Object.entries({ a: 'Ana', b: 'Ana', c: 'Ana (11)' })) run.join(id, { name })
  expect(Object.values(facilitatorView(run.state).people).map(({ name }) => name)).toEqual(['Ana', 'Ana (11)', 'Ana (11) (12)'])
})
