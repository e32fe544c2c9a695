/** What happened in a session: facts in the past tense, each readable alone in the log. */
import type { PersonId, StepId } from '../activities/activity.ts'
import type { GroupsEvent } from './groups/events.ts'
import type { Call, CallKind, ScreenShows, Timer } from './model.ts'
import type { Plan } from './plan.ts'

export type SessionEvent =
  | { type: 'session.created'; plan: Plan }
  | { type: 'session.opened' }
  | { type: 'session.ended' }
  | { type: 'plan.changed'; plan: Plan }
  | { type: 'person.joined'; person: PersonId; name?: string; department?: string; alike?: true }
  /** No department: it was told here, and has been erased since. */
  | { type: 'person.placed'; person: PersonId; department?: string }
  | { type: 'person.removed'; person: PersonId }
  /** Somebody had come in twice: from now on they are `into`, with whichever device. */
  | { type: 'person.merged'; person: PersonId; into: PersonId }
  | { type: 'doors.locked'; locked: boolean }
  | { type: 'doors.guarded'; guarded: boolean }
  | { type: 'doors.capped'; most: number }
  /** Somebody is at the door and not in. Let in, they have joined. */
  | { type: 'person.knocked'; person: PersonId; name?: string; department?: string }
  | { type: 'person.deferred'; person: PersonId }
  /** The flow moved to a step; the session is live from the first such event. */
  | { type: 'step.entered'; step: StepId }
  | { type: 'step.locked'; step: StepId; locked: boolean }
  | { type: 'timer.changed'; timer?: Timer }
  | { type: 'pause.changed'; paused: boolean }
  | { type: 'screen.changed'; shows: ScreenShows }
  | { type: 'call.raised'; call: string; what: CallKind; by: string; during: StepId }
  | { type: 'call.answered'; call: string }
  | GroupsEvent
  /** What happened inside the activity of a step. */
  | { type: 'activity'; step: StepId; is: { type: string } }
  /** The flow moved within the step's activity ("next": one agreement, one level further). */
  | { type: 'flow.advanced'; step: StepId; is: { type: string } }
  /** In place of all events of an anonymous step, once the session has ended. `flow` as in `step.redacted`; sessions of old lack it. */
  | { type: 'step.sealed'; step: StepId; kind: string; locked: boolean; flow?: number; state: unknown }
  /** In place of all calls for support. `enough`: so many called that it may be told that somebody did. */
  | { type: 'calls.sealed'; enough: boolean }
  /** In place of the asking for different partners: who asked is forgotten. */
  | { type: 'asked.sealed' }
  /** In place of all that happened at the door: who was not let in is forgotten. */
  | { type: 'door.sealed' }
  /** In place of all events of a step so far: what is left of it after an erasure. `flow`: the count of moves, some of which were among them. */
  | { type: 'step.redacted'; step: StepId; flow: number; state: unknown }
  /** In place of all calls so far: those that are left. */
  | { type: 'calls.redacted'; calls: Record<string, Call> }
  /** A facilitator removed one contribution for good. What it was is recorded nowhere. */
  | { type: 'post.erased'; step: StepId }
  /** All that a person said, and who they were, is gone. What is left is a number, for the places where they were. */
  | { type: 'person.erased'; person: PersonId }

/** Calls are stored like the activity of a step of their own; no step of a plan can have this id. */
const CALLS_STEP = '@calls'
/** So is the asking for a different partner. */
const ASKED_STEP = '@asked'

/** So is what happens at the door. */
const DOOR_STEP = '@door'

/** The step whose activity an event belongs to: sealing and erasing find it by this. */
export function stepOf(event: SessionEvent): StepId | undefined {
  if (event.type === 'call.raised' || event.type === 'call.answered') return CALLS_STEP
  if (event.type === 'groups.asked') return ASKED_STEP
  if (event.type === 'person.knocked' || event.type === 'person.deferred') return DOOR_STEP
  return event.type === 'activity' || event.type === 'flow.advanced' ? event.step : replacedBy(event)
}

/** The step whose events until now this one stands for, if it seals or redacts any. */
export function replacedBy(event: SessionEvent): StepId | undefined {
  if (event.type === 'calls.sealed' || event.type === 'calls.redacted') return CALLS_STEP
  if (event.type === 'asked.sealed') return ASKED_STEP
  if (event.type === 'door.sealed') return DOOR_STEP
  return event.type === 'step.sealed' || event.type === 'step.redacted' ? event.step : undefined
}
