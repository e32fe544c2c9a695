/** The sky in words, for those who do not see it and for the notes: "Many of us: foggy. Some of us: rainy, hopeful." */
import type { Lang, Localized } from '../../localized.ts'
import { inOrder } from '../../ordered.ts'
import { say } from '../../say.ts'
import { POOLED, sentenceParts, type Amount, type Sky } from '../../sky/sky.ts'
import { en, es } from './words.ts'

const AMOUNTS: readonly Amount[] = ['most', 'many', 'some']

export function skySentence(sky: Sky, weathers: Record<string, { name: Localized }>, lang: Lang): string {
  const words = lang === 'es' ? es : en
  const parts = sentenceParts(sky)
  return AMOUNTS.filter((amount) => parts[amount].length > 0)
    .map((amount) => {
      const names = parts[amount].map((id) => (id === POOLED ? words.pooled : say(weathers[id]?.name, lang).toLocaleLowerCase(lang)))
      return `${words[amount]}: ${names.join(', ')}.`
    })
    .join(' ')
}

/** Each weather with its share in words ("about 3 in 10"), the larger first: the drawing as a table. */
export function skyShares(sky: Sky, weathers: Record<string, { name: Localized }>, lang: Lang): [string, string][] {
  const words = lang === 'es' ? es : en
  return inOrder(sky.parts).map(([id, { tenths }]) => [id === POOLED ? words.pooledName : say(weathers[id]?.name, lang), words.tenths(tenths)])
}
