/** A calendar date in words, without a clock and without anybody's time zone. */

/** "2026-11-24" as "Tuesday, November 24, 2026" or "martes, 24 de noviembre de 2026"; nothing for what is no date. */
export function dateInWords(date: string, lang: 'en' | 'es'): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const at = new Date(Date.UTC(year, month - 1, day))
  // The 31st of February has the shape of a date, and would silently become another day.
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(date) || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return ''
  return new Intl.DateTimeFormat(lang, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
}
