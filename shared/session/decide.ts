/** Commands in, events or a refusal out. Pure: time, ids and dice come in with the context. */
import { accept, FACILITATORS, type Decision, type PersonId, type Sender, type StepId, type Tag } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { refuse } from '../refusals.ts'
import { around } from './around.ts'
import { raiseCall } from './calls.ts'
import { sessionMay, type SessionCommand } from './commands.ts'
import type { SessionContext } from './context.ts'
import { decideDoor, isDoorCommand } from './door.ts'
import { decideErasing, isErasing, redactedAfter } from './erase.ts'
import type { SessionEvent } from './events.ts'
import { end, goTo, move, open, start } from './flow.ts'
import { decideGroups, isGroupsCommand } from './groups/decide.ts'
import { groupsAfterPlacing, groupsAfterRemoving } from './groups/moves.ts'
import { isHere } from './groups/people.ts'
import type { Fresh } from './groups/place.ts'
import type { SessionState } from './model.ts'
import { decideMerge } from './merge.ts'
import { changePlan } from './plan-change.ts'
import { decideTimer, isTimerCommand } from './timer.ts'

type Decided = Decision<SessionEvent>

export { decideJoin } from './door.ts'

/** Decides a command to the session itself. The shape has been checked at the edge. */
export function decideSession(state: SessionState, command: SessionCommand, context: SessionContext): Decided {
  if (!sessionMay[command.type].includes(context.sender)) return refuse('not-permitted')
  // Words can be taken away after the end too.
  if (isErasing(command)) return decideErasing(state, command, context)
  if (state.phase === 'ended') return refuse('ended')
  if (isTimerCommand(command)) return decideTimer(state, command, context.now)
  if (isDoorCommand(command)) return decideDoor(state, command, context)
  if (isGroupsCommand(command)) return decideGroups(state, command, context)
  switch (command.type) {
    case 'session.open':
      return open(state)
    case 'session.start':
      return start(state)
    case 'session.end':
      return end(state)
    case 'plan.change':
      return changePlan(state, command.plan)
    case 'flow.next':
      return move(state, 'next', command.flow)
    case 'flow.back':
      return move(state, 'back', command.flow)
    case 'flow.goto':
      return goTo(state, command.step, command.flow)
    case 'step.lock':
      return !Object.hasOwn(state.steps, command.step)
        ? refuse('not-open')
        : accept({ type: 'step.locked', step: command.step, locked: command.locked })
    case 'pause.set':
      return accept({ type: 'pause.changed', paused: command.paused })
    case 'screen.show':
      return accept({ type: 'screen.changed', shows: command.shows })
    case 'person.remove':
      return isHere(state, command.person)
        ? accept<SessionEvent>({ type: 'person.removed', person: command.person }, ...groupsAfterRemoving(state, command.person, context))
        : refuse('not-found')
    case 'person.merge':
      return decideMerge(state, command.person, command.into, context)
    case 'person.place':
      return place(state, context.person, command.department, context)
    case 'call.raise':
      return raiseCall(state, command.what, context)
    case 'call.answer':
      return !Object.hasOwn(state.calls, command.call) ? refuse('not-found') : accept({ type: 'call.answered', call: command.call })
  }
}

/** Decides a command to the activity of a step. The shape has been checked against the kind's schema. */
export function decideActivity(state: SessionState, step: StepId, command: { type: string }, context: SessionContext): Decided {
  // Keys from outside are looked up among own keys only: "constructor" is a key of every object.
  const run = Object.hasOwn(state.steps, step) ? state.steps[step] : undefined
  const surroundings = around(state, step)
  if (state.phase === 'ended') return refuse('ended')
  if (run === undefined || surroundings === undefined) return refuse('not-open')
  const kind = kindOf(run.kind)
  if (kind === undefined || kind.may[command.type]?.includes(context.sender) !== true) return refuse('not-permitted')
  if (context.sender === 'participant' && run.locked && kind.whenLocked?.includes(command.type) !== true) return refuse('locked')
  const decision = kind.decide(run.state, command, {
    ...surroundings,
    sender: context.sender,
    author: authorIn(surroundings.anonymous, step, context),
    tag: context.tag,
    now: context.now,
    seed: context.seed,
    id: context.id,
  })
  if ('refused' in decision) return decision
  const events = decision.events.map((is): SessionEvent => ({ type: 'activity', step, is }))
  return { events: decision.events.some((is) => kind.erases?.(is) === true) ? [...events, redactedAfter(state, step, decision.events)] : events }
}

/** Who somebody is, as a step may know them: a tag where it is anonymous. */
function authorIn(anonymous: boolean, step: StepId, who: { sender: Sender; person?: PersonId; tag(scope: string): Tag }): string {
  if (who.sender === 'facilitator' || who.person === undefined) return FACILITATORS
  return anonymous ? who.tag(step) : who.person
}

function place(state: SessionState, person: PersonId | undefined, department: string, fresh: Fresh): Decided {
  if (person === undefined || !isHere(state, person)) return refuse('not-permitted')
  if (!Object.hasOwn(state.plan.departments, department)) return refuse('not-found')
  return accept<SessionEvent>({ type: 'person.placed', person, department }, ...groupsAfterPlacing(state, person, department, fresh))
}
