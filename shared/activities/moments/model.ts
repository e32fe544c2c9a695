/** Moments: from the step that introduces them on, anybody may mark one at any time; anonymous by construction. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command, keyed, MadeId, PlainId } from '../../schemas.ts'
import type { Amount } from '../../sky/sky.ts'
import type { StepId, Tag } from '../activity.ts'

const Moment = closed({
  order: Type.Number(),
  name: LocalizedText(60),
  hint: LocalizedText(200),
  /** One of four inks of equal weight. */
  ink: Type.Integer({ minimum: 1, maximum: 4 }),
})

export const MomentsConfig = closed({
  prompt: LocalizedText(300),
  moments: keyed(PlainId, Moment, { minProperties: 1, maxProperties: 8 }),
  /** "Whom does it move you to support?" */
  question: LocalizedText(200),
  /** What supporting oneself, or others, might be: one idea a line. */
  self: LocalizedText(600),
  others: LocalizedText(600),
})

export type MomentsConfig = Static<typeof MomentsConfig>

const SUPPORTS = ['self', 'others'] as const
export type Support = (typeof SUPPORTS)[number]

/** More marks of one person in one step say nothing new. */
export const MARKS_PER_STEP = 6

export interface Mark {
  by: Tag
  moment: string
  support?: Support
}

/** How many of those who marked a moment in the step, in words. A moment that is not there may still have been marked by few. */
export interface Strip {
  moments: Record<string, Amount>
  support: { [S in Support]?: Amount }
}

/** People who marked, not marks: who marks one kind three times is one person. */
export interface Tally {
  people: number
  moments: Record<string, number>
  support: Record<Support, number>
}

export interface StepMarks {
  marks: Record<string, Mark>
  /**
   * What could be seen when the room had left the step. It exists once the room is back in it (from then on it moves by three
   * people at a time).
   */
  settled?: Tally
  /** Who has marked or undone since then. */
  changed: Record<Tag, true>
  /** Once sealed, all that is left: what its strip could say. */
  strip?: Strip
}

export interface MomentsState {
  /** By the step that the room was in. */
  steps: Record<StepId, StepMarks>
  /** The threshold, once anybody has marked anything. */
  k?: number
  /** The step whose strip stands on the screen, on purpose. */
  shown?: StepId
}

const SupportChoice = Type.Enum(SUPPORTS)

export const momentsCommands = {
  mark: command('mark', { moment: PlainId, support: Type.Optional(SupportChoice) }),
  undo: command('undo', { id: MadeId }),
  show: command('show', { step: PlainId }),
  unshow: command('unshow'),
}

export type MomentsCommand = { [T in keyof typeof momentsCommands]: Static<(typeof momentsCommands)[T]> }[keyof typeof momentsCommands]

export type MomentsEvent =
  /** `again`: the room had left the step before, and what was marked till then may have been seen. */
  | { type: 'marked'; id: string; step: StepId; by: Tag; moment: string; support?: Support; k: number; again?: true }
  | { type: 'undone'; id: string; step: StepId; by: Tag; again?: true }
  | { type: 'shown'; step: StepId }
  | { type: 'unshown' }
