/** Which cards stand on the wall, in which order. */
import type { Surroundings } from '../activity.ts'
import { pagesByDepartment } from './by-department.ts'
import { laidOut } from './laid.ts'
import type { Card, CardId, CardsState } from './model.ts'

type Around = Surroundings<unknown>

/** The ids that may be seen, in their drawn order; by department where asked for and the step is named. */
export function wallOrder(state: CardsState, around: Around, byDepartment: boolean): CardId[] {
  const seen = state.wall.filter((id) => state.cards[id]?.hidden === undefined)
  if (!byDepartment || around.anonymous) return seen
  // Within a department the drawn order stays.
  const ranked = new Map<number, CardId[]>()
  for (const id of seen) {
    const rank = around.departments[groupOf(state, around, id)]?.order ?? Infinity
    const same = ranked.get(rank)
    if (same === undefined) ranked.set(rank, [id])
    else same.push(id)
  }
  return [...ranked].sort(([a], [b]) => compare(a, b)).flatMap(([, ids]) => ids)
}

/** The wall in pages, as the screen turns them. */
export function wallPages(state: CardsState, around: Around, byDepartment: boolean): readonly (readonly CardId[])[] {
  if (!byDepartment || around.anonymous) return laidOut(state).pages
  return pagesByDepartment(state, around, () => wallOrder(state, around, byDepartment).map((id) => ({ id, text: state.cards[id]?.text ?? '', group: groupOf(state, around, id) })))
}

/** The department that a card's author told us, if the plan still has it. Never in an anonymous step. */
export function departmentIn(card: Card, around: Around): string | undefined {
  const department = around.anonymous || card.by === undefined ? undefined : around.departmentOf(card.by)
  return department !== undefined && Object.hasOwn(around.departments, department) ? department : undefined
}

function groupOf(state: CardsState, around: Around, id: CardId): string {
  const card = state.cards[id]
  return (card === undefined ? undefined : departmentIn(card, around)) ?? ''
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
