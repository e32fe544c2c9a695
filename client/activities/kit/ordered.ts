/** Editing keyed maps with an order, without touching what stays. Reading them in order: #shared/ordered.ts. */
import { idsInOrder } from '#shared/ordered.ts'

type Ordered<T> = Record<string, T & { order: number }>

/** A copy in which the entry has changed places with the one before (-1) or after it (1); the same at an end. */
export function moved<T>(map: Ordered<T>, id: string, by: -1 | 1): Ordered<T> {
  const ids = idsInOrder(map)
  const at = ids.indexOf(id)
  const other = ids[at + by]
  if (at < 0 || other === undefined) return map
  ids[at] = other
  ids[at + by] = id
  return Object.fromEntries(ids.map((key, order) => [key, { ...(map[key] as T & { order: number }), order }]))
}

/** A copy without the entry. */
export function without<T>(map: Ordered<T>, id: string): Ordered<T> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== id))
}

/** A copy with one entry more, at the end. */
export function withLast<T>(map: Ordered<T>, id: string, entry: T): Ordered<T> {
  const last = Math.max(-1, ...Object.values(map).map(({ order }) => order))
  return { ...map, [id]: { ...entry, order: last + 1 } }
}

/** A key that is not taken: the stem and the first free number. */
export function freeKey(map: Record<string, unknown>, stem: string): string {
  let number = 1
  while (`${stem}-${number}` in map) number += 1
  return `${stem}-${number}`
}
