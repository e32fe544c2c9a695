/** Commitments in the notes: those that were shared and shown. What somebody keeps for themselves is nowhere but on their phone. */
import type { Block, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { CardsState } from '../cards/model.ts'
import { cardLine, nothingShown, reportedCards, withheldCards } from '../cards/report.ts'
import type { ClosingConfig } from './model.ts'
import { en, es } from './words.ts'

type Around = ReportContext<ClosingConfig>

export function closingReport(state: CardsState, around: Around): Section[] {
  const cards = reportedCards(state, around)
  const wall: Block =
    cards.length === 0 ? nothingShown(state, around) : { type: 'list', items: cards.map((card) => ({ text: cardLine(card, around) })) }
  const blocks: Block[] = [
    { type: 'text', text: say(around.config.prompt, around.lang), style: 'lead' },
    wall,
    { type: 'text', text: (around.lang === 'es' ? es : en).shared, style: 'note' },
  ]
  return [{ id: around.step, title: say(around.title, around.lang), blocks }]
}

export function closingRecord(state: CardsState, around: Around): Section[] {
  const blocks = withheldCards(state, around)
  return blocks.length === 0 ? [] : [{ id: around.step, title: say(around.title, around.lang), blocks }]
}
