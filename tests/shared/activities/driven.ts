/** Any kind, driven by any moves: what the contract suite looks at afterwards. */
import { FACILITATORS, type Activity, type Author, type DecideContext, type Decision, type ReportContext, type Surroundings } from '#shared/activities/activity.ts'
import type { Command } from '../../support/line.ts'
import { tagOf } from '../../support/stage.ts'

/** Ids that stand nowhere else, so that one can look for them. */
export const PEOPLE = ['person-Ana', 'person-Ben', 'person-Chus', 'person-Dia', 'person-Eli', 'person-Fay']
/** Is there, and sends nothing. */
export const STRANGER = 'person-Nil'
const EVERYBODY = [...PEOPLE, STRANGER]

export type Move = { by: string; command: Command } | { command: Command } | 'next' | 'back'
type Config = unknown
type Event = { type: string }
type View = [audience: string, view: unknown]

export class Driven {
  readonly events: Event[] = []
  /** Whether the last "next" or "back" moved within the step. */
  moved = false
  state: unknown
  readonly kind: Activity
  readonly around: Surroundings<Config>
  #log: string[] = []
  #commands = 0
  #texts = new Map<string, string>()

  constructor(kind: Activity, around: Surroundings<Config>, state: unknown) {
    this.kind = kind
    this.around = around
    this.state = state
  }

  author(who: string): Author {
    return this.around.anonymous ? tagOf(who, this.around.step) : who
  }

  /** What would follow, from the state as it is. */
  decide(move: Move): Decision<Event> {
    if (move === 'next' || move === 'back') {
      const event = this.kind[move]?.(this.state, this.around)
      return { events: event === undefined ? [] : [event] }
    }
    const by = 'by' in move ? move.by : undefined
    const may = (this.kind.may as Record<string, readonly string[]>)[move.command.type] ?? []
    if (!may.includes(by === undefined ? 'facilitator' : 'participant')) return { refused: 'not-permitted' }
    return this.kind.decide(this.state, this.#marked(move.command, by), this.#context(by))
  }

  /** Lets it happen. Returns whose own views an event of it named. */
  take(move: Move): string[] {
    const decision = this.decide(move)
    this.#commands += 1
    this.moved = false
    if ('refused' in decision) return []
    this.moved = decision.events.length > 0
    const by = typeof move === 'object' && 'by' in move ? move.by : undefined
    for (const text of this.#new(move, by)) this.#texts.set(text, by ?? '')
    const touched = new Set<string>()
    for (const event of decision.events) {
      this.#log.push(JSON.stringify(event))
      this.events.push(event)
      this.kind.evolve(this.state, event)
      const authors = this.kind.touches(event)
      for (const who of EVERYBODY) if (authors === 'all' || authors.some((author) => isOf(author, who))) touched.add(who)
    }
    return [...touched]
  }

  /** The events as they were when they happened: as a log holds them. */
  log(): string {
    return `[${this.#log.join(',')}]`
  }

  mine(who: string): unknown {
    return this.kind.views.mine(this.state, { author: this.author(who), tag: (scope) => tagOf(who, scope) }, this.around)
  }

  sharedViews(): View[] {
    const { facilitator, screen, everyone, standing, standingForFacilitators } = this.kind.views
    return Object.entries({ facilitator, screen, everyone, standing, standingForFacilitators }).map(([audience, view]) => [audience, view?.(this.state, this.around)])
  }

  views(): View[] {
    return [...this.sharedViews(), ...EVERYBODY.map((who): View => [`mine of ${who}`, this.mine(who)])]
  }

  reports(): View[] {
    return (['en', 'es'] as const).flatMap((lang): View[] => {
      const around: ReportContext<Config> = { ...this.around, lang }
      return [[`report in ${lang}`, this.kind.report(this.state, around)], [`record in ${lang}`, this.kind.record?.(this.state, around)]]
    })
  }

  /** Every name that a log could have for anybody here. */
  authors(): string[] {
    return EVERYBODY
  }

  textsOf(people: readonly string[]): string[] {
    return [...this.#texts].filter(([, by]) => people.includes(by)).map(([text]) => text)
  }

  textsOfOthers(who: string): string[] {
    return this.textsOf(EVERYBODY.filter((other) => other !== who))
  }

  copy(): Driven {
    return this.#with(structuredClone(this.state))
  }

  /** The same, as if all of it had been written in another order. */
  reversed(): Driven {
    return this.#with(backwards(this.state))
  }

  sealed(): Driven {
    return this.#with(this.kind.seal(structuredClone(this.state), 'sealed'))
  }

  #with(state: unknown): Driven {
    const other = new Driven(this.kind, this.around, state)
    other.#texts = this.#texts
    return other
  }

  #context(by: string | undefined): DecideContext<Config> {
    const n = this.#commands + 1
    return {
      ...this.around,
      sender: by === undefined ? 'facilitator' : 'participant',
      author: by === undefined ? FACILITATORS : this.author(by),
      tag: (scope) => tagOf(by ?? FACILITATORS, scope),
      now: n * 1_000,
      seed: `seed-${n}`,
      id: `id-${n}`,
    }
  }

  /** The command with words in it that nobody else sends, so that one can look for them. */
  #marked(command: Command, by: string | undefined): Command {
    return by !== undefined && typeof command['text'] === 'string' ? { ...command, text: this.#word(by) } : command
  }

  #word(by: string): string {
    return `word ${this.#commands + 1} of ${by.slice(-3)}`
  }

  #new(move: Move, by: string | undefined): string[] {
    return typeof move === 'object' && by !== undefined && typeof move.command['text'] === 'string' ? [`word ${this.#commands} of ${by.slice(-3)}`] : []
  }
}

/** A step of this kind with people in pairs around it, before anything has happened. */
export function drive(kind: Activity, config: unknown, anonymous: boolean): Driven {
  const steps = {
    step: { order: 0, kind: kind.kind, title: { en: 'The step', es: 'El paso' }, started: true, over: false, place: 'pairs' },
    other: { order: 1, kind: 'welcome', title: { en: 'Another', es: 'Otro' }, started: false, over: false },
  }
  const around: Surroundings<Config> = {
    config,
    step: 'step',
    title: steps.step.title,
    anonymous,
    k: 3,
    steps,
    currentStep: 'step',
    departments: { safety: { order: 0, name: { en: 'Safety', es: 'Seguridad' } } },
    nameOf: (author) => (PEOPLE.includes(author) ? `Name ${author.slice(-3)}` : undefined),
    departmentOf: (author) => (PEOPLE.includes(author) ? 'safety' : undefined),
    numberOf: (author) => (EVERYBODY.includes(author) ? EVERYBODY.indexOf(author) : undefined),
    stateOf: () => undefined,
  }
  if (!anonymous) {
    around.groups = { one: { order: 0, members: PEOPLE.slice(0, 3) }, two: { order: 1, members: PEOPLE.slice(3) } }
  }
  return new Driven(kind, around, kind.start(config))
}

/** Whether a log means this person by that name: their id, or their tag in any scope. */
function isOf(author: Author, who: string): boolean {
  return author === who || author.endsWith(tagOf(who, '').slice('tag<'.length))
}

/** A copy with the keys of every map the other way round. Lists stay: their order is meant. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, backwards(inner)]))
}
