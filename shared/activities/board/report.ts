/** The board in the notes: by kind, with echoes; and, for the end of the document, what was parked for next time. */
import { inOrder } from '../../ordered.ts'
import type { Block, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { Card, CardsState } from '../cards/model.ts'
import { cardLine, cardWords, nothingShown, reportedCards, withheldCards } from '../cards/report.ts'
import type { BoardConfig } from './model.ts'

type Around = ReportContext<BoardConfig>

export function boardReport(state: CardsState, around: Around): Section[] {
  const cards = reportedCards(state, around)
  const lead: Block = { type: 'text', text: say(around.config.prompt, around.lang), style: 'lead' }
  const wall = cards.length === 0 ? [nothingShown(state, around)] : byKind(cards, around)
  const title = say(around.title, around.lang)
  const parked = cards.filter((card) => card.parked === true)
  const section: Section = { id: around.step, title, blocks: [lead, ...wall] }
  return parked.length === 0 ? [section] : [section, { id: around.step, title, gather: 'parked', blocks: [list(parked, around)] }]
}

export function boardRecord(state: CardsState, around: Around): Section[] {
  const blocks = withheldCards(state, around)
  return blocks.length === 0 ? [] : [{ id: around.step, title: say(around.title, around.lang), blocks }]
}

function byKind(cards: readonly Card[], around: Around): Block[] {
  const kinds = inOrder(around.config.kinds)
  const known = kinds.flatMap(([id, kind]) => titled(say(kind.name, around.lang), cards.filter((card) => card.kind === id), around))
  // The plan may have lost a kind since the card was written; the card stays.
  const others = cards.filter((card) => card.kind === undefined || !Object.hasOwn(around.config.kinds, card.kind))
  return [...known, ...titled(cardWords(around).otherKind, others, around)]
}

function titled(title: string, cards: readonly Card[], around: Around): Block[] {
  if (cards.length === 0) return []
  return [{ type: 'heading', text: title }, list(cards, around)]
}

function list(cards: readonly Card[], around: Around): Block {
  return { type: 'list', items: cards.map((card) => ({ text: cardLine(card, around) })) }
}
