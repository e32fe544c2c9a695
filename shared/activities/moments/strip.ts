/** A step's moments as they may be seen: in words, of k people at least, and no moment of fewer than three. */
import type { Amount } from '../../sky/sky.ts'
import { FEWEST } from '../../sky/sky.ts'
import type { Surroundings } from '../activity.ts'
import type { MomentsConfig, MomentsState, StepMarks, Strip, Tally } from './model.ts'
import { counted } from './rules.ts'

/** The strip of a step that is over; undefined while it is not, and where too few have marked anything. */
export function stripOf(state: MomentsState, step: string, around: Surroundings<MomentsConfig>): Strip | undefined {
  const marks = state.steps[step]
  if (marks === undefined || around.steps[step]?.over !== true) return undefined
  if (marks.strip !== undefined) return marks.strip
  const tally = counted(marks)
  const before = strips.get(tally)
  if (before?.moments === around.config.moments && before.k === around.k) return before.strip
  const made = strip(tally, Object.keys(around.config.moments), around.k)
  strips.set(tally, { moments: around.config.moments, k: around.k, strip: made })
  return made
}

/** Made of a tally once: the console lists a strip for each step behind it. */
const strips = new WeakMap<Tally, { moments: MomentsConfig['moments']; k: number; strip: Strip | undefined }>()

function strip(tally: Tally, moments: readonly string[], k: number): Strip | undefined {
  if (tally.people < Math.max(k, FEWEST)) return undefined
  const made: Strip = { moments: {}, support: {} }
  for (const id of moments) {
    const amount = amountOf(tally.moments[id], tally.people)
    if (amount !== undefined) made.moments[id] = amount
  }
  for (const support of ['self', 'others'] as const) {
    const amount = amountOf(tally.support[support], tally.people)
    if (amount !== undefined) made.support[support] = amount
  }
  return Object.keys(made.moments).length === 0 ? undefined : made
}

function amountOf(people: number | undefined, all: number): Amount | undefined {
  if (people === undefined || people < FEWEST) return undefined
  const tenths = Math.round((people * 10) / all)
  return tenths >= 6 ? 'most' : tenths >= 3 ? 'many' : 'some'
}

/** What sealing keeps of a step: what its strip could say, without a number. Nothing where fewer than k people marked anything. */
export function sealedMarks(marks: StepMarks, k: number): StepMarks | undefined {
  const kept = marks.strip ?? strip(counted(marks), Object.keys(counted(marks).moments).sort(), k)
  return kept === undefined ? undefined : { marks: {}, changed: {}, strip: kept }
}
