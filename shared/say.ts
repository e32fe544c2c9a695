import type { Lang, Localized } from './localized.ts'

/** The text in `lang`, else in whatever language there is, else nothing. */
export function say(text: Localized | undefined, lang: Lang): string {
  return text?.[lang] ?? text?.en ?? text?.es ?? ''
}
