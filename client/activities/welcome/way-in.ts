/** How the way in and the date are written for people. */
import type { Lang } from '#shared/localized.ts'

const GROUP = 4

/** The code in groups, as it is read aloud and typed: "1234 5678". */
export function groupedCode(code: string): string {
  return (code.replace(/\s/g, '').match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join(' ')
}

/** What is typed into a browser to find the page that asks for the code: the link's host, without what browsers add. */
export function hostOf(link: string): string {
  return new URL(link).host
}

/** A day of the plan (YYYY-MM-DD) in words: "Tuesday, March 3, 2026". Empty for none, and for what is no day. */
export function dayInWords(date: string, lang: Lang): string {
  const day = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(day.getTime()) ? '' : new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeZone: 'UTC' }).format(day)
}
