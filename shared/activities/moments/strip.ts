/** A step's moments as they may be seen: in words, of k people at least, and no moment of fewer than three. */
import type { Amount } from '../../sky/sky.ts'
import { FEWEST } from '../../sky/sky.ts'
import type { Surroundings } from '../activity.ts'
import type { MomentsConfig, MomentsState, Support, Tally } from './model.ts'
import { counted } from './rules.ts'

/** How many of those who marked a moment in the step, in words. A moment that is not there may still have been marked by few. */
export interface Strip {
  moments: Record<string, Amount>
  support: { [S in Support]?: Amount }
}

/** The strip of a step that is over; undefined while it is not, and where too few have marked anything. */
export function stripOf(state: MomentsState, step: string, around: Surroundings<MomentsConfig>): Strip | undefined {
  const marks = state.steps[step]
  if (marks === undefined || around.steps[step]?.over !== true) return undefined
  return strip(counted(marks), around.config, around.k)
}

function strip(tally: Tally, config: MomentsConfig, k: number): Strip | undefined {
  if (tally.people < Math.max(k, FEWEST)) return undefined
  const made: Strip = { moments: {}, support: {} }
  for (const id of Object.keys(config.moments)) {
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

/** What sealing keeps: nothing of a moment that fewer than three people marked. */
export function withoutFew(tally: Tally): Tally {
  const kept: Tally = { people: tally.people, moments: {}, support: { self: 0, others: 0 } }
  for (const [id, people] of Object.entries(tally.moments)) if (people >= FEWEST) kept.moments[id] = people
  for (const support of ['self', 'others'] as const) if (tally.support[support] >= FEWEST) kept.support[support] = tally.support[support]
  return kept
}
