/** What people and facilitators do in a step of each kind, over and over, so that each act changes something and the work keeps its size. */
import type { Kind } from '#shared/activities/registry.ts'
import { CALLS } from '#shared/session/model.ts'
import { arbitraries } from '../support/kinds.ts'
import type { Asked, Past } from './past.ts'

/** Who acts: a number, a facilitator, or somebody new at the door, who asks for nothing but to be let in. */
export interface Act {
  by: number | 'facilitator' | 'door'
  do: Asked
}

export interface Growing {
  kind: Kind
  anonymous: boolean
  /** It is the session that is asked, while the room is in a step of this kind. */
  session?: true
  /** One card a person, so that there are as many as people. */
  oneCard?: true
  /** The grouping that it takes place in. */
  place?: string
  /** Sets up the step once the room is in it. */
  open?(past: Past, step: string): void
  /** What everybody has done before it is measured. */
  fill?(past: Past, step: string, at: number): void
  /** The act number `i` of `actors` people; `made`: the id that this act's actor made last, if any. */
  act(i: number, actors: number, made: string | undefined): Act
}

const TEXT = 'We will call every family before the first absence letter'
const EDITED = 'We will call every family well before the first letter'

/** Writes, changes, takes back; on a board with echoes in between. One phase for all, then the next. */
function onCards(kind: 'answers' | 'board' | 'closing', anonymous: boolean): Growing {
  const said = kind === 'board' ? { kind: 'thought' } : {}
  return {
    kind,
    anonymous,
    open: (past, step) => past.leadIn(step, { type: 'reveal' }),
    act(i, actors, made) {
      const by = i % actors
      switch (Math.floor(i / actors) % 3) {
        case 0:
          return { by, do: { type: 'write', text: `${TEXT} ${i}`, ...said } }
        case 1:
          return { by, do: { type: 'edit', id: made, text: `${EDITED} ${i}`, ...said } }
        default:
          return { by, do: { type: 'take-back', id: made } }
      }
    },
  }
}

/** Writes into a step of cards as participant number `at`. */
export function write(past: Past, step: string, at: number, n: number): string {
  const kind = past.state.steps[step]?.kind
  return past.in(step, at, { type: 'write', text: `${TEXT} ${n}`, ...(kind === 'board' ? { kind: 'thought' } : {}) })
}

/** Kinds with walls of cards. */
export function hasCards({ kind, session }: Growing): boolean {
  return session !== true && ['answers', 'board', 'closing'].includes(kind)
}

const WEATHERS = ['foggy', 'rainy', 'windy', 'own-1']

export const GROWING: Record<string, Growing> = {
  'agreements': {
    kind: 'agreements',
    anonymous: true,
    open: (past, step) => past.leadIn(step, { type: 'ask' }),
    fill: (past, step, at) => past.in(step, at, { type: 'choose', choice: 'work' }),
    act: (i, actors) => ({ by: i % actors, do: { type: 'choose', choice: Math.floor(i / actors) % 2 === 0 ? 'talk' : 'work' } }),
  },
  'answers, named': onCards('answers', false),
  'answers, anonymous': onCards('answers', true),
  'board, named': onCards('board', false),
  'board, anonymous': onCards('board', true),
  'check-in': {
    kind: 'check-in',
    anonymous: true,
    fill: (past, step, at) => past.in(step, at, { type: 'answer', weather: WEATHERS[at % WEATHERS.length] }),
    act: (i, actors) => ({ by: i % actors, do: { type: 'answer', weather: WEATHERS[((i % actors) + Math.floor(i / actors) + 1) % WEATHERS.length] } }),
  },
  'closing': { ...onCards('closing', false), oneCard: true },
  'goal-tree': {
    kind: 'goal-tree',
    anonymous: false,
    act: (i) => ({ by: 'facilitator', do: { type: 'show', level: i % 2 === 0 ? 'goal' : 'smart' } }),
  },
  'goals': {
    kind: 'goals',
    anonymous: false,
    act: (i) => ({ by: 'facilitator', do: { type: 'open', goal: i % 2 === 0 ? 'attendance' : 'safety' } }),
  },
  'moments': {
    kind: 'moments',
    anonymous: true,
    fill: (past, step, at) => past.in(step, at, { type: 'mark', moment: at % 2 === 0 ? 'validation' : 'reminding', support: 'self' }),
    act: (i, actors, made) => ({ by: i % actors, do: Math.floor(i / actors) % 2 === 0 ? { type: 'mark', moment: 'validation', support: 'others' } : { type: 'undo', id: made } }),
  },
  'slides': { kind: 'slides', anonymous: false, act: (i) => ({ by: 'facilitator', do: i % 2 === 0 ? { type: 'open', block: 'headline' } : { type: 'close' } }) },
  'talk': {
    kind: 'talk',
    anonymous: false,
    place: 'partners',
    open: (past) => past.lead({ type: 'groups.form', how: 'random' }),
    act: (i, actors) => ({ by: i % actors, do: { type: Math.floor(i / actors) % 2 === 0 ? 'pass' : 'speak' } }),
  },
  'the session: a call': {
    kind: 'welcome',
    anonymous: false,
    session: true,
    act: (i, actors, made) => (Math.floor(i / actors) % 2 === 0 ? { by: i % actors, do: { type: 'call.raise', what: CALLS[0] } } : { by: 'facilitator', do: { type: 'call.answer', call: made } }),
  },
  'the session: joining': { kind: 'welcome', anonymous: false, session: true, act: () => ({ by: 'door', do: { type: 'person.join' } }) },
  'welcome': { kind: 'welcome', anonymous: false, act: (i) => ({ by: 'facilitator', do: { type: 'show', what: i % 2 === 0 ? 'opening' : 'door' } }) },
}

/** The config that the kind's own tests give it, roomier where people write. */
export function configOf(kind: Kind): unknown {
  const config = arbitraries.find((each) => each.kind === kind)?.config
  if (config === undefined) throw new Error(`Nobody says what ${kind} might look like`)
  return kind === 'answers' || kind === 'board' ? { ...config, perPerson: 12, length: 120 } : config
}
