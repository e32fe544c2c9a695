/** What may be asked of a session, by whom, in which shape. Commands to a step's activity are the kind's own. */
import Type, { type Static, type TObject } from 'typebox'
import type { Sender } from '../activities/activity.ts'
import { command, MadeId, PlainId } from '../schemas.ts'
import { groupsCommands, groupsMay } from './groups/commands.ts'
import { CALLS, SCREEN_SHOWS } from './model.ts'
import { PlanSchema } from './plan.ts'

/** The count of moves that the sender saw; a move that names an older one is refused. Scripts may leave it out. */
const flow = Type.Optional(Type.Integer({ minimum: 0 }))
/** Longest timer: a working day. */
const Milliseconds = Type.Integer({ minimum: 0, maximum: 12 * 3_600_000 })
/** A card's id, or the place of a text where texts have places ("o1.a2"). */
const ContributionId = Type.String({ minLength: 1, maxLength: 70 })

export const sessionCommands = {
  'session.open': command('session.open'),
  'session.start': command('session.start'),
  'session.end': command('session.end'),
  'plan.change': command('plan.change', { plan: PlanSchema }),
  'flow.next': command('flow.next', { flow }),
  'flow.back': command('flow.back', { flow }),
  'flow.goto': command('flow.goto', { step: PlainId, flow }),
  'step.lock': command('step.lock', { step: PlainId, locked: Type.Boolean() }),
  'timer.start': command('timer.start', { total: Milliseconds }),
  'timer.add': command('timer.add', { more: Type.Integer({ minimum: -3_600_000, maximum: 3_600_000 }) }),
  'timer.pause': command('timer.pause'),
  'timer.resume': command('timer.resume'),
  'timer.clear': command('timer.clear'),
  'pause.set': command('pause.set', { paused: Type.Boolean() }),
  'screen.show': command('screen.show', { shows: Type.Enum(SCREEN_SHOWS) }),
  /** Nobody new comes in while the doors are locked. */
  'doors.lock': command('doors.lock', { locked: Type.Boolean() }),
  /** From now on whoever is new waits to be let in; taken back, all who wait come in. */
  'doors.guard': command('doors.guard', { guarded: Type.Boolean() }),
  /** So many people at most. Who is in stays in. */
  'doors.cap': command('doors.cap', { most: Type.Integer({ minimum: 1, maximum: 100_000 }) }),
  'person.admit': command('person.admit', { person: MadeId }),
  'person.defer': command('person.defer', { person: MadeId }),
  /** Lets in all who wait. */
  'people.admit': command('people.admit'),
  /** "Not now" to all who wait. */
  'people.defer': command('people.defer'),
  'person.remove': command('person.remove', { person: MadeId }),
  /** Two who are one person: from now on `person` is `into`. */
  'person.merge': command('person.merge', { person: MadeId, into: MadeId }),
  'person.place': command('person.place', { department: PlainId }),
  /** Removes one contribution for good, whatever its step collects. */
  'post.erase': command('post.erase', { step: PlainId, id: ContributionId }),
  /** Removes a person, and everything that they said under their name. */
  'person.erase': command('person.erase', { person: MadeId }),
  /** "Erase what I sent": the same for oneself, with what nobody else could find. */
  'own.erase': command('own.erase'),
  'call.raise': command('call.raise', { what: Type.Enum(CALLS) }),
  'call.answer': command('call.answer', { call: MadeId }),
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
  'doors.lock': facilitator,
  'doors.guard': facilitator,
  'doors.cap': facilitator,
  'person.admit': facilitator,
  'person.defer': facilitator,
  'people.admit': facilitator,
  'people.defer': facilitator,
  'person.remove': facilitator,
  'person.merge': facilitator,
  'person.place': participant,
  'post.erase': facilitator,
  'person.erase': facilitator,
  'own.erase': participant,
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
