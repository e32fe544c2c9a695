/** Figures as people read them. */

export const ms = (value = NaN): string => (Number.isFinite(value) ? `${value >= 100 ? count(value) : value.toFixed(value < 10 ? 1 : 0)} ms` : '–')
export const seconds = (value = NaN): string => (Number.isFinite(value) ? `${value.toFixed(2)} s` : '–')
export const micros = (value = NaN): string => (Number.isFinite(value) ? `${value.toFixed(1)} µs` : '–')
export const count = (value = NaN): string => (Number.isFinite(value) ? Math.round(value).toLocaleString('en-US') : '–')
export const kilobytes = (bytes = NaN): string => (Number.isFinite(bytes) ? `${(bytes / 1000).toFixed(1)} KB` : '–')
export const megabytes = (value = NaN): string => (Number.isFinite(value) ? `${value >= 10 ? count(value) : value.toFixed(2)} MB` : '–')
export const percent = (share = NaN): string => (Number.isFinite(share) ? `${(share * 100).toFixed(share < 0.001 ? 3 : share < 0.1 ? 2 : 0)} %` : '–')
/** One part of another: 0.06, 1.23, 12.0. */
export const ratio = (value = NaN): string => (Number.isFinite(value) ? value.toFixed(value >= 10 ? 1 : value < 0.01 ? 4 : value < 0.1 ? 3 : 2) : '–')

/** A table in Markdown; the first row is its head. */
export function table(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(rows[0] ?? []), `|${(rows[0] ?? []).map(() => '---|').join('')}`, ...rows.slice(1).map(line)].join('\n')
}
