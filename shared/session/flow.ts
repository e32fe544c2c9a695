/** Moving through the plan. Every move counts `flow` up; a move that saw an older count is refused, so two clicks make one. */
import { accept, type Decision, type StepId } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { refuse } from '../refusals.ts'
import { random } from '../random.ts'
import { isAnonymous } from './anonymous.ts'
import { around } from './around.ts'
import { enoughCalled } from './calls.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState } from './model.ts'
import { runOrder } from './plan.ts'

type Decided = Decision<SessionEvent>

/** Opens the doors: from now on people may join. */
export function open(state: SessionState): Decided {
  return state.phase === 'draft' ? accept({ type: 'session.opened' }) : refuse('already')
}

/** Enters the first step. A session that was never opened is opened by it: a code on the wall must work. */
export function start(state: SessionState): Decided {
  if (state.phase === 'live') return refuse('already')
  const first = runOrder(state.plan)[0]
  if (first === undefined) return refuse('not-found')
  const entered: SessionEvent = { type: 'step.entered', step: first }
  return state.phase === 'draft' ? accept<SessionEvent>({ type: 'session.opened' }, entered) : accept(entered)
}

/** Ends a session that has been open. "ended" for one that is over is said before this is asked. */
export function end(state: SessionState): Decided {
  return state.phase === 'draft' ? refuse('not-open') : accept({ type: 'session.ended' })
}

/** "Next" and "back": within the step first, then to its neighbour. `seen` is the count of moves that the sender saw (FL3). */
export function move(state: SessionState, way: 'next' | 'back', seen: number | undefined): Decided {
  const current = state.current
  if (state.phase !== 'live' || current === undefined) return refuse('not-open')
  if (seen !== undefined && seen !== state.flow) return refuse('moved-on')
  const inside = within(state, current, way)
  if (inside !== undefined) return accept({ type: 'flow.advanced', step: current, is: inside })
  const order = runOrder(state.plan)
  const at = order.indexOf(current)
  const to = order[way === 'next' ? at + 1 : at - 1]
  return to === undefined ? refuse('not-found') : accept({ type: 'step.entered', step: to })
}

/** Straight to a step of the run, as the facilitator's list asks for it (FL4). */
export function goTo(state: SessionState, step: StepId, seen: number | undefined): Decided {
  if (state.phase !== 'live') return refuse('not-open')
  if (seen !== undefined && seen !== state.flow) return refuse('moved-on')
  if (!runOrder(state.plan).includes(step)) return refuse('not-found')
  return step === state.current ? refuse('already') : accept({ type: 'step.entered', step })
}

/** A move inside the step's activity, if it has one to make. */
function within(state: SessionState, step: StepId, way: 'next' | 'back'): { type: string } | undefined {
  const run = state.steps[step]
  const surroundings = around(state, step)
  if (run === undefined || surroundings === undefined) return undefined
  return kindOf(run.kind)?.[way]?.(run.state, surroundings)
}

/** What replaces the events of every anonymous step, and all calls, when a session ends: state without tags and without order. */
export function sealing(state: SessionState, seed: string): SessionEvent[] {
  const events: SessionEvent[] = []
  for (const [step, run] of Object.entries(state.steps)) {
    const kind = kindOf(run.kind)
    if (kind === undefined || run.sealed === true || !isAnonymous(state.plan, step)) continue
    const state_ = kind.seal(structuredCopy(run.state), `${seed}/${random(`${seed}${step}`).below(2 ** 31)}`)
    events.push({ type: 'step.sealed', step, kind: run.kind, locked: run.locked, flow: state.flow, state: state_ })
  }
  if (Object.values(state.groupings).some(({ asked }) => Object.keys(asked).length > 0)) events.push({ type: 'asked.sealed' })
  if (state.guarded !== undefined) events.push({ type: 'door.sealed' })
  if (Object.keys(state.calls).length > 0) events.push({ type: 'calls.sealed', enough: enoughCalled(state) })
  return events
}

/** State is plain JSON, so this is a faithful copy. */
function structuredCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
