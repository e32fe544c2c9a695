/** The printed sentence: for each step in which people wrote or chose something, or could have without a name, who can know whose it was. */
import type { Lang } from '../../localized.ts'
import type { Block, Section } from '../../report/model.ts'
import { en, es } from '../../report/words.ts'
import { say } from '../../say.ts'
import { kindOf } from '../../activities/registry.ts'
import { isAnonymous, leastThreshold } from '../anonymous.ts'
import { asksPeople } from '../asks.ts'
import type { SessionState } from '../model.ts'

/** Nothing where nobody contributed, or could without a name. "Nobody can look up who wrote it" stands only beside the steps where that is so. */
export function aboutNotes(state: SessionState, begun: readonly string[], lang: Lang): Section[] {
  const words = lang === 'es' ? es : en
  const held = begun.filter((step) => holdsWords(state, step))
  if (held.length === 0) return []
  const titles = (of: readonly string[]) => of.map((step) => words.quoted(say(state.plan.steps[step]?.title, lang))).join(', ')
  const anonymous = held.filter((step) => isAnonymous(state.plan, step))
  const open = held.filter((step) => !isAnonymous(state.plan, step))
  const lines = [
    anonymous.length === 0 ? '' : words.anonymous(titles(anonymous)),
    open.length === 0 ? '' : (state.plan.naming === 'none' ? words.nameless : words.named)(titles(open)),
    words.numbers(leastThreshold(state)),
  ]
  return [{ id: '_about', title: words.about, blocks: lines.map((text): Block => ({ type: 'text', text })) }]
}

/** An anonymous step stands here once it has begun, with words or without: else a sentence in the notes would tell when the first came. */
function holdsWords(state: SessionState, step: string): boolean {
  const run = state.steps[step]
  const kind = run === undefined ? undefined : kindOf(run.kind)
  if (run === undefined || kind === undefined) return false
  return asksPeople(run.kind) && (isAnonymous(state.plan, step) || kind.begun(run.state))
}
