import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, lengthOf } from '#shared/text.ts'

const charactersOf = (text: string) => [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)
const longest = (text: string) => Math.max(0, ...charactersOf(text).map((one) => [...one].length))

describe('F36 BI5 no character is wider than any real one', () => {
  test.each([
    ['Thai vowels without a letter', '\u0e33'.repeat(60)],
    ['conjoining Hangul', '\u1100'.repeat(100)],
    ['emoji on one string', Array.from({ length: 40 }, () => '👩').join('\u200d')],
    ['a thousand accents', `a${'\u0301'.repeat(1_000)}`],
    ['signs that lean on the next', '\u0600'.repeat(50) + '1'],
  ])('%s', (_what, text) => { expect(longest(cleanText(text))).toBeLessThanOrEqual(16) })

  test('whatever is typed', () => {
    const odd = fc.constantFrom('\u0e33', '\u0eb3', '\u1100', '\u1161', '\u11a8', '\u200d', '👩', '🏽', '\u0600', '\u0301', '\u0903', 'a', ' ')
    fc.assert(fc.property(fc.array(odd, { maxLength: 120 }), (letters) => {
      expect(longest(cleanText(letters.join('')))).toBeLessThanOrEqual(32)
    }))
  })
})

test.each(['👩🏽‍❤️‍💋‍👨🏿', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'Nguyễn', 'ที่นี่', 'ทำ', 'किम्', '한국어', 'שָׁלוֹם'])('F36 what people really write stays as it is: %s', (text) => {
  expect(cleanText(text)).toBe(text.normalize('NFC'))
})

test('F36 cleaning twice changes nothing more, and nothing is longer than before', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
    const once = cleanText(text)
    expect(cleanText(once)).toBe(once)
    expect(lengthOf(once)).toBeLessThanOrEqual(lengthOf(text.toWellFormed()) + 1)
  }), { numRuns: 300 })
})
