/** Commands in, events or a refusal out. Pure: time, ids and dice come in with the context. */
import { accept, FACILITATORS, type Decision, type PersonId, type Sender, type StepId, type Tag } from '../activities/activity.ts'
import { kindOf } from '../activities/registry.ts'
import { random } from '../random.ts'
import { refuse } from '../refusals.ts'
import { around } from './around.ts'
import { raiseCall } from './calls.ts'
import { sessionMay, type JoinCommand, type SessionCommand } from './commands.ts'
import type { SessionContext } from './context.ts'
import { decideErasing, isErasing, redactedAfter } from './erase.ts'
import type { SessionEvent } from './events.ts'
import { end, goTo, move, open, start } from './flow.ts'
import { decideGroups, isGroupsCommand } from './groups/decide.ts'
import { groupsAfterJoining, groupsAfterPlacing, groupsAfterRemoving } from './groups/moves.ts'
import { FIRST_NUMBER, isHere } from './groups/people.ts'
import type { Fresh } from './groups/place.ts'
import type { SessionState } from './model.ts'
import { looksTaken } from './look-alikes.ts'
import { changePlan } from './plan-change.ts'
import { decideTimer, isTimerCommand } from './timer.ts'

type Decided = Decision<SessionEvent>

/** Decides a command to the session itself. The shape has been checked at the edge. */
export function decideSession(state: SessionState, command: SessionCommand, context: SessionContext): Decided {
  if (!sessionMay[command.type].includes(context.sender)) return refuse('not-permitted')
  // Words can be taken away after the end too.
  if (isErasing(command)) return decideErasing(state, command, context)
  if (state.phase === 'ended') return refuse('ended')
  if (isTimerCommand(command)) return decideTimer(state, command, context.now)
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
    case 'doors.lock':
      return command.locked === (state.doorsLocked === true) ? accept() : accept({ type: 'doors.locked', locked: command.locked })
    case 'person.remove':
      return isHere(state, command.person)
        ? accept<SessionEvent>({ type: 'person.removed', person: command.person }, ...groupsAfterRemoving(state, command.person, context))
        : refuse('not-found')
    case 'person.place':
      return place(state, context.person, command.department, context)
    case 'call.raise':
      return raiseCall(state, command.what, context)
    case 'call.answer':
      return !Object.hasOwn(state.calls, command.call) ? refuse('not-found') : accept({ type: 'call.answered', call: command.call })
  }
}

/** Lets a person in: while the session is open or live. The same person again is no event. */
export function decideJoin(state: SessionState, join: JoinCommand): Decided {
  if (state.phase === 'draft') return refuse('not-open')
  if (state.phase === 'ended') return refuse('ended')
  if (state.people[join.person] !== undefined) return state.people[join.person]?.removed ? refuse('not-permitted') : accept()
  if (state.doorsLocked === true) return refuse('locked')
  const joined: SessionEvent = { type: 'person.joined', person: join.person }
  if (state.plan.naming !== 'none' && join.name !== undefined) {
    joined.name = join.name
    if (looksTaken(state.people, join.name)) joined.alike = true
  }
  if (join.department !== undefined && Object.hasOwn(state.plan.departments, join.department)) joined.department = join.department
  const { type: _, person, alike: __, ...as } = joined
  return accept<SessionEvent>(joined, ...groupsAfterJoining(state, person, { number: FIRST_NUMBER, ...as }, freshFor(person)))
}

/** A latecomer's dice, since the door throws none; the id gives nothing of the person's away. */
function freshFor(person: PersonId): Fresh {
  return { id: `late-${random(person).below(2 ** 31).toString(36)}`, seed: person }
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
