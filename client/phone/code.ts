/** The code as people read it: digits in groups of four, whatever was typed or pasted between them. */
export function groupDigits(text: string): string {
  const digits = text.normalize('NFKC').replace(/\D/gu, '').slice(0, 8)
  return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits
}
