/**
 * A stream of anonymous answers, edits, withdrawals, reveals, veils and changes of the plan in one step of one kind, and what a public
 * surface shows meanwhile. Beside the session runs its shadow, in which what the last one or two people did has not happened: as long
 * as there are no three of them, nobody may be able to tell the two apart.
 */
import fc from 'fast-check'
import { kindOf, type Kind } from '#shared/activities/registry.ts'
import type { Random } from '#shared/random.ts'
import { decideActivity, decideSession } from '#shared/session/decide.ts'
import { evolve } from '#shared/session/evolve.ts'
import { sealing } from '#shared/session/flow.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { everyoneView, facilitatorView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { arbitraries, planWith } from '../support/kinds.ts'
import type { Command } from '../support/line.ts'
import { tagOf } from '../support/stage.ts'
import { one } from './quiet-room.ts'

/** Fewer than these are nobody's crowd. */
export const CROWD = 3
const SAMPLES = 400
const NOW = 1_800_000_000_000

/** Kinds in which people act without a name. A talk's turns are places in a group. */
export const anonymousKinds = arbitraries.flatMap(({ kind }): Kind[] => (kind !== 'talk' && Object.values(kindOf(kind)?.may ?? {}).some((may) => may.includes('participant')) ? [kind] : []))

const pools = new Map(arbitraries.map(({ kind, participant, facilitator }, i) => [kind, {
  participant: fc.sample(participant, { seed: 2 * i + 1, numRuns: SAMPLES }),
  facilitator: fc.sample(facilitator, { seed: 2 * i + 2, numRuns: SAMPLES }),
}]))

/** What one who looks on has before them: one screen, or a file. */
export const SURFACES = {
  console: (state: SessionState): unknown => facilitatorView(state),
  phones: (state: SessionState): unknown => everyoneView(state),
  screen: (state: SessionState): unknown => screenView(state),
  notes: (state: SessionState): unknown => notesToSend(state, 'en'),
  record: (state: SessionState): unknown => facilitatorRecord(state, NOW, 'es'),
}
export type Surface = keyof typeof SURFACES

export type Deed = { by: number; do: Command } | { by: 'console'; do: Command; session?: true }

function planOfStream(kind: Kind, k: number): Plan {
  const plan = planWith(kind, { anonymous: true })(structuredClone(smartGoals))
  const step = plan.steps['step']
  if (step === undefined) throw new Error('no step')
  const next = arbitraries.find((each) => each.kind === 'welcome')
  plan.steps = { step, after: { ...step, order: 1, activity: { kind: 'welcome', config: next?.config } } }
  plan.k = k
  return plan
}

export class Stream {
  readonly kind: Kind
  state: SessionState
  #shadow: SessionState | undefined
  /** What the shadow shows. */
  #looked: string | undefined
  /** Who did something that the shadow does not have, or that the product has not shown yet. */
  #pending = new Set<number>()
  readonly #shown: (state: SessionState) => string
  #deeds = 0
  /** What was made, and by whom. */
  readonly made = new Map<string, number>()

  constructor(kind: Kind, k: number, surfaces: readonly Surface[]) {
    this.kind = kind
    this.state = emptySession('session', planOfStream(kind, k))
    this.#shown = (state) => JSON.stringify(surfaces.map((surface) => SURFACES[surface](state)))
    this.console({ type: 'session.start' })
    this.#catchUp()
  }

