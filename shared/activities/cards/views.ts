/** What each audience sees of cards. Nothing before the reveal; no author ever but by the name they chose, in named steps. */
import type { Lang, Localized } from '../../localized.ts'
import { FACILITATORS, type Surroundings, type Viewer } from '../activity.ts'
import { toldOf } from '../k.ts'
import type { Card, CardId, CardsState, Hidden } from './model.ts'
import { goes } from './changes.ts'
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
  /** On an anonymous wall, until others change with it: these words in place of those that stand there, or that it goes. */
  waits?: 'edit' | 'take-back'
  hidden?: Hidden
}

/** The part of the wall that an audience has before it. */
export interface Wall {
  revealed: boolean
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
    cards: {},
    enough: around.anonymous ? state.enough === true : Object.keys(state.waiting).length > 0,
  }
  const wrote = around.anonymous ? unseenCount(state) : Object.values(state.people).filter((own) => Object.keys(own.cards).length > 0).length
  if (wrote !== undefined) view.wrote = wrote
  // What was on the wall stays in their list under a veil too: that is when they hide what must not come back.
  pages.forEach((ids, page) => {
    for (const id of ids) addListed(view, state, id, around, byDepartment, page)
  })
  for (const id of state.wall) if (state.cards[id]?.hidden !== undefined) addListed(view, state, id, around, byDepartment)
  // By id: the order of keys in the JSON would tell the order of arrival.
  const readable = Object.keys(state.waiting).filter((id) => !around.anonymous || state.cards[id]?.by === FACILITATORS)
  for (const id of readable.sort()) addListed(view, state, id, around, byDepartment)
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

function addListed(
  view: CardsViews['facilitator'],
  state: CardsState,
  id: CardId,
  around: Around,
  byDepartment: boolean,
  page?: number,
): void {
  const card = state.cards[id]
  if (card === undefined) return
  const listed: ListedCard = shownCard(card, around, byDepartment)
  if (page !== undefined) listed.page = page
  if (card.by === FACILITATORS) listed.behalf = true
  if (card.order === undefined) listed.waiting = true
  if (card.hidden !== undefined) listed.hidden = hiddenIn(card.hidden)
  view.cards[id] = listed
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
