/** A talk in groups that a test names, driven as the session drives it. */
import type { DecideContext, PlacedGroup } from '#shared/activities/activity.ts'
import { talk } from '#shared/activities/talk/talk.ts'
import type { TalkCommand, TalkConfig, TalkState } from '#shared/activities/talk/model.ts'
import type { Refusal } from '#shared/refusals.ts'
import { arbitrary } from './arbitrary.ts'

export const MINUTE = 60_000

export interface Talk {
  state: TalkState
  groups: Record<string, PlacedGroup>
  says(person: string, type: TalkCommand['type'], now: number): Refusal | undefined
  more(now: number): void
  mine(person: string): ReturnType<typeof talk.views.mine>
  /** Names of the speakers as a phone shows them, "you" for oneself, "anybody" for a turn that is nobody's. */
  order(person: string): string[]
  around: DecideContext<TalkConfig>
}

/** Earlier talks by step, all of the same place. */
export function talking(groups: Record<string, string[]>, earlier: TalkState[] = [], naming: 'names' | 'none' = 'names'): Talk {
  const state = talk.start(arbitrary.config)
  const placed: Record<string, PlacedGroup> = {}
  Object.entries(groups).forEach(([id, members], order) => {
    placed[id] = { order, members }
  })
  const steps: DecideContext<TalkConfig>['steps'] = { here: { order: earlier.length, kind: 'talk', title: {}, started: true, over: false, place: 'partners' } }
  const states: Record<string, unknown> = { other: { answers: {} } }
  earlier.forEach((before, order) => {
    Object.assign(steps, { [`talk${order}`]: { order, kind: 'talk', title: {}, started: true, over: true, place: 'partners' } })
    states[`talk${order}`] = before
  })
  const around: DecideContext<TalkConfig> = {
    config: arbitrary.config,
    step: 'here',
    title: { en: 'Equity partners' },
    anonymous: false,
    k: 5,
    steps: { ...steps, other: { order: -1, kind: 'check-in', title: {}, started: true, over: true, place: 'partners' } },
    currentStep: 'here',
    departments: {},
    groups: placed,
    nameOf: (person) => (naming === 'names' ? person.toUpperCase() : undefined),
    numberOf: (person) => person.charCodeAt(0),
    departmentOf: () => undefined,
    stateOf: (step) => states[step],
    sender: 'participant',
    author: '',
    tag: (scope) => scope,
    now: 0,
    seed: 'seed',
    id: 'id',
  }
  const send = (author: string, sender: 'participant' | 'facilitator', type: TalkCommand['type'], now: number) => {
    const decision = talk.decide(state, { type }, { ...around, groups: made.groups, author, sender, now })
    if ('refused' in decision) return decision
    for (const event of decision.events) talk.evolve(state, event)
    return undefined
  }
  const made: Talk = {
    state,
    groups: placed,
    around,
    says: (person, type, now) => send(person, 'participant', type, now),
    more: (now) => void send('facilitators', 'facilitator', 'more', now),
    mine: (person) => talk.views.mine(state, { author: person, tag: (scope) => scope }, { ...around, groups: made.groups }),
    order: (person) =>
      Object.values(made.mine(person)?.speakers ?? {})
        .sort((a, b) => a.order - b.order)
        .map((speaker) => (speaker.you === true ? 'you' : (speaker.name ?? (speaker.number === undefined ? 'anybody' : String(speaker.number))))),
  }
  return made
}
