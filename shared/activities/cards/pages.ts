/** The wall in pages: as many cards as a back row can read at once, and no more than fit without scrolling (CA3). */

/** Cards on one page of the screen. */
export const ON_A_PAGE = 12
/** Lines of the smallest type that fit on a page, four columns of them, with room lost where a card does not break. */
const PAGE_LINES = 60
/** Characters of the smallest type that fit on a line of a column. */
const LINE_LENGTH = 32
/** What a card takes besides its words: its kind, its name, the space around it. A department's title takes as much. */
const FRAME_LINES = 2
/** Pages that phones hold, the one on the screen in the middle: 60 cards are read on a phone, 500 only cost air time. */
export const PAGES_ON_PHONES = 5

export interface Paged {
  id: string
  text: string
  /** The department that it stands under, where the wall is by department. */
  group?: string
}

/** Ids of the cards in pages, in their order. A department that would fit on a page of its own is not torn apart. */
export function pagesOf(cards: readonly Paged[]): string[][] {
  const pages: string[][] = []
  let page: string[] = []
  let lines = 0
  const turn = () => {
    if (page.length > 0) pages.push(page)
    page = []
    lines = 0
  }
  for (const group of runs(cards)) {
    const title = group[0]?.group === undefined ? 0 : FRAME_LINES
    const whole = title + group.reduce((sum, card) => sum + linesOf(card.text), 0)
    const onItsOwn = group.length <= ON_A_PAGE && whole <= PAGE_LINES
    if (title > 0 && onItsOwn && (page.length + group.length > ON_A_PAGE || lines + whole > PAGE_LINES)) turn()
    lines += title
    for (const card of group) {
      const needs = linesOf(card.text)
      if (!fitsOn(page.length, lines, needs)) {
        turn()
        lines = title
      }
      page.push(card.id)
      lines += needs
    }
  }
  turn()
  return pages
}

/** Whether a card that needs so many lines has room on a page with `cards` and `lines`. An empty one takes any. */
export function fitsOn(cards: number, lines: number, needs: number): boolean {
  return cards < ON_A_PAGE && (cards === 0 || lines + needs <= PAGE_LINES)
}

/** Lines that a card takes. */
export function linesOf(text: string): number {
  return FRAME_LINES + Math.ceil(text.length / LINE_LENGTH)
}

/** The page that is really there: cards may have been taken back since it was chosen. */
export function pageWithin(page: number, pages: number): number {
  return Math.max(0, Math.min(page, pages - 1))
}

/** The pages that phones hold, as first and one after the last. */
export function phonePages(page: number, pages: number): { first: number; end: number } {
  const middle = Math.floor(PAGES_ON_PHONES / 2)
  const first = Math.max(0, Math.min(pageWithin(page, pages) - middle, pages - PAGES_ON_PHONES))
  return { first, end: Math.min(pages, first + PAGES_ON_PHONES) }
}

/** Neighbours of one group together; without groups, all of them. */
function runs(cards: readonly Paged[]): Paged[][] {
  const out: Paged[][] = []
  let last: string | undefined
  for (const card of cards) {
    if (out.length === 0 || card.group !== last) out.push([])
    last = card.group
    out[out.length - 1]?.push(card)
  }
  return out
}
