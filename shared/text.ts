/**
 * Text as people really type it, made safe to store and to draw: NFC, no control characters, no lone surrogates, no bidi
 * overrides that could reorder a line around it, and at most eight combining marks on one letter.
 */
const MARKS_KEPT = 8
// eslint-disable-next-line no-control-regex -- control characters are what it is for
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu
const LONG_MARKS = new RegExp(`(\\p{M}{${MARKS_KEPT}})\\p{M}+`, 'gu')

/** The cleaned text: line breaks kept as \n, tabs become blanks, both ends trimmed. */
export function cleanText(raw: string): string {
  return raw
    .replace(/\r\n?/gu, '\n')
    .replace(/\t/gu, ' ')
    .toWellFormed()
    .normalize('NFC')
    .replace(CONTROLS, '')
    .replace(LONG_MARKS, '$1')
    .trim()
}

/** Characters as people count them (grapheme clusters). */
export function lengthOf(text: string): number {
  let count = 0
  for (const _ of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) count += 1
  return count
}

/** The text on a single line: what was broken into several is joined by blanks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
