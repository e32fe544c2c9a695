/** The moments in the notes: a table of steps and kinds in words, for steps of k people at least. */
import { inOrder } from '../../ordered.ts'
import type { Block, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { ReportContext } from '../activity.ts'
import type { MomentsConfig, MomentsState } from './model.ts'
import { stripOf } from './strip.ts'
import { en, es } from './words.ts'

export function momentsReport(state: MomentsState, around: ReportContext<MomentsConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  const kinds = inOrder(around.config.moments)
  const rows = inOrder(around.steps).flatMap(([id, step]) => {
      const strip = stripOf(state, id, around)
      if (strip === undefined) return []
      const told = [...kinds.map(([kind]) => strip.moments[kind]), strip.support.self, strip.support.others]
      return [[say(step.title, around.lang), ...told.map((amount) => (amount === undefined ? words.none : words.amounts[amount]))]]
    })
  const head = [words.step, ...kinds.map(([, kind]) => say(kind.name, around.lang)), words.self, words.others]
  const told: Block[] =
    rows.length === 0
      ? [{ type: 'text', text: words.nothing, style: 'note' }]
      : [{ type: 'table', caption: words.caption, head, rows }, { type: 'text', text: words.about(around.k), style: 'note' }]
  return [
    { id: around.step, title: say(around.title, around.lang), blocks: [{ type: 'text', text: say(around.config.prompt, around.lang), style: 'lead' }, ...told] },
  ]
}

/** For the facilitator's record: that small numbers are withheld, whether or not there were any. */
export function momentsRecord(_state: MomentsState, around: ReportContext<MomentsConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  return [{ id: around.step, title: words.withheld, blocks: [{ type: 'text', text: words.rule(around.k) }] }]
}
