import type { Touched } from '../activity.ts'
import type { CardsEvent } from './model.ts'

/** Whose own view an event about cards changes: the authors that it names. Reveals change what all see, not what is theirs. */
export function touchedByCards(event: CardsEvent): Touched {
  if (!('by' in event)) return []
  return typeof event.by === 'string' ? [event.by] : event.by
}
