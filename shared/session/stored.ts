/** What the log holds of an event. */
import { kindOf } from '../activities/registry.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState } from './model.ts'

/** Its JSON, once those before it are folded into `state`: the text that `JSON.stringify` makes of it. */
export function storedJson(state: SessionState, event: SessionEvent): string {
  const json = event.type === 'step.redacted' ? kindOf(state.steps[event.step]?.kind ?? '')?.json : undefined
  if (event.type !== 'step.redacted' || json === undefined || event.state === undefined) return JSON.stringify(event)
  const { state: left, ...rest } = event
  return `${JSON.stringify(rest).slice(0, -1)},"state":${json(left)}}`
}
