import type { Item, Surroundings } from '../activity.ts'
import type { CardsState } from './model.ts'
import { departmentIn, wallOrder } from './wall.ts'

/** The cards that a later step may take up: what stands on the wall, as the wall has it. */
export function givenCards(state: CardsState, around: Surroundings<unknown>, byDepartment = false): Item[] {
  if (!state.revealed) return []
  return wallOrder(state, around, byDepartment).flatMap((id) => {
    const card = state.cards[id]
    if (card === undefined) return []
    const item: Item = { id, text: card.text }
    if (card.kind !== undefined) item.kind = card.kind
    const department = byDepartment ? departmentIn(card, around) : undefined
    if (department !== undefined) item.group = department
    return [item]
  })
}