  /** What somebody might do next. */
  draw(dice: Random, people: number): Deed {
    const pool = pools.get(this.kind)
    const draw = dice.below(20)
    const k = this.state.plan.k
    if (draw === 0) return { by: 'console', session: true, do: { type: 'plan.change', plan: { ...this.state.plan, k: Math.min(20, Math.max(3, k + one(dice, [-1, 1, 1, 2]))) } } }
    if (draw === 1) return { by: 'console', session: true, do: { type: 'flow.goto', step: this.state.current === 'step' ? 'after' : 'step' } }
    if (draw < 5 || people === 0) return { by: 'console', do: this.#about(dice, one(dice, pool?.facilitator ?? [])) }
    const by = dice.below(people)
    return { by, do: this.#about(dice, one(dice, pool?.participant ?? []), by) }
  }

  /** Lets it happen; says what is wrong with it, if anything is. "nothing": nothing happened. */
  take(deed: Deed): string | undefined {
    this.#deeds += 1
    if (deed.by === 'console') {
      const [drawn, left] = [this.#hasSky, this.#left]
      const happened = this.#do(this.state, deed)
      if (this.#shadow !== undefined) this.#do(this.#shadow, deed)
      this.#looked = undefined
      if (happened === 0) return this.#compare()
      // The first sky, and the first strip of moments, are of all who have answered: nothing was shown that they could be held against.
      if ((this.#hasSky && !drawn) || (this.#left > left && this.kind === 'moments')) this.#catchUp()
      return this.#compare()
    }
    if (this.#shadow === undefined) this.#catchUp()
    if (this.#do(this.state, deed) === 0) return 'nothing'
    this.made.set(`id-${this.#deeds}`, deed.by)
    this.#pending.add(deed.by)
    if (this.#pending.size < CROWD) return this.#compare()
    this.#shadow = undefined
    return undefined
  }

  #compare(): string | undefined {
    if (this.#shadow === undefined) return undefined
    this.#looked ??= this.#shown(this.#shadow)
    return this.#looked === this.#shown(this.state) ? undefined : `what ${[...this.#pending].join(' and ')} did can be seen`
  }

  console(command: Command): void {
    this.#do(this.state, { by: 'console', do: command, session: true })
  }

  /** The session ends, and is sealed. */
  end(): void {
    this.console({ type: 'session.end' })
    for (const event of sealing(this.state, 'seal')) evolve(this.state, event, NOW)
  }

  /** How many steps the room has left. */
  get #left(): number {
    return Object.values(this.state.steps).filter((run) => run.left === true).length
  }

  get #hasSky(): boolean {
    return (this.state.steps['step']?.state as { shown?: unknown }).shown !== undefined
  }

  #do(state: SessionState, deed: Deed): number {
    const { by, do: command } = deed
    const name = by === 'console' ? undefined : `p${by}`
    const context = { sender: by === 'console' ? 'facilitator' as const : 'participant' as const, ...(name === undefined ? {} : { person: name }), tag: (scope: string) => tagOf(name ?? '', scope), now: NOW, seed: `seed-${this.#deeds}`, id: `id-${this.#deeds}` }
    const decision = 'session' in deed ? decideSession(state, command as never, context) : decideActivity(state, 'step', command, context)
    if ('refused' in decision) return 0
    for (const event of decision.events) evolve(state, event, NOW)
    return decision.events.length
  }

  /** From here on the shadow knows what has happened; those whose deeds have not been shown yet may still be, with others'. */
  #catchUp(): void {
    this.#pending.clear()
    for (const waiting of unsettled(this.state.steps['step']?.state)) {
      const author = /\|p(\d+)>/u.exec(waiting)?.[1] ?? this.made.get(waiting)
      if (author !== undefined) this.#pending.add(Number(author))
    }
    // With three of them whatever comes next may show.
    this.#shadow = this.#pending.size < CROWD ? copy(this.state) : undefined
    this.#looked = undefined
  }

  #about(dice: Random, command: Command, by?: number): Command {
    if (typeof command['id'] !== 'string') return command
    const ids = [...this.made.keys()]
    const own = by === undefined ? [] : ids.filter((id) => this.made.get(id) === by)
    return { ...command, id: one(dice, own.length > 0 && dice.below(3) > 0 ? own : ids.length > 0 ? ids : ['gone']) }
  }
}

/** Tags, and ids of cards, of what has been done and waits for others. */
function unsettled(state: unknown): string[] {
  if (typeof state !== 'object' || state === null) return []
  return Object.entries(state).flatMap(([key, inner]) =>
    key === 'changed' || key === 'waiting' || key === 'changes' ? Object.keys(inner as object) : unsettled(inner),
  )
}

function copy(state: SessionState): SessionState {
  // What the plan holds never changes in place.
  const { plan, ...rest } = state
  return { ...structuredClone(rest), plan }
}
