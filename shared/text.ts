/**
 * Text as people really type it, made safe to store and to draw: NFC, no control characters, no lone surrogates, no bidi
 * overrides that could reorder a line around it, at most eight marks on one letter, and no character longer than any real one.
 */
const MARKS_KEPT = 8
/** Code points of one character as people count it: the longest emoji have eleven. A page cannot break a line within one. */
const CLUSTER = 16
// eslint-disable-next-line no-control-regex -- control characters are what it is for
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu
/** Thai and Lao "am" are letters to Unicode, and marks to whoever counts or breaks. */
const MARK = '[\\p{M}\\u0e33\\u0eb3]'
const LONG_MARKS = new RegExp(`(${MARK}{${MARKS_KEPT}})${MARK}+`, 'gu')
const MAYBE_LONG = new RegExp(`[^\\x20-\\x7e]{${CLUSTER + 1}}`, 'u')
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The cleaned text: line breaks kept as \n, tabs become blanks, both ends trimmed. */
export function cleanText(raw: string): string {
  const text = raw
    .replace(/\r\n?/gu, '\n')
    .replace(/\t/gu, ' ')
    .toWellFormed()
    .normalize('NFC')
    .replace(CONTROLS, '')
    .replace(LONG_MARKS, '$1')
    .trim()
  return MAYBE_LONG.test(text) ? withoutGiants(text) : text
}

/** Letters that join without end (conjoining Hangul, emoji on strings) would be one character as wide as they like. */
function withoutGiants(text: string): string {
  let out = ''
  for (const { segment } of characters.segment(text)) out += segment.length <= CLUSTER ? segment : [...segment].slice(0, CLUSTER).join('')
  return out
}

/** Characters as people count them (grapheme clusters). */
export function lengthOf(text: string): number {
  let count = 0
  for (const _ of characters.segment(text)) count += 1
  return count
}

/** The text on a single line: what was broken into several is joined by blanks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
