/** What only the facilitator's record tells: how long things took, and what was left out. */
import type { Lang } from '../../localized.ts'
import type { Block } from '../../report/model.ts'
import { en, es } from '../../report/words.ts'
import { say } from '../../say.ts'
import type { SessionState, StepRun } from '../model.ts'
import { plannedMinutes } from '../plan.ts'

const MINUTE_MS = 60_000

export function minutesTable(state: SessionState, now: number, lang: Lang): Block {
  const words = lang === 'es' ? es : en
  const rows = stepsInOrder(state)
    .filter((step) => state.steps[step] !== undefined || state.plan.steps[step]?.hidden !== true)
    .map((step) => {
      const planned = state.plan.steps[step]
      const run = state.steps[step]
      return [say(planned?.title, lang), String(planned?.minutes ?? 0), run === undefined ? words.notReached : actual(run, now, words)]
    })
  const spent = Object.values(state.steps).reduce((sum, run) => sum + took(run, now), 0)
  rows.push([words.total, String(plannedMinutes(state.plan)), minutes(spent, words)])
  return { type: 'table', head: [...words.minutesHead], rows }
}

/** Steps that were hidden, or that the room never reached. */
export function leftOut(state: SessionState, lang: Lang): Block[] {
  const words = lang === 'es' ? es : en
  const title = (step: string) => say(state.plan.steps[step]?.title, lang)
  const steps = stepsInOrder(state)
  const hidden = steps.filter((step) => state.plan.steps[step]?.hidden === true)
  const unreached = steps.filter((step) => state.plan.steps[step]?.hidden !== true && state.steps[step] === undefined)
  return [
    { type: 'heading', text: words.hidden },
    { type: 'list', items: hidden.map((step) => ({ text: state.steps[step] === undefined ? title(step) : words.hiddenRun(title(step)) })) },
    { type: 'heading', text: words.unreached },
    { type: 'list', items: unreached.map((step) => ({ text: title(step) })) },
  ]
}

function stepsInOrder({ plan }: SessionState): string[] {
  return Object.keys(plan.steps).sort((a, b) => (plan.steps[a]?.order ?? 0) - (plan.steps[b]?.order ?? 0))
}

function actual(run: StepRun, now: number, words: typeof en): string {
  const told = minutes(took(run, now), words)
  return run.since === undefined ? told : words.running(told)
}

function took(run: StepRun, now: number): number {
  return run.spent + (run.since === undefined ? 0 : Math.max(0, now - run.since))
}

function minutes(ms: number, words: typeof en): string {
  return ms < MINUTE_MS / 2 ? words.underOne : String(Math.round(ms / MINUTE_MS))
}
