/** A session that has reached a step in groups, driven by commands as the room drives it. */
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import type { Plan, Way } from '#shared/session/plan.ts'
import type { Refusal } from '#shared/refusals.ts'

export const PLACE = 'partners'

export interface Room {
  state: SessionState
  /** What the last commands made happen, all of it in order. */
  log: SessionEvent[]
  facilitator(command: SessionCommand): Refusal | undefined
  says(person: string, command: SessionCommand): Refusal | undefined
  /** A command to the activity of a step; without a person, a facilitator's. */
  acts(person: string | undefined, step: string, command: { type: string }): Refusal | undefined
  join(person: string, as?: { name?: string; department?: string }): void
  /** When the last command came, ms. */
  sent(): number
  /** Members by group, in the order of tables. */
  groups(grouping?: string): string[][]
}

export function plan(how: Way, size: number, more: Partial<Plan> = {}): Plan {
  const step = (order: number, place: string) => ({
    order,
    title: { en: `Step ${order}` },
    minutes: 10,
    anonymous: false,
    place,
    activity: { kind: 'check-in', config: { question: { en: 'How?' }, weathers: {} } },
  })
  return {
    title: { en: 'A session' },
    hosts: '',
    date: '',
    languages: ['en'],
    bothOnScreen: false,
    naming: 'first',
    askDepartment: false,
    k: 5,
    departments: { hr: { order: 1, name: { en: 'HR' } }, safety: { order: 2, name: { en: 'Safety' } }, office: { order: 3, name: { en: 'Office' } } },
    keepApart: {},
    support: '',
    groupings: { [PLACE]: { order: 1, how, size }, tables: { order: 2, how: 'random', size: 4 } },
    steps: { first: step(1, PLACE), second: step(2, PLACE), third: step(3, 'tables') },
    ...more,
  }
}

/** A room of `people` (p0, p1 …), in its first step. `seed` is what all its dice hang on. */
export function room(of: Plan, people: number, seed = 'seed', as: (i: number) => { name?: string; department?: string } = () => ({})): Room {
  const state = emptySession('s', of)
  const log: SessionEvent[] = []
  let count = 0
  const follow = (decision: ReturnType<typeof decideSession>): Refusal | undefined => {
    if ('refused' in decision) return decision
    for (const event of decision.events) {
      log.push(event)
      evolve(state, structuredClone(event), count)
    }
    return undefined
  }
  const context = (sender: 'facilitator' | 'participant', person: string | undefined) => {
    count += 1
    const of = { sender, now: 1000 * count, seed: `${seed}/${count}`, id: `c${count}`, tag: (scope: string) => `${scope}/${person}` }
    return person === undefined ? of : { ...of, person }
  }
  const send = (sender: 'facilitator' | 'participant', person: string | undefined, command: SessionCommand) => {
    return follow(decideSession(state, command, context(sender, person)))
  }
  const made: Room = {
    state,
    log,
    facilitator: (command) => send('facilitator', undefined, command),
    says: (person, command) => send('participant', person, command),
    acts: (person, step, command) => follow(decideActivity(state, step, command, context(person === undefined ? 'facilitator' : 'participant', person))),
    join: (person, more = {}) => {
      follow(decideJoin(state, { type: 'person.join', person, ...more }))
    },
    sent: () => 1000 * count,
    groups: (grouping = PLACE) =>
      Object.values(state.groupings[grouping]?.groups ?? {})
        .sort((a, b) => a.order - b.order)
        .map((group) => group.members),
  }
  made.facilitator({ type: 'session.open' })
  for (let i = 0; i < people; i += 1) made.join(`p${i}`, as(i))
  made.facilitator({ type: 'session.start' })
  return made
}

/** Everybody who is in a group. */
export function together(groups: string[][]): string[] {
  return groups.flat().sort()
}
