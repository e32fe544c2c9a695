/** Who goes first, and whose turn it is. All of it follows from the draw, from what the group agreed on, and from the clock. */
import type { PersonId, StepId, Surroundings } from '../activity.ts'
import { groupWith } from '../placed.ts'
import { firsts, isRunning } from './first.ts'
import type { Running, TalkConfig, TalkState, Turns } from './model.ts'

const MINUTE = 60_000

/** In a group of two or three, one new face makes it another group: it begins anew. */
const SMALL = 3

type Around = Surroundings<TalkConfig>

/** How long each turn is now, for groups that begin now. */
export function turnLength(state: TalkState, around: Around): number {
  return Math.round(around.config.turnMinutes * MINUTE) + state.more
}

/** The group of the step's place that a person is in. */
export function groupOf(around: Around, person: PersonId): string | undefined {
  const { groups = {}, sameFor } = around
  // Where nobody says when groups change, nothing is remembered of them.
  return sameFor === undefined ? Object.keys(groups).find((id) => groups[id]?.members.includes(person)) : groupWith(groups, person)
}

/** The turns of a group as they stand, with who has come into it since, and without those who would rather listen. */
export function turnsOf(state: TalkState, around: Around, group: string): Turns {
  const members = around.groups?.[group]?.members ?? []
  const kept = state.turns[group]
  const listens = (person: PersonId) => state.passed[person] === true
  if (isRunning(kept) && !isAnother(kept, members)) {
    const known = new Set([...kept.order, ...kept.done])
    return { ...kept, order: [...kept.order, ...members.filter((person) => !known.has(person) && !listens(person))] }
  }
  const drawn = drawnOrder(members, timesFirst(state, around, group, members), earlierTalks(around))
  const agreed = kept === undefined || isRunning(kept) ? [] : kept.order.filter((person) => members.includes(person))
  return { order: [...agreed, ...drawn.filter((person) => !agreed.includes(person))].filter((person) => !listens(person)) }
}

function isAnother(running: Running, members: readonly PersonId[]): boolean {
  return members.length <= SMALL && [...running.order, ...running.done].some((person) => !members.includes(person))
}

/** Which turn it is at a moment, from 0; as many as there are turns, or more, once all are over. */
export function turnAt(running: Running, now: number): number {
  return Math.max(0, Math.floor((now - running.startedAt) / running.each))
}

/**
 * The draw with memory: who went first least often goes first. Among equals it is the drawn order, turned on by one for each
 * earlier talk of the same groups, so that it is fair even where nobody pressed "Start".
 */
export function drawnOrder(members: readonly PersonId[], first: Readonly<Record<PersonId, number>>, earlier: number): PersonId[] {
  const by = members.length === 0 ? 0 : earlier % members.length
  return [...members.slice(by), ...members.slice(0, by)].sort((a, b) => (first[a] ?? 0) - (first[b] ?? 0))
}

/** How often each of these has gone first: in other steps, and in other groups of this one. */
function timesFirst(state: TalkState, around: Around, group: string, people: readonly PersonId[]): Record<PersonId, number> {
  const others = talksOf(around).flatMap((id) => (id === around.step ? [] : (talkIn(around, id) ?? [])))
  const own = state.turns[group]
  const times: Record<PersonId, number> = {}
  for (const person of people) {
    const here = firsts(state, person) - (isRunning(own) && own.first === person ? 1 : 0)
    times[person] = others.reduce((sum, talk) => sum + firsts(talk, person), here)
  }
  return times
}

function earlierTalks(around: Around): number {
  const own = around.steps[around.step]
  if (own === undefined) return 0
  return talksOf(around).filter((id) => {
    const step = around.steps[id]
    return step !== undefined && step.place === own.place && step.order < own.order && talkIn(around, id) !== undefined
  }).length
}

const talks = new WeakMap<Around['steps'], readonly StepId[]>()

/** The talks among the steps of the plan: no other step is looked into, so that none has to be looked after. */
function talksOf({ steps }: Around): readonly StepId[] {
  const known = talks.get(steps)
  if (known !== undefined) return known
  const found = Object.keys(steps).filter((id) => steps[id]?.kind === 'talk')
  talks.set(steps, found)
  return found
}

function talkIn(around: Around, step: StepId): TalkState | undefined {
  return around.stateOf(step) as TalkState | undefined
}
