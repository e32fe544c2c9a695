/** The wall as it is read: by department where there are any, then in the order that was drawn. */
import type { ShownCard, Wall } from '#shared/activities/cards/views.ts'

export interface WallGroup<C> {
  /** Undefined: the wall is not by department, or these told none. */
  department: string | undefined
  cards: [string, C][]
}

/** Cards in reading order, in one group a department; in one group altogether where the wall has none. */
export function groupsOf<C extends ShownCard>(cards: Record<string, C>, departments: Wall['departments']): WallGroup<C>[] {
  const rank = (card: ShownCard) => (card.department === undefined ? undefined : departments?.[card.department]?.order) ?? Infinity
  const sorted = Object.entries(cards).sort(([, a], [, b]) => compare(rank(a), rank(b)) || compare(a.order, b.order))
  const groups: WallGroup<C>[] = []
  for (const entry of sorted) {
    const department = departments === undefined ? undefined : entry[1].department
    const last = groups[groups.length - 1]
    if (last !== undefined && last.department === department) last.cards.push(entry)
    else groups.push({ department, cards: [entry] })
  }
  return groups
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
