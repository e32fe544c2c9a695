/**
 * What authors change on an anonymous wall happens like a release (CA4): with a company of those that had come together, so that
 * nobody sees a card move as somebody's thumb does. Those that stay as they are have to be a company too: else they would be known
 * by what they are not. Each part then goes on as a company of its own.
 */
import { FACILITATORS } from '../activity.ts'
import { companyOf } from './companies.ts'
import type { CardId, CardsEvent, CardsState, Change, Said } from './model.ts'
import { authorsOf, isCompany, largestCompany, type Waiting } from './release.ts'

/** What happens on the wall once this change waits too: nothing, or an event for all that may change now. */
export function settling(state: CardsState, id: CardId, change: Change | undefined): CardsEvent[] {
  const members = companyOf(state, state.cards[id]?.company).flatMap(({ id: at, card: { by } }): Waiting[] => (by === undefined || by === FACILITATORS ? [] : [{ id: at, by }]))
  const pending = (at: CardId): Change | undefined => (at === id ? change : state.changes[at])
  const changing = members.filter((member) => pending(member.id) !== undefined)
  const settled = largestCompany(changing, (some) => {
    const ids = new Set(some.map((one) => one.id))
    return isCompany(members.filter((member) => !ids.has(member.id)))
  })
  if (settled.length === 0) return []
  const ids = settled.map((one) => one.id).sort()
  return [{ type: 'settled', ids, gone: ids.filter((at) => goes(pending(at))), by: authorsOf(settled) }]
}

/** The same once nobody holds the wall any more: of each company, all that may change now. */
export function settlingAll(state: CardsState): CardsEvent[] {
  const companies = new Map(Object.keys(state.changes).sort().map((id) => [state.cards[id]?.company, id]))
  return [...companies.values()].flatMap((id) => settling(state, id, state.changes[id]))
}

/** Everything that waits on the wall of a named step: it waited for facilitators alone. */
export function allChanges(state: CardsState): CardsEvent[] {
  const ids = Object.keys(state.changes).sort()
  const by = authorsOf(ids.map((id) => ({ id, by: state.cards[id]?.by ?? FACILITATORS })))
  return ids.length === 0 ? [] : [{ type: 'settled', ids, gone: ids.filter((id) => goes(state.changes[id])), by }]
}

/** Whether a card is to leave the wall. */
export function goes(change: Change | undefined): boolean {
  return change !== undefined && 'gone' in change
}

/** Whether these words are what the card says already. */
export function sameWords(a: Said, b: Said): boolean {
  return a.text === b.text && a.lang === b.lang && a.kind === b.kind
}
