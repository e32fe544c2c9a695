/** The wall by department, in pages: laid out once for all who look, and a page on which nothing is new stays the same array. */
import type { Surroundings } from '../activity.ts'
import { laidOut, type Laid } from './laid.ts'
import type { Card, CardId, CardsState, Change } from './model.ts'
import { pagesOf, type Paged } from './pages.ts'

type Pages = readonly (readonly CardId[])[]

interface Remembered {
  /** What it was made of. */
  laid: Laid
  for: object
  pages: Pages
}

const walls = new WeakMap<CardsState, Remembered>()
/** The cards of a page as they were when it was laid out, and what waited for them: what changes is another one. */
const laidOf = new WeakMap<readonly CardId[], readonly (Card | Change | undefined)[]>()

/** The pages of the cards that `order` answers, in that order. */
export function pagesByDepartment(state: CardsState, { sameFor }: Surroundings<unknown>, order: () => readonly Paged[]): Pages {
  if (sameFor === undefined) return pagesOf(order())
  const laid = laidOut(state)
  const before = walls.get(state)
  if (before?.laid === laid && before.for === sameFor) return before.pages
  const pages = pagesOf(order()).map((ids, at) => {
    const old = before?.pages[at]
    const of = ids.flatMap((id) => [state.cards[id], state.changes[id]])
    if (old !== undefined && isSame(ids, old) && isSame(of, laidOf.get(old) ?? [])) return old
    laidOf.set(ids, of)
    return ids
  })
  walls.set(state, { laid, for: sameFor, pages })
  return pages
}

/** `copy` is what `state` is. */
export function rememberPages(state: CardsState, copy: CardsState): void {
  const wall = walls.get(state)
  if (wall !== undefined) walls.set(copy, wall)
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i])
}
