/** What each audience receives. Keyed maps with order keys, no null, no arrays of objects: merge patches can carry it. */
import type { PersonId, StepId } from '../../activities/activity.ts'
import type { Lang, Localized } from '../../localized.ts'
import type { CallKind, ScreenShows } from '../model.ts'
import type { GroupsFacilitatorView, GroupsMineView, GroupsScreenView, GroupWorkView } from '../groups/views.ts'
import type { Naming } from '../plan.ts'

export type Phase = 'draft' | 'open' | 'live' | 'ended'
export type TimerView = { total: number; ends: number } | { total: number; left: number }
export type Departments = Record<string, { order: number; name: Localized }>
export type StandingViews = Record<StepId, { kind: string; view: unknown }>

/** The step that the room is in, with its activity as the audience may see it. */
export interface StepView {
  id: StepId
  number: number
  kind: string
  title: Localized
  anonymous: boolean
  locked: boolean
  /** On the screen alone: the planned minutes, which stand there until a timer runs. */
  minutes?: number
  activity: unknown
}

interface Frame {
  phase: Phase
  title: Localized
  hosts: string
  date: string
  languages: Lang[]
  paused: boolean
  timer?: TimerView
  step?: StepView
  standing: StandingViews
}

/** Every participant. The same bytes for all of them. */
export interface EveryoneView extends Frame {
  /** What will come, for the waiting room. */
  agenda: Record<StepId, { order: number; title: Localized }>
  departments: Departments
  /** Whether people go by names here, for the sentence that says who will see what. */
  names: boolean
  /** The room's threshold, for the sentence that says who will see what. */
  k: number
  /** What a phone may ask for now: from the step that introduces them on. */
  calls: boolean
  /** The groups that this step takes place in. */
  groupWork?: GroupWorkView
}

/** One participant alone. */
export interface MineView {
  person: { id: PersonId; name?: string; department?: string }
  /** Own contributions, by step; steps without any are left out. */
  steps: Record<StepId, unknown>
  calls: Record<string, { what: CallKind; answered: boolean }>
  groups?: GroupsMineView
}

/** Somebody who is not in: nothing of the session but what the door told them. */
export interface DoorView {
  is: 'waiting' | 'not-now' | 'over'
  title: Localized
  languages: Lang[]
  /** By which facilitators know them at the door, as long as they are there. */
  number?: number
  name?: string
}

/** The projector: no names unless meant, no numbers about people. */
export interface ScreenView extends Frame {
  shows: ScreenShows
  both: boolean
  groups?: GroupsScreenView
}

/** Facilitators and the host, on the console. */
export interface FacilitatorView extends Frame {
  flow: number
  k: number
  naming: Naming
  support: string
  shows: ScreenShows
  both: boolean
  run: Record<StepId, RunListEntry>
  people: Record<PersonId, { name?: string; department?: string }>
  departments: Departments
  calls: Record<string, { what: CallKind; name?: string; answered: boolean }>
  /** Nobody new comes in. */
  doorsLocked: boolean
  /** Whoever is new waits to be let in. What follows is left out by servers of old. */
  guarded?: boolean
  /** Who waits, if anybody does. */
  waiting?: Record<PersonId, { number: number; name?: string; department?: string; notNow?: boolean }>
  /** So many people may be in. */
  most?: number
  groups?: GroupsFacilitatorView
}

export interface RunListEntry {
  order: number
  title: Localized
  kind: string
  minutes: number
  anonymous: boolean
  script?: Localized
  /** Time it has been the current step before now, ms. Absent: not begun. */
  spent?: number
  /** Server time at which the run going on now began. */
  since?: number
  locked: boolean
}

export interface Views {
  everyone: EveryoneView
  mine: MineView
  door: DoorView
  screen: ScreenView
  facilitator: FacilitatorView
}
export type Audience = keyof Views
