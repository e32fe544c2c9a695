import type { Lang } from '#shared/localized.ts'

/** The words of a catalogue in a language. */
export function pick<Words>(catalogue: { en: Words; es: Words }, lang: Lang): Words {
  return catalogue[lang]
}
