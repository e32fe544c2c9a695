/** The cards that those who led may read in the notes, each with what it is known by: any of them can be removed for good. */
import type { ReportContext } from '../activity.ts'
import type { CardId, CardsState } from './model.ts'
import { cardLine, listable } from './report.ts'

/** Those on the wall, if it was shown, hidden ones included; and those that the record lists as never shown. By their text, so that no order of arrival is told. */
export function readableCards(state: CardsState, around: ReportContext<unknown>): { id: CardId; text: string }[] {
  const seen = state.wall.filter((id) => state.revealed || state.cards[id]?.hidden !== undefined || !around.anonymous)
  return [...new Set([...seen, ...listable(state, around)])]
    .flatMap((id) => (state.cards[id] === undefined ? [] : [{ id, text: cardLine(state.cards[id], around) }]))
    .sort((a, b) => a.text.localeCompare(b.text, around.lang) || (a.id < b.id ? -1 : 1))
}
