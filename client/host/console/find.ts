/** Finding somebody in a long list by what one types of their name. */

/** With fewer people the eye is faster. */
export const WORTH_A_SEARCH = 12

/** Whether every word that was typed is somewhere in the name; case and accents are nobody's to remember. */
export function isFound(name: string, typed: string): boolean {
  const plain = folded(name)
  return folded(typed).split(/\s+/u).every((word) => plain.includes(word))
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
