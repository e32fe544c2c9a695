/**
 * The notes: two documents of a session, at any moment of it. What to send holds what the room made, as it was shown; the
 * record, apart, what those who led it need to know. Both say nothing that a step's own report does not give out.
 */
import type { Lang } from '../localized.ts'
import { dateInWords } from '../report/date.ts'
import type { Block, Document, Section } from '../report/model.ts'
import { tidy } from '../report/tidy.ts'
import { en, es } from '../report/words.ts'
import { say } from '../say.ts'
import { kindOf } from '../activities/registry.ts'
import { enoughCalled } from './calls.ts'
import { aboutNotes } from './report/about.ts'
import { leftOut, minutesTable } from './report/record.ts'
import { peopleSection } from './report/people.ts'
import { around } from './around.ts'
import type { SessionState } from './model.ts'
import { runOrder } from './plan.ts'

/** What the room made, for sending on. `lang` is the main language of the plan unless chosen otherwise. */
export function notesToSend(state: SessionState, lang: Lang = mainLanguage(state)): Document {
  const words = lang === 'es' ? es : en
  const begun = runOrder(state.plan).filter((step) => state.steps[step] !== undefined)
  const told = begun.flatMap((step) => reported(state, step, lang, 'report'))
  const arc: Block = begun.length === 0 ? { type: 'text', text: words.arcEmpty, style: 'note' } : { type: 'list', ordered: true, items: begun.map((step) => ({ text: titleOf(state, step, lang) })) }
  const sections: Section[] = [
    ...peopleSection(state, lang),
    { id: '_arc', title: words.arc, blocks: [arc] },
    ...told.filter((section) => section.gather === undefined),
    { id: '_parked', title: words.parked, blocks: gathered(told.filter((section) => section.gather === 'parked')) },
    ...aboutNotes(state, begun, lang),
  ]
  return { title: say(state.plan.title, lang), lang, subtitle: whenAndWho(state, lang), sections: tidy(sections) }
}

/** For those who led the session: minutes, what was left out, what is withheld and why. `now` in server ms, for the step that is running. */
export function facilitatorRecord(state: SessionState, now: number, lang: Lang = mainLanguage(state)): Document {
  const words = lang === 'es' ? es : en
  // Also of steps that have been hidden since: what was collected in them is withheld like the rest.
  const withheld = Object.keys(state.steps)
    .sort((a, b) => (state.plan.steps[a]?.order ?? 0) - (state.plan.steps[b]?.order ?? 0))
    .flatMap((step) => reported(state, step, lang, 'record'))
  const nothing: Block = { type: 'text', text: words.withheldNothing }
  const sections: Section[] = [
    { id: '_minutes', title: words.minutes, blocks: [minutesTable(state, now, lang)] },
    { id: '_left-out', title: words.leftOut, blocks: leftOut(state, lang) },
    { id: '_withheld', title: words.withheld, blocks: withheld.length === 0 ? [nothing] : gathered(withheld) },
    { id: '_calls', title: words.calls, blocks: [{ type: 'text', text: enoughCalled(state) ? words.callsYes : words.callsFew }] },
  ]
  return { title: say(state.plan.title, lang), lang, subtitle: [words.record, ...whenAndWho(state, lang)], sections: tidy(sections) }
}

function mainLanguage(state: SessionState): Lang {
  return state.plan.languages[0] ?? 'en'
}

function reported(state: SessionState, step: string, lang: Lang, what: 'report' | 'record'): Section[] {
  const run = state.steps[step]
  const surroundings = around(state, step)
  const kind = run === undefined ? undefined : kindOf(run.kind)
  if (run === undefined || surroundings === undefined || kind === undefined) return []
  return kind[what]?.(run.state, { ...surroundings, lang }) ?? []
}

/** One part made of what several steps give to it, each under its own title. */
function gathered(sections: readonly Section[]): Block[] {
  return sections.flatMap((section) => [{ type: 'heading' as const, text: section.title }, ...section.blocks])
}

function whenAndWho({ plan }: SessionState, lang: Lang): string[] {
  const words = lang === 'es' ? es : en
  const hosts = plan.hosts.trim()
  return [dateInWords(plan.date, lang), hosts === '' ? '' : words.hosts(hosts)].filter((line) => line !== '')
}

function titleOf(state: SessionState, step: string, lang: Lang): string {
  return say(state.plan.steps[step]?.title, lang)
}
