/** What may be asked of a session, by whom, in which shape. Commands to a step's activity are the kind's own. */
import Type, { type Static, type TObject } from 'typebox'
import type { Sender } from '../activities/activity.ts'
import { groupsCommands, groupsMay } from './groups/commands.ts'
import { CALLS, SCREEN_SHOWS } from './model.ts'
import { PlainId, PlanSchema } from './plan.ts'

const closed = { additionalProperties: false }
const order = <T extends string, P extends Record<string, import('typebox').TSchema>>(type: T, fields: P) =>
  Type.Object({ type: Type.Literal(type), ...fields }, closed)
/** The count of moves that the sender saw; a move that names an older one is refused. Scripts may leave it out. */
const flow = Type.Optional(Type.Integer({ minimum: 0 }))
/** Longest timer: a working day. */
const Milliseconds = Type.Integer({ minimum: 0, maximum: 12 * 3_600_000 })

export const sessionCommands = {
  'session.open': order('session.open', {}),
  'session.start': order('session.start', {}),
  'session.end': order('session.end', {}),
  'plan.change': order('plan.change', { plan: PlanSchema }),
  'flow.next': order('flow.next', { flow }),
  'flow.back': order('flow.back', { flow }),
  'flow.goto': order('flow.goto', { step: PlainId, flow }),
  'step.lock': order('step.lock', { step: PlainId, locked: Type.Boolean() }),
  'timer.start': order('timer.start', { total: Milliseconds }),
  'timer.add': order('timer.add', { more: Type.Integer({ minimum: -3_600_000, maximum: 3_600_000 }) }),
  'timer.pause': order('timer.pause', {}),
  'timer.resume': order('timer.resume', {}),
  'timer.clear': order('timer.clear', {}),
  'pause.set': order('pause.set', { paused: Type.Boolean() }),
  'screen.show': order('screen.show', { shows: Type.Union(SCREEN_SHOWS.map((shows) => Type.Literal(shows))) }),
  'person.remove': order('person.remove', { person: Type.String({ maxLength: 40 }) }),
  'person.place': order('person.place', { department: PlainId }),
  'call.raise': order('call.raise', { what: Type.Union(CALLS.map((what) => Type.Literal(what))) }),
  'call.answer': order('call.answer', { call: Type.String({ maxLength: 40 }) }),
  ...groupsCommands,
} satisfies Record<string, TObject>

export type SessionCommand = { [T in keyof typeof sessionCommands]: Static<(typeof sessionCommands)[T]> }[keyof typeof sessionCommands]

const facilitator = ['facilitator'] as const
const participant = ['participant'] as const

export const sessionMay: Record<SessionCommand['type'], readonly Sender[]> = {
  'session.open': facilitator,
  'session.start': facilitator,
  'session.end': facilitator,
  'plan.change': facilitator,
  'flow.next': facilitator,
  'flow.back': facilitator,
  'flow.goto': facilitator,
  'step.lock': facilitator,
  'timer.start': facilitator,
  'timer.add': facilitator,
  'timer.pause': facilitator,
  'timer.resume': facilitator,
  'timer.clear': facilitator,
  'pause.set': facilitator,
  'screen.show': facilitator,
  'person.remove': facilitator,
  'person.place': participant,
  'call.raise': participant,
  'call.answer': facilitator,
  ...groupsMay,
}

/** Told by the door when somebody has come in; never taken from a socket. */
export interface JoinCommand {
  type: 'person.join'
  person: string
  name?: string
  department?: string
}
