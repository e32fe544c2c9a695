import type { Lang } from '#shared/localized.ts'

/** A moment as a day that people read ("21 November 2026"), in this device's time. */
export function dateOf(iso: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-US' : 'es', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso))
}

/** Eight digits as people read them. */
export function grouped(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`
}
