/** What happened in a session: facts in the past tense, each readable alone in the log. */
import type { PersonId, StepId } from '../activities/activity.ts'
import type { GroupsEvent } from './groups/events.ts'
import type { CallKind, ScreenShows, Timer } from './model.ts'
import type { Plan } from './plan.ts'

export type SessionEvent =
  | { type: 'session.created'; plan: Plan }
  | { type: 'session.opened' }
  | { type: 'session.ended' }
  | { type: 'plan.changed'; plan: Plan }
  | { type: 'person.joined'; person: PersonId; name?: string; department?: string }
  | { type: 'person.placed'; person: PersonId; department: string }
  | { type: 'person.removed'; person: PersonId }
  /** The flow moved to a step; the session is live from the first such event. */
  | { type: 'step.entered'; step: StepId }
  | { type: 'step.locked'; step: StepId; locked: boolean }
  | { type: 'timer.changed'; timer?: Timer }
  | { type: 'pause.changed'; paused: boolean }
  | { type: 'screen.changed'; shows: ScreenShows }
  | { type: 'call.raised'; call: string; what: CallKind; by: string }
  | { type: 'call.answered'; call: string }
  | GroupsEvent
  /** What happened inside the activity of a step. */
  | { type: 'activity'; step: StepId; is: { type: string } }
  /** The flow moved within the step's activity ("next": one agreement, one level further). */
  | { type: 'flow.advanced'; step: StepId; is: { type: string } }
  /** In place of all events of an anonymous step, once the session has ended. */
  | { type: 'step.sealed'; step: StepId; kind: string; locked: boolean; state: unknown }
  /** In place of all calls for support. `enough`: so many called that it may be told that somebody did. */
  | { type: 'calls.sealed'; enough: boolean }

/** Calls are stored like the activity of a step of their own; no step of a plan can have this id. */
const CALLS_STEP = '@calls'

/** The step whose activity an event belongs to: sealing and erasing find it by this. */
export function stepOf(event: SessionEvent): StepId | undefined {
  if (event.type === 'call.raised' || event.type === 'call.answered') return CALLS_STEP
  return event.type === 'activity' || event.type === 'flow.advanced' ? event.step : undefined
}

/** The step whose events this one stands for, if it seals any. */
export function sealedBy(event: SessionEvent): StepId | undefined {
  if (event.type === 'calls.sealed') return CALLS_STEP
  return event.type === 'step.sealed' ? event.step : undefined
}
