/** Text as every format can hold it, whatever somebody typed or a plan was made with. */

// No format has a place for control characters, lone surrogates, noncharacters, or marks that reorder the line around them.
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu
const BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/gu

/** Without what XML 1.0 forbids; every kind of line break is \n, and a tab a blank. */
function printable(text: string): string {
  return text.replace(BREAKS, '\n').replace(/\t/gu, ' ').replace(UNPRINTABLE, '')
}

/** The lines that have something on them. */
export function linesOf(text: string): string[] {
  return printable(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Whether a line is read from right to left: by the first letter that has a direction. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0]
  return first !== undefined && /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first)
}
