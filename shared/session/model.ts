/** What the log folds into: the state of one session. Plain JSON; the room alone writes into it. */
import type { PersonId, StepId } from '../activities/activity.ts'
import type { Grouping } from './groups/model.ts'
import type { Plan } from './plan.ts'

export interface SessionState {
  id: string
  plan: Plan
  phase: 'draft' | 'open' | 'live' | 'ended'
  /** Counts every move of the flow; a command to move names the count that it saw, so that two clicks make one move. */
  flow: number
  current?: StepId
  /** The steps that have begun. */
  steps: Record<StepId, StepRun>
  people: Record<PersonId, Person>
  timer?: Timer
  /** "Pause everything": phones and screen show a pause. What is sent all the same is taken: no word is lost to a breath. */
  paused: boolean
  screen: ScreenShows
  /** Nobody new comes in; who is known comes back. */
  doorsLocked?: true
  /** Facilitators let in whoever is new. Absent: they never did. */
  guarded?: boolean
  /** Who has knocked and is not in: part of nothing yet. */
  waiting: Record<PersonId, Newcomer>
  /** Knocks so far: the next one's number at the door is one more. */
  knocks: number
  /** So many people at most, with those who wait; absent: as many as a room is meant for. */
  most?: number
  calls: Record<string, Call>
  /** Once the session has ended, all that is left of the calls. */
  callsSealed?: { enough: boolean }
  groupings: Record<string, Grouping>
  /** People whom facilitators keep apart in every draw, by the two ids. */
  apart: Record<string, { a: PersonId; b: PersonId }>
}

export interface StepRun {
  kind: string
  locked: boolean
  /** When it was entered first: the only time that anything anonymous in it is stored with. */
  began: number
  /** The plan's threshold when it was entered first. It stays this step's: one that rose with answers there would count them. */
  k: number
  /** Time it has been the current step, ms, without the run going on now. */
  spent: number
  /** When the run going on now began. Absent: it is not the current step. */
  since?: number
  /** The room has left it before. Not told by the time spent in it: a clock that is set back counts none. */
  left?: true
  /** The kind's own state. */
  state: unknown
  sealed?: true
}

export interface Person {
  /** The short number on this person's phone, given in the order of joining. */
  number: number
  /** As typed, if the naming policy asks for one. */
  name?: string
  /** Somebody who came before has a name that looks the same: this one is told with the number. */
  alike?: true
  department?: string
  /** Removed by a facilitator: may not come back with the same device. */
  removed?: true
  /** They came in twice: this one is that one since a facilitator said so. What was said here keeps its name; else it is as if removed. */
  as?: PersonId
  /** All that they said is gone, and with it who they were. */
  erased?: true
}

/** Somebody at the door, known by a number there until they are in. */
export interface Newcomer {
  number: number
  name?: string
  department?: string
  /** A facilitator has said so, and may still let them in. */
  notNow?: true
}

/** Running until `ends` (server ms), or paused with `left` ms. `total` is for the shares at which it changes its look. */
export type Timer = { total: number; ends: number } | { total: number; left: number }

export const SCREEN_SHOWS = ['step', 'blank', 'qr'] as const
export type ScreenShows = (typeof SCREEN_SHOWS)[number]

export const CALLS = ['slow-down', 'that-hurt', 'find-me'] as const
export type CallKind = (typeof CALLS)[number]

export interface Call {
  what: CallKind
  /** Who may see that it was answered. A tag, but for "find me", whose sender chose to be known. */
  by: string
  /** The step that the room was in. */
  during: StepId
  answered: boolean
}

/** A draft of this plan, with nobody in it. */
export function emptySession(id: string, plan: Plan): SessionState {
  return {
    id,
    plan,
    phase: 'draft',
    flow: 0,
    steps: {},
    people: {},
    waiting: {},
    knocks: 0,
    paused: false,
    screen: 'step',
    calls: {},
    groupings: {},
    apart: {},
  }
}
