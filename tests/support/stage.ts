/** One step on a stage of its own: a kind's rules driven by people and facilitators, with nothing of a session around it. */
import { FACILITATORS, type Activity, type Author, type DecideContext, type Surroundings, type Viewer } from '#shared/activities/activity.ts'
import type { RefusalCode } from '#shared/refusals.ts'

type Views = { facilitator: unknown; screen: unknown; everyone: unknown; mine: unknown }

export interface Stage<Config, State, Command, Event, V extends Views> {
  state: State
  /** Everything that has happened, in order. */
  events: Event[]
  /** What the kind may know; change it to move the session on. */
  around: Surroundings<Config>
  /** A participant asks for something: the refusal's code, or undefined once it has happened. */
  person(name: string, command: Command): RefusalCode | undefined
  facilitator(command: Command): RefusalCode | undefined
  viewer(name: string): Viewer
  author(name: string): Author
  view<A extends 'facilitator' | 'screen' | 'everyone'>(audience: A): V[A]
  mine(name: string): V['mine'] | undefined
}

/** The tag that a person has in a scope; readable, so that tests can look for it where it must not be. */
export function tagOf(name: string, scope: string): string {
  return `tag<${scope}|${name}>`
}

export function stage<Config, State, Command extends { type: string }, Event extends { type: string }, V extends Views>(
  kind: Activity<Config, State, Command, Event, V>,
  config: Config,
  given: Partial<Surroundings<Config>> = {},
): Stage<Config, State, Command, Event, V> {
  let commands = 0
  const around: Surroundings<Config> = {
    config,
    step: 'step',
    title: { en: 'The step', es: 'El paso' },
    anonymous: true,
    k: 5,
    steps: { step: { order: 0, kind: 'staged', title: { en: 'The step', es: 'El paso' }, started: true, over: false } },
    currentStep: 'step',
    departments: {},
    nameOf: () => undefined,
    departmentOf: () => undefined,
    stateOf: () => undefined,
    ...given,
  }
  const viewer = (name: string): Viewer => ({
    author: around.anonymous ? tagOf(name, around.step) : name,
    tag: (scope) => tagOf(name, scope),
  })
  const ask = (who: string | undefined, command: Command): RefusalCode | undefined => {
    commands += 1
    const context: DecideContext<Config> = {
      ...around,
      sender: who === undefined ? 'facilitator' : 'participant',
      author: who === undefined ? FACILITATORS : viewer(who).author,
      tag: (scope) => tagOf(who ?? FACILITATORS, scope),
      now: commands * 1_000,
      seed: `seed-${commands}`,
      id: `id-${commands}`,
    }
    const decision = kind.decide(it.state, command, context)
    if ('refused' in decision) return decision.refused
    for (const event of decision.events) {
      kind.evolve(it.state, event)
      it.events.push(event)
    }
    return undefined
  }
  const it: Stage<Config, State, Command, Event, V> = {
    state: kind.start(config),
    events: [],
    around,
    person: (name, command) => ask(name, command),
    facilitator: (command) => ask(undefined, command),
    viewer,
    author: (name) => viewer(name).author,
    view: (audience) => kind.views[audience](it.state, around) as never,
    mine: (name) => kind.views.mine(it.state, viewer(name), around),
  }
  return it
}
