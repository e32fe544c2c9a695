/**
 * Keyed maps of thousands, kept in parts: making one costs what changed in it, and `diff` looks only into the parts that are not the
 * same. To whoever looks into it, it is a map like any other.
 */
export type Part<T> = Readonly<Record<string, T>>

const partsOfMaps = new WeakMap<object, readonly Part<unknown>[]>()

/** A map of all that is in these parts, in their order; put together once somebody looks into it. No key is in two parts, and nobody writes into any. */
export function mapOf<T>(parts: readonly Part<T>[]): Record<string, T> {
  const all: Record<string, T> = {}
  let made = false
  const whole = () => {
    if (!made) for (const part of parts) Object.assign(all, part)
    made = true
    return all
  }
  const map = new Proxy(all, {
    get: (_, key) => Reflect.get(whole(), key),
    has: (_, key) => Reflect.has(whole(), key),
    ownKeys: () => Reflect.ownKeys(whole()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(whole(), key),
    set: () => false,
    deleteProperty: () => false,
  })
  partsOfMaps.set(map, parts)
  return map
}

/** What has to be compared of two maps: where both are kept in parts, what is in parts of one alone; else all. */
export function unlike(before: Record<string, unknown>, after: Record<string, unknown>): [before: Record<string, unknown>, after: Record<string, unknown>] {
  const a = partsOfMaps.get(before)
  const b = partsOfMaps.get(after)
  if (a === undefined || b === undefined) return [before, after]
  const shorter = Math.min(a.length, b.length)
  let first = 0
  while (first < shorter && a[first] === b[first]) first += 1
  let last = 0
  while (last < shorter - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last += 1
  return [Object.assign({}, ...a.slice(first, a.length - last)), Object.assign({}, ...b.slice(first, b.length - last))]
}
