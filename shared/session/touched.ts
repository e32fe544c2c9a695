/** Whose own view an event changes, so that one answer costs its author a patch and nobody else. */
import type { Touched } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import type { SessionEvent } from './events.ts'
import { touchedByGroups } from './groups/touched.ts'
import type { SessionState } from './model.ts'

const NOBODY: Touched = []

/** Whose own views an event changes. */
export function touched(state: SessionState, event: SessionEvent): Touched {
  switch (event.type) {
    case 'session.created':
    case 'session.opened':
    case 'step.locked':
    case 'timer.changed':
    case 'pause.changed':
    case 'screen.changed':
    case 'doors.locked':
    case 'doors.guarded':
    case 'doors.capped':
    case 'person.removed':
    case 'person.merged':
    // What it leaves out is told by the event before it: the act that erased.
    case 'step.redacted':
    case 'calls.redacted':
      return NOBODY
    case 'session.ended':
    case 'plan.changed':
    case 'step.entered':
    case 'step.sealed':
    case 'calls.sealed':
    case 'asked.sealed':
    case 'door.sealed':
    case 'post.erased':
    case 'person.erased':
      return 'all'
    case 'person.joined':
    case 'person.placed':
    case 'person.knocked':
    case 'person.deferred':
      return [event.person]
    case 'call.raised':
      return [event.by]
    case 'call.answered':
      return [state.calls[event.call]?.by ?? '']
    case 'groups.formed':
    case 'groups.changed':
    case 'groups.exchanged':
    case 'groups.asked':
    case 'groups.stayed':
    case 'groups.told':
    case 'groups.recalled':
    case 'groups.helped':
    case 'groups.parted':
      return touchedByGroups(state, event)
    case 'activity':
    case 'flow.advanced': {
      const run = state.steps[event.step]
      return run === undefined ? NOBODY : (kindOf(run.kind)?.touches(event.is) ?? NOBODY)
    }
  }
}
