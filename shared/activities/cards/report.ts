/** Cards in the notes: what was on the wall; and for the facilitator's record what was withheld, and why. */
import type { Lang } from '../../localized.ts'
import type { Block } from '../../report/model.ts'
import type { ReportContext } from '../activity.ts'
import { toldOf } from '../k.ts'
import type { Card, CardId, CardsState } from './model.ts'
import { peopleBehind, waitingCards } from './release.ts'
import { en, es } from './words.ts'
import { shownEchoes } from './views.ts'
import { wallOrder } from './wall.ts'

type Around = ReportContext<unknown>

export function cardWords(around: Around): typeof en {
  return around.lang === 'es' ? es : en
}

/** The cards that the room has seen: as on the wall in named steps, by their text in anonymous ones. */
export function reportedCards(state: CardsState, around: Around, byDepartment = false): Card[] {
  if (!state.revealed) return []
  const cards = wallOrder(state, around, byDepartment).flatMap((id) => state.cards[id] ?? [])
  return around.anonymous ? cards.sort(byText(around.lang)) : cards
}

/** One card as one line: its text, its author's name in named steps, its echoes. */
export function cardLine(card: Card, around: Around): string {
  const words = cardWords(around)
  const name = around.anonymous || card.by === undefined ? undefined : around.nameOf(card.by)
  const line = name === undefined ? card.text : words.said(card.text, name)
  const echoes = shownEchoes(card, around)
  if (echoes === undefined) return line
  return around.anonymous ? words.echoedAtLeast(line, echoes) : words.echoed(line, echoes)
}

/** What stands in the notes in place of a wall that nobody saw. */
export function nothingShown(state: CardsState, around: Around): Block {
  const words = cardWords(around)
  return { type: 'text', text: state.revealed ? words.none : words.veiled, style: 'note' }
}

/** What was withheld: hidden cards with their reason, and how many people wrote what was never shown. */
export function withheldCards(state: CardsState, around: Around): Block[] {
  const words = cardWords(around)
  const hidden = state.wall
    .flatMap((id) => state.cards[id] ?? [])
    .filter((card) => card.hidden !== undefined)
    .sort(byText(around.lang))
  const blocks: Block[] = []
  if (hidden.length > 0) {
    const rows = hidden.map((card) => [cardLine(card, around), [words.reasons[card.hidden?.reason ?? 'other'], card.hidden?.note ?? ''].join(' ').trim()])
    blocks.push({ type: 'table', caption: words.hiddenTitle, head: [...words.hiddenHead], rows })
  }
  const neverShown = [...listable(state, around).flatMap((id) => state.cards[id] ?? []), ...heldChanges(state, around)].sort(byText(around.lang))
  if (neverShown.length > 0) {
    blocks.push({ type: 'heading', text: words.neverShown }, { type: 'list', items: neverShown.map((card) => ({ text: cardLine(card, around) })) })
    return state.revealed || state.wall.length === 0 ? blocks : [...blocks, { type: 'text', text: words.veiledAgain, style: 'note' }]
  }
  // Beside a wall, the number of those who wait would move with one of them.
  const told = state.wall.length > 0 || state.sealed === true ? undefined : toldOf(state.wrote)
  const known = around.anonymous ? told : peopleBehind(waitingCards(state))
  if (known !== undefined && known > 0) {
    blocks.push({ type: 'text', text: around.anonymous ? words.unseenAtLeast(known) : words.unseen(known), style: 'note' })
  }
  if (!state.revealed && state.wall.length > 0) blocks.push({ type: 'text', text: words.veiledAgain, style: 'note' })
  return blocks
}

/** Other words for cards of a named wall that is held. */
function heldChanges(state: CardsState, around: Around): Card[] {
  if (around.anonymous) return []
  return Object.entries(state.changes).flatMap(([id, change]) => {
    const card = state.cards[id]
    return card === undefined || !('said' in change) ? [] : [{ ...card, ...change.said }]
  })
}

/** Words that no room has seen and that those who led it may read: of a named step at any time, of an anonymous one once it is sealed. */
export function listable(state: CardsState, around: Around): CardId[] {
  return around.anonymous && state.sealed === undefined ? [] : Object.keys(state.waiting)
}

/** By the alphabet; texts that a language holds for equal (an emoji more or less) by their characters, so that no order of arrival is left. */
function byText(lang: Lang): (a: Card, b: Card) => number {
  return (a, b) => a.text.localeCompare(b.text, lang) || (a.text < b.text ? -1 : a.text > b.text ? 1 : b.echoes - a.echoes)
}
