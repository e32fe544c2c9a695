/** Zero in the digits that keyboards of our time type: Arabic-Indic, Persian, Devanagari, Bengali. NFKC makes full width ASCII. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6]

/** The code as people read it: digits in groups of four, in whatever script, and whatever was typed or pasted between them. */
export function groupDigits(text: string): string {
  const digits = text.normalize('NFKC').replace(/\P{Nd}/gu, '').replace(/\D/gu, asciiDigit).replace(/\D/gu, '').slice(0, 8)
  return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits
}

function asciiDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const zero = ZEROS.find((start) => point >= start && point < start + 10)
  return zero === undefined ? character : String(point - zero)
}
