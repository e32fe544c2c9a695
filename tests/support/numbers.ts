/** Reads Prometheus' text exposition format as strictly as Prometheus does: whatever is not of it is a failure. */

/** By name with its labels, as written. */
export type Numbers = ReadonlyMap<string, number>

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/u
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+\})?) (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/u

/** Throws at the first line that is not of the format, a family that is told twice, and a histogram that does not add up. */
export function numbersOf(text: string): Numbers {
  const kinds = new Map<string, string>()
  const numbers = new Map<string, number>()
  if (!text.endsWith('\n')) throw new Error('The last line has no end')
  for (const line of text.slice(0, -1).split('\n')) {
    const [, about, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/u.exec(line) ?? []
    if (about !== undefined) {
      if (!NAME.test(name)) throw new Error(`Not a name: ${line}`)
      if (about === 'HELP') continue
      if (kinds.has(name) || !['counter', 'gauge', 'histogram'].includes(rest)) throw new Error(`Told twice, or of no kind: ${line}`)
      kinds.set(name, rest)
      continue
    }
    const [, of = '', labels = '', value] = SAMPLE.exec(line) ?? []
    if (value === undefined) throw new Error(`Not of the format: ${line}`)
    const family = kinds.has(of) ? of : of.replace(/_(bucket|sum|count)$/u, '')
    if (!kinds.has(family)) throw new Error(`Of no family: ${line}`)
    if (numbers.has(of + labels)) throw new Error(`Told twice: ${line}`)
    numbers.set(of + labels, Number(value))
  }
  for (const [name, kind] of kinds) {
    if (kind === 'counter' && !name.endsWith('_total')) throw new Error(`A counter whose name does not end in _total: ${name}`)
    if (kind !== 'histogram') continue
    const buckets = [...numbers].filter(([sample]) => sample.startsWith(`${name}_bucket{`)).map(([, count]) => count)
    if (buckets.some((count, i) => count < (buckets[i - 1] ?? 0)) || buckets.at(-1) !== numbers.get(`${name}_count`)) throw new Error(`Does not add up: ${name}`)
  }
  return numbers
}
