/** Which cards a facilitator has before them. */
import type { ListedCard } from '#shared/activities/cards/views.ts'

/** The filters that every wall has; any other is the id of a kind, after `kind:`. */
export type Filter = 'all' | 'now' | 'waiting' | 'hidden' | 'parked' | `kind:${string}`

/** Whether a card is among those asked for. What is hidden stands among the hidden, and in the list of all. */
export function passes(card: ListedCard, filter: Filter, page: number): boolean {
  if (filter === 'all') return true
  if (filter === 'hidden') return card.hidden !== undefined
  if (card.hidden !== undefined) return false
  if (filter === 'now') return card.page === page
  if (filter === 'waiting') return card.waiting === true
  if (filter === 'parked') return card.parked === true
  return `kind:${card.kind ?? ''}` === filter
}
