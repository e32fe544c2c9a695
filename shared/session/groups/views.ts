/** What each audience sees of groups, in a step that takes place in them. */
import type { PersonId } from '../../activities/activity.ts'
import type { Localized } from '../../localized.ts'
import type { Way } from '../plan.ts'

export interface GroupWorkView {
  grouping: string
  how: Way
  size: number
  /** Groups have been drawn, or made by department; before that, people wait for it. */
  formed: boolean
  /** A word to all groups. */
  word?: string
  /** Everybody is asked back by `ends` (server ms). */
  recall?: { ends: number; total: number }
}

/** One participant alone. */
export interface GroupsMineView {
  grouping: string
  /** The short number on this phone. */
  number: number
  is: 'waiting' | 'staying' | 'placed'
  /** People are grouped by department, and this one has not said which. */
  asksDepartment: boolean
  /** Has asked for a different partner in this grouping: it can be asked once. */
  asked: boolean
  group?: MyGroupView
}

export interface MyGroupView {
  id: string
  /** From 1. */
  table: number
  department?: Localized
  /** The others, by their number. */
  partners: Record<string, { order: number; name?: string }>
  help: boolean
  word?: string
}

/** The projector: tables by department, while they are few enough to be read. Never a person. */
export interface GroupsScreenView extends GroupWorkView {
  tables: Record<string, { table: number; department: Localized }>
}

export interface PersonInGroups {
  number: number
  name?: string
}

/** Facilitators: who is where, and nothing of what is said there. */
export interface GroupsFacilitatorView extends GroupWorkView {
  planned: Way
  waiting: Record<PersonId, PersonInGroups>
  /** How many chose to stay where they are. */
  staying: number
  groups: Record<string, FacilitatorGroupView>
  /** People who are to be kept apart, as facilitators said in this session. */
  apart: Record<string, { a: PersonId; b: PersonId }>
}

export interface FacilitatorGroupView {
  /** From 1. */
  table: number
  department?: Localized
  members: Record<PersonId, PersonInGroups & { order: number }>
  help: boolean
  word?: string
  /** Two of them are to be kept apart. */
  look: boolean
}
