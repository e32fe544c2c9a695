/**
 * The wall in pages, remembered: a change lays out its own page and those that it pushes along, not the whole wall. A page that nothing
 * happened to stays the same array, so that what was made of it serves again. Kept beside the state and never in it: a state that came
 * from the log is laid out once. Whatever changes a card or its place says so here.
 */
import type { CardId, CardsState } from './model.ts'
import { fitsOn, linesOf, pagesOf } from './pages.ts'

export interface Laid {
  /** Nobody writes into them. */
  pages: readonly (readonly CardId[])[]
  /** Cards that have their place on the wall and are seen by facilitators alone, in the order of the wall. */
  hidden: readonly CardId[]
}

interface Remembered extends Laid {
  /** On the wall then, and changed or gone since. */
  stale: CardId[]
  /** Put at its end since. */
  added: CardId[]
}

/** After so many changes, and so many new cards, everything is laid out anew. */
const MANY = 30
const MANY_ADDED = 500

const walls = new WeakMap<CardsState, Remembered>()

/** The wall as it is, without departments. */
export function laidOut(state: CardsState): Laid {
  const before = walls.get(state)
  if (before !== undefined && before.stale.length + before.added.length === 0) return before
  const pages = before === undefined ? laidAnew(state) : laidAgain(state, before)
  const laid = { pages, hidden: before?.hidden ?? state.wall.filter((id) => state.cards[id]?.hidden !== undefined), stale: [], added: [] }
  walls.set(state, laid)
  return laid
}

/** What is on this card, or whether it is there, has changed. */
export function changedOnWall(state: CardsState, id: CardId): void {
  const wall = walls.get(state)
  if (wall === undefined) return
  // Where nobody looks for long, it is laid out anew for who looks next.
  if (wall.stale.length >= MANY || wall.hidden.includes(id)) walls.delete(state)
  else wall.stale.push(id)
}

/** This card has come to the end of the wall. */
export function addedToWall(state: CardsState, id: CardId): void {
  const wall = walls.get(state)
  if (wall === undefined) return
  // A card may have been hidden while it waited.
  if (wall.added.length >= MANY_ADDED || !isSeen(state, id)) walls.delete(state)
  else wall.added.push(id)
}

/** Another card is hidden than before. */
export function forgetWall(state: CardsState): void {
  walls.delete(state)
}

/** `copy` is what `state` is. */
export function rememberCopy(state: CardsState, copy: CardsState): void {
  const wall = walls.get(state)
  if (wall !== undefined) walls.set(copy, { ...wall, stale: [...wall.stale], added: [...wall.added] })
}

function laidAnew(state: CardsState): CardId[][] {
  return pagesOf(state.wall.flatMap((id) => (isSeen(state, id) ? { id, text: state.cards[id]?.text ?? '' } : [])))
}

function laidAgain(state: CardsState, { pages: before, stale, added }: Remembered): (readonly CardId[])[] {
  const torn = tornPages(before, stale, added)
  const pages: (readonly CardId[])[] = []
  let page: CardId[] = []
  let lines = 0
  const turn = () => {
    if (page.length > 0) pages.push(page)
    page = []
    lines = 0
  }
  const needs = (id: CardId | undefined) => linesOf((id === undefined ? undefined : state.cards[id]?.text) ?? '')
  const put = (ids: readonly CardId[]) => {
    for (const id of ids) {
      if (!isSeen(state, id)) continue
      if (!fitsOn(page.length, lines, needs(id))) turn()
      page.push(id)
      lines += needs(id)
    }
  }
  before.forEach((ids, at) => {
    // Where its first card has no room on the page before it, a page begins where it began.
    const stays = !torn.has(at) && (page.length === 0 || !fitsOn(page.length, lines, needs(ids[0])))
    if (!stays) return put(ids)
    turn()
    pages.push(ids)
  })
  put(added)
  turn()
  return pages
}

/** The pages that do not stay as they are: with what changed, before what changed at the top of a page, and the last where cards were added. */
function tornPages(pages: Laid['pages'], stale: readonly CardId[], added: readonly CardId[]): Set<number> {
  const torn = new Set<number>()
  for (const id of stale) {
    const at = pages.findIndex((ids) => ids.includes(id))
    if (at >= 0) torn.add(at)
    if (pages[at]?.[0] === id) torn.add(at - 1)
  }
  if (added.length > 0) torn.add(pages.length - 1)
  return torn
}

function isSeen(state: CardsState, id: CardId): boolean {
  const card = state.cards[id]
  return card !== undefined && card.hidden === undefined
}
