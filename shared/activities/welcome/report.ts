/** The arc of the session in the notes: the steps that it went through, and the words that it opened with. */
import { notedBlocks } from '../../markdown/report.ts'
import { localizedMarkdown } from '../../markdown/parse.ts'
import { sayTree } from '../../markdown/tree.ts'
import { idsInOrder } from '../../ordered.ts'
import type { Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { WelcomeConfig, WelcomeState } from './model.ts'
import { en, es } from './words.ts'

export function welcomeReport(state: WelcomeState, around: ReportContext<WelcomeConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  const begun = idsInOrder(around.steps).filter((id) => around.steps[id]?.started === true)
  const items = begun.map((id) => ({ text: say(around.steps[id]?.title, around.lang) }))
  const opening = state.opened ? notedBlocks(sayTree(localizedMarkdown(around.config.opening), around.lang)) : []
  return [
    {
      id: around.step,
      title: say(around.title, around.lang),
      blocks: [...opening, { type: 'text', text: words.arc, style: 'lead' }, { type: 'list', ordered: true, items }],
    },
  ]
}
