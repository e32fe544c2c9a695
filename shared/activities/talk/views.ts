/** What each audience sees of a talk: the prompt; on the phones of a group, whose turn it is. Of the talk itself there is nothing to see. */
import type { Localized } from '../../localized.ts'
import type { PersonId, Surroundings } from '../activity.ts'
import type { TalkConfig, TalkState } from './model.ts'
import { isRunning } from './first.ts'
import { groupOf, turnLength, turnsOf } from './turns.ts'

export interface TalkAsked {
  prompt: Localized
  hint?: Localized
  /** For each person, with what facilitators added, ms. */
  each: number
}

export interface TalkViews {
  facilitator: TalkAsked
  screen: TalkAsked
  everyone: TalkAsked
  mine: {
    group: string
    /** Turns in order, by their place from 0. */
    speakers: Record<string, Speaker>
    /** Server ms of the first of these turns. Absent: not begun. */
    startedAt?: number
    each: number
    /** I would rather listen. */
    passed: boolean
  }
}

export interface Speaker {
  order: number
  /** Known by name, else by number; neither: they have left the group, and their turn is anybody's. */
  name?: string
  number?: number
  you?: true
}

export function asked(state: TalkState, around: Surroundings<TalkConfig>): TalkAsked {
  const view: TalkAsked = { prompt: { ...around.config.prompt }, each: turnLength(state, around) }
  if (around.config.hint !== undefined) view.hint = { ...around.config.hint }
  return view
}

export function mineTalk(state: TalkState, person: PersonId, around: Surroundings<TalkConfig>): TalkViews['mine'] | undefined {
  const group = groupOf(around, person)
  if (group === undefined) return undefined
  const turns = turnsOf(state, around, group)
  const view: TalkViews['mine'] = {
    group,
    speakers: {},
    each: isRunning(turns) ? turns.each : turnLength(state, around),
    passed: state.passed[person] === true,
  }
  if (isRunning(turns)) view.startedAt = turns.startedAt
  const members = around.groups?.[group]?.members ?? []
  turns.order.forEach((speaker, order) => {
    view.speakers[String(order)] = members.includes(speaker) ? known(speaker, order, person, around) : { order }
  })
  return view
}

function known(speaker: PersonId, order: number, viewer: PersonId, around: Surroundings<TalkConfig>): Speaker {
  const view: Speaker = { order }
  const name = around.nameOf(speaker)
  const number = around.numberOf?.(speaker)
  if (name !== undefined) view.name = name
  if (number !== undefined) view.number = number
  if (speaker === viewer) view.you = true
  return view
}
