/**
 * Dice that are data: the same seed throws the same numbers, so a draw can be repeated in a test and stored in an event.
 * Mixing by FNV-1a, generator sfc32 (PractRand-tested, public domain). Not for secrets: the seed itself comes from a CSPRNG.
 */
export interface Random {
  /** A whole number from 0 to below `n`. */
  below(n: number): number
}

/** Dice of this seed. */
export function random(seed: string): Random {
  const next = sfc32(fnv(seed, 0x811c9dc5), fnv(seed, 0x01000193), fnv(seed, 0xdeadbeef), 1)
  for (let i = 0; i < 12; i += 1) next()
  return { below: (n) => Math.floor((next() / 0x1_0000_0000) * n) }
}

/** A shuffled copy (Fisher-Yates). Sort the input first where its order must not show through a known seed. */
export function shuffled<T>(items: readonly T[], dice: Random): T[] {
  const out = [...items]
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = dice.below(i + 1)
    const held = out[i] as T
    out[i] = out[j] as T
    out[j] = held
  }
  return out
}

function fnv(text: string, basis: number): number {
  let hash = basis
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return hash >>> 0
}

function sfc32(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
}
