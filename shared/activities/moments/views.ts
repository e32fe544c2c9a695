/** What each audience sees of the moments: the kinds always, a strip only of a step that is over, a mark only its own author. */
import type { Localized } from '../../localized.ts'
import type { StepAround, StepId, Surroundings, Viewer } from '../activity.ts'
import { MARKS_PER_STEP, type MomentsConfig, type MomentsState, type Strip, type Support } from './model.ts'
import { marksOf } from './own.ts'
import { stripOf } from './strip.ts'

export interface Introduced {
  prompt: Localized
  moments: Record<string, { order: number; name: Localized; hint: Localized; ink: number }>
  question: Localized
  self: Localized
  others: Localized
}

export interface ShownStrip extends Strip {
  step: StepId
  title: Localized
}

/** At hand on every phone and on the screen; `shown` only while a facilitator has put it there. */
export type StandingMoments = Introduced & { shown?: ShownStrip }

/** At hand on the console: all steps that are over. Without a strip, too few (or none) marked anything. */
export interface StandingMomentsConsole {
  moments: Introduced['moments']
  steps: Record<StepId, { order: number; title: Localized; strip?: Strip }>
  /** The step whose strip is on the screen. */
  shown?: StepId
}

export interface MomentsViews {
  facilitator: Introduced & StandingMomentsConsole
  screen: Introduced
  everyone: Introduced
  /** Marks made in the step that the room is in, and whether there may be more. */
  mine: { marks: Record<string, { order: number; moment: string; support?: Support }>; full: boolean }
  standing: StandingMoments
  standingForFacilitators: StandingMomentsConsole
}

export function introduced(around: Surroundings<MomentsConfig>): Introduced {
  const { prompt, question, self, others } = around.config
  return { prompt: { ...prompt }, moments: momentsIn(around.config), question: { ...question }, self: { ...self }, others: { ...others } }
}

export function consoleView(state: MomentsState, around: Surroundings<MomentsConfig>): StandingMomentsConsole {
  const view: StandingMomentsConsole = { moments: momentsIn(around.config), steps: {} }
  const from = around.steps[around.step]?.order ?? 0
  for (const [id, step] of Object.entries(around.steps)) {
    if (!step.over || step.order < from) continue
    view.steps[id] = listed(step, stripOf(state, id, around))
  }
  if (shownStrip(state, around) !== undefined && state.shown !== undefined) view.shown = state.shown
  return view
}

type Listed = StandingMomentsConsole['steps'][StepId]

/** A step in the list stays the same for as long as it and its strip do. */
const steps = new WeakMap<StepAround, Listed>()

function listed(step: StepAround, strip: Strip | undefined): Listed {
  const before = steps.get(step)
  if (before !== undefined && before.strip === strip) return before
  const made: Listed = { order: step.order, title: { ...step.title } }
  if (strip !== undefined) made.strip = strip
  steps.set(step, made)
  return made
}

export function standingView(state: MomentsState, around: Surroundings<MomentsConfig>): StandingMoments {
  const shown = shownStrip(state, around)
  return shown === undefined ? introduced(around) : { ...introduced(around), shown }
}

function shownStrip(state: MomentsState, around: Surroundings<MomentsConfig>): ShownStrip | undefined {
  if (state.shown === undefined) return undefined
  const strip = stripOf(state, state.shown, around)
  if (strip === undefined) return undefined
  return { step: state.shown, title: { ...around.steps[state.shown]?.title }, moments: strip.moments, support: strip.support }
}

/** The scope of an author's tag: another in every step that the room is in, so that two steps' marks cannot be linked. */
export function scopeOf(around: { step: StepId }, current: StepId): string {
  return `${around.step}/${current}`
}

export function mineView(state: MomentsState, viewer: Viewer, around: Surroundings<MomentsConfig>): MomentsViews['mine'] | undefined {
  const current = around.currentStep
  if (current === undefined) return undefined
  const by = viewer.tag(scopeOf(around, current))
  const marks = state.steps[current]
  const own = marks === undefined ? [] : marksOf(marks, by)
  if (own.length === 0) return undefined
  const view: MomentsViews['mine'] = { marks: {}, full: own.length >= MARKS_PER_STEP }
  own.forEach((id, order) => {
    const mark = marks?.marks[id]
    if (mark === undefined) return
    view.marks[id] = { order, moment: mark.moment }
    if (mark.support !== undefined) view.marks[id].support = mark.support
  })
  return view
}

function momentsIn(config: MomentsConfig): Introduced['moments'] {
  const moments: Introduced['moments'] = {}
  for (const [id, moment] of Object.entries(config.moments)) {
    moments[id] = { order: moment.order, name: { ...moment.name }, hint: { ...moment.hint }, ink: moment.ink }
  }
  return moments
}
