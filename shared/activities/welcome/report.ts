/** The welcome in the notes: the words that the session opened with, once they were shown. */
import { notedBlocks } from '../../markdown/report.ts'
import { localizedMarkdown } from '../../markdown/parse.ts'
import { sayTree } from '../../markdown/tree.ts'
import type { Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { WelcomeConfig, WelcomeState } from './model.ts'

export function welcomeReport(state: WelcomeState, around: ReportContext<WelcomeConfig>): Section[] {
  if (!state.opened) return []
  const blocks = notedBlocks(sayTree(localizedMarkdown(around.config.opening), around.lang))
  return [{ id: around.step, title: say(around.title, around.lang), blocks }]
}
