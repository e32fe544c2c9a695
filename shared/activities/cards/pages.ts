/** The wall in pages: as many cards as a back row can read at once (CA3). */

/** Cards on one page of the screen. */
export const ON_A_PAGE = 12
/** Pages that phones hold, the one on the screen in the middle: 60 cards are read on a phone, 500 only cost air time. */
export const PAGES_ON_PHONES = 5

/** Pages of the ids in their order. Where they come in groups, one that would fit on a page of its own is not torn apart. */
export function pagesOf(ids: readonly string[], groupOf?: (id: string) => string): string[][] {
  const pages: string[][] = []
  let page: string[] = []
  const turn = () => {
    if (page.length > 0) pages.push(page)
    page = []
  }
  for (const group of groupOf === undefined ? [ids] : runs(ids, groupOf)) {
    if (groupOf !== undefined && group.length <= ON_A_PAGE && page.length + group.length > ON_A_PAGE) turn()
    for (const id of group) {
      if (page.length === ON_A_PAGE) turn()
      page.push(id)
    }
  }
  turn()
  return pages
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

function runs(ids: readonly string[], groupOf: (id: string) => string): string[][] {
  const out: string[][] = []
  let last: string | undefined
  for (const id of ids) {
    const group = groupOf(id)
    if (group !== last) out.push([])
    last = group
    out[out.length - 1]?.push(id)
  }
  return out
}
