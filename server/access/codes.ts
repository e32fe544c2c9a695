/** The eight digits on the wall. */
import { randomInt } from 'node:crypto'

const DIGITS = 8
const CODES = 10 ** DIGITS
/** Where so many drawn codes were taken, something else is wrong. */
const MOST_DRAWS = 1_000
/** Nobody types a code with more around it than this. */
const LONGEST_INPUT = 64

/** Zero in the digits that keyboards of our time type: ASCII, Arabic-Indic, Persian, Devanagari, Bengali. NFKC has made full width ASCII. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6]
/** Spaces, dashes, dots, underscores, and the invisible marks that a paste from a message brings. */
const BETWEEN = /[\s\p{Z}\p{Pd}\p{Cf}\u2212._]/gu

/**
 * A code that nobody has and that is not taken for an example. `below` throws dice without bias (the system's, unless a
 * test brings its own).
 */
export async function newCode(taken: (code: string) => Promise<boolean>, below: (n: number) => number = randomInt): Promise<string> {
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const code = String(below(CODES)).padStart(DIGITS, '0')
    if (!isTrivial(code) && !(await taken(code))) return code
  }
  throw new Error('No code is free')
}

/** 00000000, 12345678, 12121212, 12341234, 11112222: people type these to try, or mishear them. */
export function isTrivial(code: string): boolean {
  const steps = [...code].slice(1).map((digit, i) => (Number(digit) - Number(code[i]) + 10) % 10)
  const even = new Set(steps).size === 1
  const halves = code.slice(0, DIGITS / 2) === code.slice(DIGITS / 2)
  return even || halves || new Set(code).size < 3
}

/** The eight digits in what somebody typed or pasted, or nothing. Digits of other scripts count. */
export function normaliseCode(input: string): string | undefined {
  if (input.length > LONGEST_INPUT) return undefined
  const code = Array.from(input.normalize('NFKC').replace(BETWEEN, ''), asciiDigit).join('')
  return /^\d{8}$/.test(code) ? code : undefined
}

function asciiDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const zero = ZEROS.find((start) => point >= start && point < start + 10)
  return zero === undefined ? character : String(point - zero)
}
