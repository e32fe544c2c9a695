/** What each audience sees of cards. Nothing before the reveal; no author ever but by the name they chose, in named steps. */
import type { Lang, Localized } from '../../localized.ts'
import { mapOf, type Part } from '../../parts.ts'
import { FACILITATORS, type Author, type Surroundings, type Viewer } from '../activity.ts'
import { toldOf } from '../k.ts'
import type { Card, CardId, CardsState, Hidden } from './model.ts'
import { goes } from './changes.ts'
import { laidOut } from './laid.ts'
import { pageWithin, phonePages } from './pages.ts'
import { departmentIn, wallPages } from './wall.ts'

export interface ShownCard {
  /** Rising along the wall; within a department where the wall is by department. */
  order: number
  text: string
  lang?: Lang
  kind?: string
  name?: string
  department?: string
  /** From k on and by steps in anonymous steps; absent: none, or too few to say. */
  echoes?: number
  parked?: true
}

export interface ListedCard extends ShownCard {
  /** Its page on the screen, from 0. Absent: on none. */
  page?: number
  behalf?: true
  /** In a named step, on a held wall: the words that its author has put in place of these. */
  becomes?: string
  /** Not on the wall yet: in a named step, or on behalf of somebody. */
  waiting?: true
  hidden?: Hidden
}

export interface OwnCard {
  order: number
  text: string
  lang?: Lang
  kind?: string
  /** On the wall. Else it waits for the reveal, or for others to appear with. */
  shown: boolean
  /** On an anonymous wall until others change with it, on any as long as it is held: these words in place of those that stand there, or that it goes. */
  waits?: 'edit' | 'take-back'
  hidden?: Hidden
}

/** The part of the wall that an audience has before it. */
export interface Wall {
  revealed: boolean
  /** What comes and changes waits until facilitators let it through. */
  held?: true
  /** The page on the screen, from 0, and how many there are. */
  page: number
  pages: number
  /** One card stands alone, large. */
  spotlight?: CardId
  cards: Record<CardId, ShownCard>
  /** Only where the wall is by department. */
  departments?: Record<string, { order: number; name: Localized }>
}

export interface CardsViews {
  facilitator: Omit<Wall, 'cards'> & {
    cards: Record<CardId, ListedCard>
    /** A reveal would show something now. */
    enough: boolean
    /** People who have written; in anonymous steps stepped from k on, and only until the reveal. */
    wrote?: number
  }
  screen: Wall
  /** `first` to before `end`: the pages that a phone holds. */
  everyone: Wall & { first: number; end: number }
  mine: { cards: Record<CardId, OwnCard>; echoed: Record<CardId, true> }
}

type Around = Surroundings<unknown>

/** `byDepartment` holds only in named steps, whatever the plan says (CA7). */
export function facilitatorCards(state: CardsState, around: Around, byDepartment = false): CardsViews['facilitator'] {
  const pages = wallPages(state, around, byDepartment)
  const view: CardsViews['facilitator'] = {
    ...frame(state, around, byDepartment, pages.length),
    cards: mapOf(listedParts(state, around, byDepartment, pages)),
    enough: around.anonymous ? state.enough === true : Object.keys(state.waiting).length > 0,
  }
  const wrote = around.anonymous ? unseenCount(state) : state.writing + (hasWritten(state, FACILITATORS) ? 1 : 0)
  if (wrote !== undefined) view.wrote = wrote
  return view
}

/** The wall on the screen: one page, or the card in the light alone. */
export function screenCards(state: CardsState, around: Around, byDepartment = false): CardsViews['screen'] {
  const pages = wallPages(state, around, byDepartment)
  const view: CardsViews['screen'] = { ...frame(state, around, byDepartment, pages.length), cards: {} }
  if (!state.revealed) return view
  // The card in the light stands alone: the wall behind it is gone.
  const ids = view.spotlight === undefined ? (pages[view.page] ?? []) : [view.spotlight]
  addShown(view, state, ids, around, byDepartment)
  return view
}

/** The wall on phones: the pages around the one on the screen. */
export function everyoneCards(state: CardsState, around: Around, byDepartment = false): CardsViews['everyone'] {
  const pages = wallPages(state, around, byDepartment)
  const { first, end } = phonePages(state.page, pages.length)
  const view: CardsViews['everyone'] = { ...frame(state, around, byDepartment, pages.length), cards: {}, first, end }
  if (!state.revealed) return view
  for (const ids of pages.slice(first, end)) addShown(view, state, ids, around, byDepartment)
  if (view.spotlight !== undefined) addShown(view, state, [view.spotlight], around, byDepartment)
  return view
}

