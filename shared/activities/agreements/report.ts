/** The agreements in the notes, with local words and whose they are. The private answers are in neither of the two records. */
import { idsInOrder } from '../../ordered.ts'
import type { Block, ListItem, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { AgreementsConfig, AgreementsState } from './model.ts'

export function agreementsReport(_state: AgreementsState, around: ReportContext<AgreementsConfig>): Section[] {
  const { agreements, source } = around.config
  const items = idsInOrder(agreements).flatMap((id): ListItem[] => {
    const agreement = agreements[id]
    if (agreement === undefined) return []
    const under = [say(agreement.text, around.lang), say(agreement.local, around.lang)].filter((text) => text !== '')
    const item: ListItem = { text: say(agreement.name, around.lang) }
    if (under.length > 0) item.items = under.map((text) => ({ text }))
    return [item]
  })
  const credit = say(source, around.lang)
  const blocks: Block[] = [{ type: 'list', ordered: true, items }]
  if (credit !== '') blocks.push({ type: 'text', text: credit, style: 'note' })
  return [{ id: around.step, title: say(around.title, around.lang), blocks }]
}
