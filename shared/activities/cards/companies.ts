/** Which cards are of one company: looked up, since a change on a wall of ten thousand asks for three of them. Kept beside the state and never in it. */
import type { Card, CardId, CardsState } from './model.ts'

const kept = new WeakMap<CardsState['cards'], Map<number | undefined, Set<CardId>>>()

/** The cards on the wall that came or last changed together, in the order of the wall. */
export function companyOf({ cards }: CardsState, company: number | undefined): { id: CardId; card: Card }[] {
  let known = kept.get(cards)
  if (known === undefined) {
    kept.set(cards, (known = new Map()))
    for (const [id, card] of Object.entries(cards)) note(known, id, card)
  }
  const members = [...(known.get(company) ?? [])].flatMap((id) => {
    const card = cards[id]
    return card?.order === undefined ? [] : [{ id, card }]
  })
  return members.sort((a, b) => (a.card.order ?? 0) - (b.card.order ?? 0))
}

/** Whatever changes, adds or takes out (`to` undefined) a card says so, after it did. */
export function companyChanged(cards: CardsState['cards'], id: CardId, from: Card | undefined, to: Card | undefined): void {
  const known = kept.get(cards)
  if (known === undefined || (from !== undefined && to !== undefined && from.company === to.company)) return
  if (from !== undefined) {
    const before = known.get(from.company)
    before?.delete(id)
    if (before?.size === 0) known.delete(from.company)
  }
  if (to !== undefined) note(known, id, to)
}

/** `to` is a copy of `from`, and takes its place: what is remembered of one is of the other from now on. */
export function moveCompanies(from: CardsState['cards'], to: CardsState['cards']): void {
  const known = kept.get(from)
  if (known === undefined) return
  kept.delete(from)
  kept.set(to, known)
}

function note(known: Map<number | undefined, Set<CardId>>, id: CardId, { company }: Card): void {
  const members = known.get(company)
  if (members === undefined) known.set(company, new Set([id]))
  else members.add(id)
}