/** One person's own cards and echoes. */
export function mineCards(state: CardsState, viewer: Viewer): CardsViews['mine'] | undefined {
  const own = state.people[viewer.author]
  if (own === undefined) return undefined
  const view: CardsViews['mine'] = { cards: {}, echoed: {} }
  for (const [id, order] of Object.entries(own.cards)) {
    const card = state.cards[id]
    if (card === undefined) continue
    const change = state.changes[id]
    const said = change !== undefined && 'said' in change ? change.said : card
    const mine: OwnCard = { order, text: said.text, shown: card.order !== undefined }
    if (said.lang !== undefined) mine.lang = said.lang
    if (said.kind !== undefined) mine.kind = said.kind
    if (change !== undefined) mine.waits = goes(change) ? 'take-back' : 'edit'
    if (card.hidden !== undefined) mine.hidden = hiddenIn(card.hidden)
    view.cards[id] = mine
  }
  for (const id of Object.keys(own.echoed)) view.echoed[id] = true
  return view
}

function frame(state: CardsState, around: Around, byDepartment: boolean, pages: number) {
  const view: Omit<Wall, 'cards'> = { revealed: state.revealed, page: 0, pages: 0 }
  if (state.revealed) {
    view.page = pageWithin(state.page, pages)
    view.pages = pages
    if (state.held === true) view.held = true
    if (state.spotlight !== undefined) view.spotlight = state.spotlight
  }
  if (byDepartment && !around.anonymous) {
    view.departments = {}
    for (const [id, department] of Object.entries(around.departments)) {
      view.departments[id] = { order: department.order, name: { ...department.name } }
    }
  }
  return view
}

function addShown(view: Wall, state: CardsState, ids: readonly CardId[], around: Around, byDepartment: boolean): void {
  for (const id of ids) {
    const card = state.cards[id]
    if (card !== undefined) view.cards[id] = shownCard(card, around, byDepartment)
  }
}

/** Made of a page that stays as it is, and the same for as long as its surroundings are. */
const pagesListed = new WeakMap<readonly CardId[], { for: object; byDepartment: boolean; page: number; part: Part<ListedCard> }>()

/** A part for each page of the wall, one for what is hidden on it, one for what facilitators may read of what waits. */
function listedParts(state: CardsState, around: Around, byDepartment: boolean, pages: readonly (readonly CardId[])[]): Part<ListedCard>[] {
  const list = (ids: readonly CardId[], page?: number) => listed(state, ids, around, byDepartment, page)
  const parts = pages.map((ids, page) => {
    const before = pagesListed.get(ids)
    if (before !== undefined && before.for === around.sameFor && before.byDepartment === byDepartment && before.page === page) return before.part
    const part = list(ids, page)
    if (around.sameFor !== undefined) pagesListed.set(ids, { for: around.sameFor, byDepartment, page, part })
    return part
  })
  // What was on the wall stays in their list under a veil too: that is when they hide what must not come back.
  const { hidden } = laidOut(state)
  // By id: the order of keys in the JSON would tell the order of arrival.
  const readable = Object.keys(state.waiting).filter((id) => !around.anonymous || state.cards[id]?.by === FACILITATORS)
  return [...parts, list(hidden), list(readable.sort())]
}

function listed(state: CardsState, ids: readonly CardId[], around: Around, byDepartment: boolean, page?: number): Part<ListedCard> {
  const part: Record<CardId, ListedCard> = {}
  for (const id of ids) {
    const card = state.cards[id]
    if (card === undefined) continue
    const one: ListedCard = shownCard(card, around, byDepartment)
    if (page !== undefined) one.page = page
    if (card.by === FACILITATORS) one.behalf = true
    if (card.order === undefined) one.waiting = true
    const change = around.anonymous ? undefined : state.changes[id]
    if (change !== undefined && 'said' in change) one.becomes = change.said.text
    if (card.hidden !== undefined) one.hidden = hiddenIn(card.hidden)
    part[id] = one
  }
  return part
}

function hasWritten(state: CardsState, author: Author): boolean {
  return Object.keys(state.people[author]?.cards ?? {}).length > 0
}

function shownCard(card: Card, around: Around, byDepartment: boolean): ShownCard {
  const shown: ShownCard = { order: card.order ?? 0, text: card.text }
  if (card.lang !== undefined) shown.lang = card.lang
  if (card.kind !== undefined) shown.kind = card.kind
  if (card.parked === true) shown.parked = true
  const echoes = shownEchoes(card, around)
  if (echoes !== undefined) shown.echoes = echoes
  if (around.anonymous || card.by === undefined) return shown
  const name = around.nameOf(card.by)
  if (name !== undefined) shown.name = name
  const department = byDepartment ? departmentIn(card, around) : undefined
  if (department !== undefined) shown.department = department
  return shown
}

/** People who wrote, while nothing is on the wall: beside a wall, the difference would count those who wait. */
function unseenCount(state: CardsState): number | undefined {
  return state.wall.length > 0 ? undefined : toldOf(state.wrote)
}

/** Echoes as anybody may know them. */
export function shownEchoes(card: Card, around: Around): number | undefined {
  if (around.anonymous) return toldOf(card.heard)
  return card.echoes === 0 ? undefined : card.echoes
}

function hiddenIn(hidden: Hidden): Hidden {
  return hidden.note === undefined ? { reason: hidden.reason } : { reason: hidden.reason, note: hidden.note }
}
