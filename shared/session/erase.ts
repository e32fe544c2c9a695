/**
 * Erasing: one contribution, or a person with all that they said. It is decided on a copy; the events that follow stand for all of
 * their step before them, so that the log can drop those that hold the words (replacedBy).
 */
import { accept, type Author, type Decision, type PersonId, type StepId, type Tag } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { refuse } from '../refusals.ts'
import { isAnonymous } from './anonymous.ts'
import { scopesOfCalls } from './calls.ts'
import type { SessionCommand } from './commands.ts'
import type { SessionContext } from './context.ts'
import type { SessionEvent } from './events.ts'
import { groupsAfterRemoving } from './groups/moves.ts'
import { isHere } from './groups/people.ts'
import { othersOf } from './merge.ts'
import type { SessionState } from './model.ts'

type Erasing = Extract<SessionCommand, { type: 'post.erase' | 'person.erase' | 'own.erase' }>
type Decided = Decision<SessionEvent>
type What = { author: Author } | { id: string }

/** Whether a command erases something. These are taken after the end too. */
export function isErasing(command: SessionCommand): command is Erasing {
  return command.type === 'post.erase' || command.type === 'person.erase' || command.type === 'own.erase'
}

/** Decides a command that erases. Shape and sender have been checked. */
export function decideErasing(state: SessionState, command: Erasing, context: SessionContext): Decided {
  switch (command.type) {
    case 'post.erase': {
      const redacted = redact(state, command.step, [{ id: command.id }])
      return redacted === undefined ? refuse('not-found') : accept<SessionEvent>({ type: 'post.erased', step: command.step }, redacted)
    }
    case 'person.erase':
      return erasePerson(state, command.person, context)
    case 'own.erase':
      // Nobody but their own phone can find what somebody said without a name: its tags come with the command, and are stored nowhere.
      return context.person === undefined ? refuse('not-permitted') : erasePerson(state, context.person, context, context.tag)
  }
}

/** What is left of a step once these events of its activity have happened: stands for it in the log from then on. */
export function redactedAfter(state: SessionState, step: StepId, events: readonly { type: string }[]): SessionEvent {
  const run = state.steps[step]
  const kind = kindOf(run?.kind ?? '')
  const left = kind?.copy?.(run?.state) ?? copy(run?.state)
  for (const event of events) kind?.evolve(left, event)
  return { type: 'step.redacted', step, flow: state.flow, state: left }
}

/** `tag`: of their own device, where they ask themselves. Without it, only what they said under their name can be found. */
function erasePerson(state: SessionState, person: PersonId, context: SessionContext, tag?: (scope: string) => Tag): Decided {
  const known = Object.hasOwn(state.people, person) ? state.people[person] : undefined
  if (known === undefined || known.as !== undefined) return refuse('not-found')
  if (known.erased === true) return refuse('already')
  // Under whichever name they came in.
  const all = [person, ...othersOf(state, person)]
  const steps = Object.keys(state.steps).flatMap((step) => redact(state, step, all.flatMap((one) => authorsIn(state, step, one, one === person ? tag : undefined))) ?? [])
  const groups = state.phase !== 'ended' && isHere(state, person) ? groupsAfterRemoving(state, person, context) : []
  return accept<SessionEvent>(...all.map((one): SessionEvent => ({ type: 'person.erased', person: one })), ...steps, ...withoutCalls(state, tag), ...groups)
}

function authorsIn(state: SessionState, step: StepId, person: PersonId, tag: ((scope: string) => Tag) | undefined): What[] {
  const run = state.steps[step]
  if (tag === undefined || run === undefined) return [{ author: person }]
  const others = kindOf(run.kind)?.aliases?.(run.state, step, tag) ?? []
  return [isAnonymous(state.plan, step) ? tag(step) : person, ...others].map((author) => ({ author }))
}

/** The step without these, in a sealed step as its seal; undefined where there was nothing of the kind. */
function redact(state: SessionState, step: StepId, what: readonly What[]): SessionEvent | undefined {
  const run = Object.hasOwn(state.steps, step) ? state.steps[step] : undefined
  const kind = run === undefined ? undefined : kindOf(run.kind)
  if (run === undefined || kind === undefined) return undefined
  const left = copy(run.state)
  for (const each of what) kind.redact(left, each)
  if (JSON.stringify(left) === JSON.stringify(run.state)) return undefined
  if (run.sealed === true) return { type: 'step.sealed', step, kind: run.kind, locked: run.locked, flow: state.flow, state: left }
  return { type: 'step.redacted', step, flow: state.flow, state: left }
}

/** Calls under a name go with the person; those without one are found by the tags of their phone. */
function withoutCalls(state: SessionState, tag: ((scope: string) => Tag) | undefined): SessionEvent[] {
  if (tag === undefined) return []
  const own = new Set(scopesOfCalls(state).map(tag))
  const left = Object.entries(state.calls).filter(([, call]) => !own.has(call.by))
  if (left.length === Object.keys(state.calls).length) return []
  return [{ type: 'calls.redacted', calls: copy(Object.fromEntries(left)) }]
}

/** State is plain JSON, so this is a faithful copy. */
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
