/** The keys of a map whose entries carry an order; equal orders by key, so that everybody reads the same. */
export function idsInOrder(map: Readonly<Record<string, { order: number }>>): string[] {
  return Object.keys(map).sort((a, b) => (map[a]?.order ?? 0) - (map[b]?.order ?? 0) || (a < b ? -1 : 1))
}
