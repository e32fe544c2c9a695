/** The door: who comes in, who waits to be let in, and when there is no more room. */
import { accept, type Decision, type PersonId } from '../activities/activity.ts'
import { random } from '../random.ts'
import { refuse } from '../refusals.ts'
import type { JoinCommand, SessionCommand } from './commands.ts'
import type { SessionEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { groupsAfterJoining, withPerson } from './groups/moves.ts'
import { FIRST_NUMBER, isHere } from './groups/people.ts'
import type { Fresh } from './groups/place.ts'
import { howManyCame } from './known.ts'
import { looksNumbered, looksTaken } from './look-alikes.ts'
import { whoIs } from './merge.ts'
import type { SessionState } from './model.ts'
import type { Plan } from './plan.ts'

/** Twice the largest hall that sessions are held in: a guard against bots, which one press raises. */
const MOST_PEOPLE = 1_000

type Decided = Decision<SessionEvent>
type DoorCommand = Extract<SessionCommand, { type: 'doors.lock' | 'doors.guard' | 'doors.cap' | 'person.admit' | 'person.defer' | 'people.admit' | 'people.defer' }>
type Told = Pick<JoinCommand, 'name' | 'department'>

/** Whether a command is about who comes in. */
export function isDoorCommand(command: SessionCommand): command is DoorCommand {
  return /^doors\.|^person\.(admit|defer)$|^people\./u.test(command.type)
}

/** Decides a command about who comes in. Shape and sender have been checked. */
export function decideDoor(state: SessionState, command: DoorCommand, fresh: Fresh): Decided {
  switch (command.type) {
    case 'doors.lock':
      return command.locked === (state.doorsLocked === true) ? accept() : accept({ type: 'doors.locked', locked: command.locked })
    case 'doors.guard': {
      if (command.guarded === (state.guarded === true)) return accept()
      return accept<SessionEvent>({ type: 'doors.guarded', guarded: command.guarded }, ...(command.guarded ? [] : admitted(state, whoWaits(state), fresh)))
    }
    case 'doors.cap':
      return command.most === mostPeople(state) ? accept() : accept({ type: 'doors.capped', most: command.most })
    case 'person.admit':
      // Another facilitator may have been first.
      if (Object.hasOwn(state.people, command.person)) return accept()
      return isAtDoor(state, command.person) ? accept<SessionEvent>(...admitted(state, [command.person], fresh)) : refuse('not-found')
    case 'person.defer':
      if (!isAtDoor(state, command.person)) return refuse('not-found')
      return state.waiting[command.person]?.notNow === true ? accept() : accept({ type: 'person.deferred', person: command.person })
    case 'people.admit':
      return accept<SessionEvent>(...admitted(state, whoWaits(state), fresh))
    case 'people.defer':
      return accept(...whoWaits(state).map((person): SessionEvent => ({ type: 'person.deferred', person })))
  }
}

/** Lets a person in, or to the door: while the session is open or live. The same person again is no event. */
export function decideJoin(state: SessionState, join: JoinCommand): Decided {
  const { person } = join
  if (state.phase === 'draft') return refuse('not-open')
  if (state.phase === 'ended') return refuse('ended')
  if (Object.hasOwn(state.people, person)) return isHere(state, whoIs(state, person)) ? accept() : refuse('not-permitted')
  if (waitsToBeLetIn(state, person)) return accept()
  const closed = closedToNewcomers(state)
  if (closed !== undefined) return refuse(closed)
  if (state.guarded === true) return accept({ type: 'person.knocked', person, ...asAsked(state.plan, join) })
  // Who was told "not now" has said at the door who they are.
  return accept<SessionEvent>(...entering(state, person, { ...state.waiting[person], ...join }, { id: `late-${random(person).below(2 ** 31).toString(36)}`, seed: person }))
}

/** Whether this device's person is in, or at the door: nothing is asked of them. Who was told "not now" is new again once nobody guards the door. */
export function isKnown(state: SessionState, person: PersonId): boolean {
  return Object.hasOwn(state.people, person) || waitsToBeLetIn(state, person)
}

/** Why nobody new comes in now, if so. */
export function closedToNewcomers(state: SessionState): 'locked' | 'full' | undefined {
  return state.doorsLocked === true ? 'locked' : isFull(state) ? 'full' : undefined
}

/** So many people may be in, with those who wait; who was told "not now" takes nobody's place. */
export function mostPeople(state: SessionState): number {
  return state.most ?? MOST_PEOPLE
}

function isFull(state: SessionState): boolean {
  const most = mostPeople(state) - unanswered(state).length
  // Counting those who are still in is dear in a large room, and seldom needed.
  return howManyCame(state) >= most && Object.values(state.people).filter(({ removed }) => removed !== true).length >= most
}

function isAtDoor(state: SessionState, person: PersonId): boolean {
  return Object.hasOwn(state.waiting, person)
}

function waitsToBeLetIn(state: SessionState, person: PersonId): boolean {
  return state.guarded === true && isAtDoor(state, person)
}

/** Who waits, and has not been told "not now". */
function unanswered(state: SessionState): PersonId[] {
  return Object.keys(state.waiting).filter((person) => state.waiting[person]?.notNow !== true)
}

/** In the order of knocking; who was told "not now" is not among them. */
function whoWaits(state: SessionState): PersonId[] {
  return unanswered(state).sort((a, b) => (state.waiting[a]?.number ?? 0) - (state.waiting[b]?.number ?? 0))
}

/** These come in one after the other, as if each had come alone: each meets the names and groups that the one before left. */
function admitted(state: SessionState, people: readonly PersonId[], fresh: Fresh): SessionEvent[] {
  const [first, ...others] = people
  if (first === undefined) return []
  if (others.length === 0) return entering(state, first, state.waiting[first] ?? {}, fresh)
  const ahead: SessionState = { ...state, people: { ...state.people }, waiting: { ...state.waiting }, groupings: JSON.parse(JSON.stringify(state.groupings)) as SessionState['groupings'] }
  const follow = (event: SessionEvent) => {
    evolve(ahead, event, 0)
    return event
  }
  return people.flatMap((person, i) => [
    follow(joining(ahead, person, ahead.waiting[person] ?? {})),
    ...groupsAfterJoining(ahead, person, { id: `${fresh.id}-${String(i)}`, seed: `${fresh.seed}${person}` }).map(follow),
  ])
}

function entering(state: SessionState, person: PersonId, told: Told, fresh: Fresh): SessionEvent[] {
  const joined = joining(state, person, told)
  // Else there is no rule, and nothing to make a list of everybody for.
  if (!Object.values(state.groupings).some(({ formed }) => formed)) return [joined]
  return [joined, ...groupsAfterJoining(withPerson(state, person, { number: FIRST_NUMBER, ...asAsked(state.plan, told) }), person, fresh)]
}

function joining(state: SessionState, person: PersonId, told: Told): SessionEvent {
  const as = asAsked(state.plan, told)
  const alike = as.name !== undefined && (looksNumbered(as.name) || looksTaken(state.people, as.name)) ? { alike: true as const } : {}
  return { type: 'person.joined', person, ...as, ...alike }
}

/** What somebody told, as far as it was asked for. */
function asAsked({ naming, departments }: Plan, { name, department }: Told): Told {
  return {
    ...(naming === 'none' || name === undefined ? {} : { name }),
    ...(department === undefined || !Object.hasOwn(departments, department) ? {} : { department }),
  }
}
