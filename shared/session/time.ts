/** The time that is stored with an event: exact for what facilitators do, coarse for whatever could tell an anonymous author. */
import { isAnonymous } from './anonymous.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState } from './model.ts'

/** In an anonymous step all contributions carry the same time, the step's beginning; calls, and asking for another partner, that of the current step. */
export function storedTime(state: SessionState, event: SessionEvent, now: number): number {
  if (event.type === 'call.raised' || event.type === 'call.answered' || event.type === 'calls.redacted' || event.type === 'groups.asked') return began(state, state.current) ?? now
  if (event.type !== 'activity' && event.type !== 'step.redacted') return now
  return isAnonymous(state.plan, event.step) ? (began(state, event.step) ?? now) : now
}

function began(state: SessionState, step: string | undefined): number | undefined {
  return step === undefined ? undefined : state.steps[step]?.began
}
