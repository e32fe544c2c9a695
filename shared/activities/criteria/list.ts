/** The five criteria of a SMART goal, and what may be said of each. Free of schemas, so that a phone can load it. */
export const CRITERIA = ['specific', 'measurable', 'achievable', 'relevant', 'time-bound'] as const
export type Criterion = (typeof CRITERIA)[number]

/** "open" is a verdict taken back: the criterion has not been looked at. */
export const VERDICTS = ['yes', 'not-yet', 'open'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Longest note beside a verdict: five of them and the goal stand on one screen. */
export const NOTE_LENGTH = 160

/** What the room found of one criterion. `version` counts its changes, so that two facilitators don't overwrite each other unknowingly. */
export interface Judgement {
  verdict: Verdict
  note: string
  version: number
}

export type Judgements = Partial<Record<Criterion, Judgement>>

/** The judgement of a criterion; version 0 before anybody has judged it. */
export function judgementOf(judgements: Judgements, criterion: Criterion): Judgement {
  return judgements[criterion] ?? { verdict: 'open', note: '', version: 0 }
}
