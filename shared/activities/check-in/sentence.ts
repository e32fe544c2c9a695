/** The sky in words, for those who do not see it and for the notes: "Many of us: foggy. Some of us: rainy, hopeful." */
import type { Lang, Localized } from '../../localized.ts'
import { say } from '../../say.ts'
import { sentenceParts, type Sky } from '../../sky/sky.ts'
import { en, es } from './words.ts'

export function skySentence(sky: Sky, weathers: Record<string, { name: Localized }>, lang: Lang): string {
  const words = lang === 'es' ? es : en
  return sentenceParts(sky)
    .map((part) => {
      const names = part.weathers.map((id) => (id === 'pooled' ? words.pooled : say(weathers[id]?.name, lang).toLocaleLowerCase(lang)))
      return `${words[part.share]}: ${names.join(', ')}.`
    })
    .join(' ')
}
