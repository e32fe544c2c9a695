/** Keyed maps whose entries carry an order, as plans, states and views hold them. Equal orders by key, so that everybody reads the same. */
type Ordered<T> = Readonly<Record<string, T & { order: number }>>

/** The entries in order, with their keys. */
export function inOrder<T>(map: Ordered<T>): [string, T & { order: number }][] {
  return Object.entries(map).sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1))
}

/** The keys in the order of their entries. */
export function idsInOrder(map: Ordered<unknown>): string[] {
  return inOrder(map).map(([id]) => id)
}
