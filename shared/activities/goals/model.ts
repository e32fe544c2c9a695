/** Department goals: cards as they were written, opened one at a time and held against the five criteria. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command, keyed, PlainId } from '../../schemas.ts'
import { judgeFields, type Judged } from '../criteria/criteria.ts'
import type { Judgements } from '../criteria/list.ts'

const GoalId = PlainId

const Goal = closed({
  order: Type.Number(),
  department: LocalizedText(60),
  goal: LocalizedText(240),
  /** By doing what. */
  how: Type.Optional(LocalizedText(240)),
  /** What would tell. */
  measure: Type.Optional(LocalizedText(240)),
  /** By when. */
  bound: Type.Optional(LocalizedText(120)),
})

export const GoalsConfig = closed({
  prompt: Type.Optional(LocalizedText(200)),
  goals: keyed(GoalId, Goal, { minProperties: 1, maxProperties: 8 }),
})

export type GoalsConfig = Static<typeof GoalsConfig>

export interface GoalsState {
  /** The goal at full size on the screen; absent: all cards. */
  open?: string
  /** Goals that have been open. */
  opened: Record<string, true>
  criteria: Record<string, Judgements>
}

export const goalsCommands = {
  open: command('open', { goal: GoalId }),
  close: command('close'),
  judge: command('judge', { goal: GoalId, ...judgeFields }),
}

export type GoalsCommand = { [T in keyof typeof goalsCommands]: Static<(typeof goalsCommands)[T]> }[keyof typeof goalsCommands]

export type GoalsEvent =
  | { type: 'opened'; goal: string }
  | { type: 'closed' }
  | ({ type: 'judged'; goal: string } & Judged)
