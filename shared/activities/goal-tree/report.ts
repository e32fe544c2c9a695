/** The tree in the notes: an outline of what was revealed, and of all that the room wrote even where time ran out before its level. */
import { idsInOrder } from '../../ordered.ts'
import type { ListItem, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import { CRITERIA } from '../criteria/list.ts'
import { criteriaTable } from '../criteria/report.ts'
import { en as criteriaEn, es as criteriaEs } from '../criteria/words.ts'
import { activityPages, covers } from './levels.ts'
import type { GoalTreeConfig, GoalTreeState } from './model.ts'
import { nodeOf, sampleOf } from './rules.ts'
import { en, es } from './words.ts'

type Around = ReportContext<GoalTreeConfig>

export function goalTreeReport(state: GoalTreeState, around: Around): Section[] {
  const { config, lang } = around
  const words = lang === 'es' ? es : en
  const names = (lang === 'es' ? criteriaEs : criteriaEn).names
  const why = say(config.why, lang)
  const goal = goalItem(state, around)
  const blocks: Section['blocks'] = []
  if (why !== '') blocks.push({ type: 'text', text: why, style: 'lead' })
  blocks.push({ type: 'list', items: CRITERIA.map((criterion) => ({ text: defined(names[criterion], say(config.meanings[criterion], lang)) })) })
  if (goal !== undefined) {
    const own = Object.values(state.nodes).some((node) => node.is === 'own')
    blocks.push({ type: 'heading', text: own ? words.tree : words.sample }, { type: 'list', items: [goal] })
    blocks.push(...criteriaTable(state.criteria, words.criteria, lang))
  }
  if (covers(state.reached, 'question') && config.question !== undefined) {
    blocks.push({ type: 'heading', text: words.asked }, { type: 'text', text: say(config.question, lang), style: 'quote' })
  }
  return [{ id: around.step, title: say(around.title, lang), blocks }]
}

function goalItem(state: GoalTreeState, around: Around): ListItem | undefined {
  const { config } = around
  const objectives = idsInOrder(config.objectives).flatMap((id) => {
    const page = activityPages(config).findIndex((ids) => ids.includes(id))
    const shown = covers(state.reached, 'activities') && page <= state.reached.page
    const activities = idsInOrder(config.objectives[id]?.activities ?? {}).flatMap((activity) => item(state, around, `${id}.${activity}`, shown, []) ?? [])
    return item(state, around, id, covers(state.reached, 'objectives'), activities) ?? []
  })
  return item(state, around, 'goal', covers(state.reached, 'goal'), objectives)
}

/** A node with what hangs on it: printed if it was shown, if the room wrote it, or if something below it is printed. */
function item(state: GoalTreeState, { config, lang }: Around, key: string, shown: boolean, below: ListItem[]): ListItem | undefined {
  const node = nodeOf(state, config, key)
  const text = node.is === 'own' ? node.text : node.is === 'sample' ? say(sampleOf(config, key), lang) : (lang === 'es' ? es : en).empty
  if (below.length > 0) return { text, items: below }
  return node.is === 'own' || (shown && node.is === 'sample') ? { text } : undefined
}

function defined(name: string, meaning: string): string {
  return meaning === '' ? name : `${name}: ${meaning}`
}
