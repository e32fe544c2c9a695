/** Short answers in the notes: a list, or a list for each department. */
import type { Block, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { Card, CardsState } from '../cards/model.ts'
import { cardLine, cardWords, nothingShown, reportedCards, withheldCards } from '../cards/report.ts'
import { departmentIn } from '../cards/wall.ts'
import type { AnswersConfig } from './model.ts'

type Around = ReportContext<AnswersConfig>

export function answersReport(state: CardsState, around: Around): Section[] {
  const cards = reportedCards(state, around, around.config.byDepartment)
  const lead: Block = { type: 'text', text: say(around.config.prompt, around.lang), style: 'lead' }
  const wall = cards.length === 0 ? [nothingShown(state, around)] : listed(cards, around)
  return [{ id: around.step, title: say(around.title, around.lang), blocks: [lead, ...wall] }]
}

export function answersRecord(state: CardsState, around: Around): Section[] {
  const blocks = withheldCards(state, around)
  return blocks.length === 0 ? [] : [{ id: around.step, title: say(around.title, around.lang), blocks }]
}

function listed(cards: readonly Card[], around: Around): Block[] {
  if (!around.config.byDepartment || around.anonymous) return [list(cards, around)]
  const groups = new Map<string | undefined, Card[]>()
  for (const card of cards) {
    const department = departmentIn(card, around)
    groups.set(department, [...(groups.get(department) ?? []), card])
  }
  // Nobody was asked, or nobody told: a heading would only say what is not known.
  if (groups.size === 1 && groups.has(undefined)) return [list(cards, around)]
  return [...groups].flatMap(([department, group]) => {
    const name = department === undefined ? cardWords(around).elsewhere : say(around.departments[department]?.name, around.lang)
    return [{ type: 'heading' as const, text: name }, list(group, around)]
  })
}

function list(cards: readonly Card[], around: Around): Block {
  return { type: 'list', items: cards.map((card) => ({ text: cardLine(card, around) })) }
}
