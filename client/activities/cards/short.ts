/** Enough of a card to know it by, for the names of its buttons. */
const SHORT = 60

export function short(text: string): string {
  const letters = [...text.replace(/\s+/gu, ' ')]
  return letters.length <= SHORT ? letters.join('') : `${letters.slice(0, SHORT - 1).join('')}…`
}
