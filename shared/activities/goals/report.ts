/** The goals in the notes: each as an outline, with the criteria as a table where the room judged them. */
import { idsInOrder } from '../../ordered.ts'
import type { ListItem, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import { criteriaTable } from '../criteria/report.ts'
import type { GoalsConfig, GoalsState } from './model.ts'
import { en, es } from './words.ts'

export function goalsReport(state: GoalsState, around: ReportContext<GoalsConfig>): Section[] {
  const { config, lang } = around
  const blocks: Section['blocks'] = []
  const prompt = say(config.prompt, lang)
  if (prompt !== '') blocks.push({ type: 'text', text: prompt, style: 'lead' })
  for (const id of idsInOrder(config.goals)) {
    const department = say(config.goals[id]?.department, lang)
    blocks.push({ type: 'heading', text: department }, { type: 'list', items: lines(config.goals[id], lang) })
    blocks.push(...criteriaTable(state.criteria[id] ?? {}, undefined, lang))
  }
  return [{ id: around.step, title: say(around.title, lang), blocks }]
}

function lines(goal: GoalsConfig['goals'][string] | undefined, lang: 'en' | 'es'): ListItem[] {
  const words = lang === 'es' ? es : en
  return (['goal', 'how', 'measure', 'bound'] as const).flatMap((part) => {
    const text = say(goal?.[part], lang)
    return text === '' ? [] : [{ text: `${words[part]}: ${text}` }]
  })
}
