/**
 * What somebody might do next, given what their client shows: every command of every registered kind, by the kind's own
 * arbitrary (tests/shared/activities/<kind>/arbitrary.ts), and every command of the session. Seeded: the same dice and the
 * same view make the same act. It knows nothing of networks: tests/model drives clients on a virtual one with it, and any
 * other test may drive clients on a real one.
 *
 *     const dice = random(`chaos/${seed}`)                                   // #shared/random.ts
 *     const plan = planFor(random(`plan/${seed}`), smartGoals)               // a session of every kind
 *     const coverage = new Coverage()
 *     const asked = nextAct(dice, { door: 'phone', view: line.view('everyone'), mine: line.view('mine') }, () => `w${(count += 1)}z`)
 *     if (asked !== undefined) coverage.count(asked, kindIn(seen, asked.step), await line.act(asked.step, asked.do))
 *     expect(coverage.missing()).toEqual([])                                 // every command accepted at least once
 *
 * A console shows its `facilitator` view and, to change the plan, the plan that it last saw. What people write begins with a
 * mark of its own, so that it can be found again in logs, views and notes.
 */
import fc from 'fast-check'
import { kindOf } from '#shared/activities/registry.ts'
import type { Random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import { sessionCommands } from '#shared/session/commands.ts'
import type { EveryoneView, FacilitatorView, MineView } from '#shared/session/views/types.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { arbitraries, planOf } from '../support/kinds.ts'
import type { Command } from '../support/line.ts'
import { askFor, askSession, madeIn, sessionAskers } from './session-acts.ts'

export type Seen =
  | { door: 'phone'; view: EveryoneView | undefined; mine: MineView | undefined }
  | { door: 'console'; view: FacilitatorView | undefined; plan: Plan }

export interface Asked {
  /** Absent: the session itself. */
  step?: string
  do: Command
}

/** Different commands of one kind and type that are drawn from: enough that all fields take all their values. */
const SAMPLES = 300
/** So many times another command is drawn where nothing is on show that the first could be about. */
const TRIES = 5
/** One in so many acts is sent although this role may not. */
const FORBIDDEN = 25
/** What arbitraries call things that a step has made. */
const MADE = /^id-\d+$/u
/** Fields in which people write. */
const WORDS = ['text', 'note'] as const
/** Commands that take something back, by what a view then shows: sent mostly where there is something to take back. */
const UNDOES: Readonly<Record<string, string>> = { unspotlight: 'spotlight', unhide: 'hidden', unpark: 'parked', unshow: 'shown' }
const LONGEST = 40

/** Commands of each kind, by who sends them and by type, sampled once for all. */
const pools = new Map(
  arbitraries.map(({ kind, participant, facilitator }, i) => [
    kind as string,
    { phone: byType(fc.sample(participant, { seed: 2 * i + 1, numRuns: SAMPLES })), console: byType(fc.sample(facilitator, { seed: 2 * i + 2, numRuns: SAMPLES })) },
  ]),
)

/** What this client might do next; undefined where it can do nothing (no view yet, a session that is over). */
export function nextAct(dice: Random, seen: Seen, mark: () => string): Asked | undefined {
  const { view } = seen
  if (view === undefined || view.phase === 'ended') return undefined
  const session = view.step === undefined || dice.below(20) < (seen.door === 'phone' ? 4 : 8)
  if (session) {
    const asked = askSession(dice, seen)
    if (asked !== undefined) return { do: written(asked, mark) }
  }
  const step = stepFor(dice, seen)
  const kind = kindIn(seen, step)
  if (step === undefined || kind === undefined) return undefined
  for (let i = 0; i < TRIES; i += 1) {
    const command = commandFor(dice, seen, step, kind)
    if (command !== undefined) return { step, do: written(command, mark) }
  }
  return undefined
}

/** One certain command, as `everything` names it, if this client has anything to say it about. */
export function actOf(dice: Random, seen: Seen, name: string, mark: () => string): Asked | undefined {
  const at = name.indexOf('/')
  const [kind, type] = [name.slice(0, at), name.slice(at + 1)]
  if (seen.view === undefined) return undefined
  const command = kind === 'session' ? askFor(dice, seen, type) : commandFor(dice, seen, kind, kind, type)
  if (command === undefined) return undefined
  return kind === 'session' ? { do: written(command, mark) } : { step: kind, do: written(command, mark) }
}

/** The kind of a step, as this client knows it. */
function kindIn(seen: Seen, step: string | undefined): string | undefined {
  const { view } = seen
  if (view === undefined || step === undefined) return undefined
  if (view.step?.id === step) return view.step.kind
  return 'run' in view ? view.run[step]?.kind : view.standing[step]?.kind
}

/** A session with a step of every registered kind, half of them anonymous, with talks in one of the groupings. */
export function planFor(dice: Random, shipped: Plan): Plan {
  const plan = planOf(shipped, () => dice.below(2) === 0)
  plan.naming = (['none', 'first', 'full'] as const)[dice.below(3)] ?? 'none'
  plan.groupings = {
    partners: { order: 0, how: 'random', size: 2 },
    pairs: { order: 1, how: 'neighbours', size: 2 },
    tables: { order: 2, how: 'departments', size: 4 },
    hand: { order: 3, how: 'hand', size: 3 },
  }
  for (const step of Object.values(plan.steps)) if (dice.below(4) === 0) step.place = Object.keys(plan.groupings)[dice.below(4)] ?? 'partners'
  if (plan.steps.talk !== undefined) plan.steps.talk.place = Object.keys(plan.groupings)[dice.below(4)] ?? 'partners'
  return plan
}

function stepFor(dice: Random, { door, view, ...seen }: Seen): string | undefined {
  if (view?.step !== undefined && dice.below(6) > 0) return view.step.id
  const begun =
    'run' in (view ?? {}) ? begunIn(view as FacilitatorView) : Object.keys(view?.standing ?? {})
  const known = 'mine' in seen && door === 'phone' ? [...new Set([...begun, ...Object.keys(seen.mine?.steps ?? {})])] : begun
  return pick(dice, known) ?? view?.step?.id
}

function begunIn(view: FacilitatorView): string[] {
  return Object.entries(view.run).flatMap(([id, { spent }]) => (spent === undefined ? [] : [id]))
}

function commandFor(dice: Random, seen: Seen, step: string, kind: string, wanted?: string): Command | undefined {
  const pool = pools.get(kind)?.[seen.door] ?? {}
  const may = kindOf(kind)?.may as Record<string, readonly string[]> | undefined
  const role = seen.door === 'phone' ? 'participant' : 'facilitator'
  const types = Object.keys(pool).filter((type) => (may?.[type]?.includes(role) === true || dice.below(FORBIDDEN) === 0) && isThere(type, seen, step))
  if (wanted === undefined && types.includes('reveal') && seen.view?.step?.id === step && deep(seen.view.step.activity, 'revealed') === false && dice.below(3) === 0) return { type: 'reveal' }
  const undoing = types.filter((type) => type in UNDOES)
  const drawn = pick(dice, pool[wanted ?? pick(dice, undoing.length > 0 && dice.below(3) === 0 ? undoing : types) ?? ''] ?? [])
  if (drawn === undefined) return undefined
  const command: Command = { ...drawn }
  const own = seen.door === 'phone' ? madeIn(seen.mine?.steps[step]) : []
  const shown = [...madeIn(seen.view?.step?.id === step ? seen.view.step.activity : undefined), ...madeIn(seen.view?.standing[step]?.view)]
  for (const [field, value] of Object.entries(command)) {
    if (typeof value !== 'string' || !MADE.test(value)) continue
    const ids = own.length > 0 && (shown.length === 0 || dice.below(2) === 0) ? own : shown
    const id = pick(dice, ids)
    if (id === undefined && dice.below(10) > 0) return undefined
    command[field] = id ?? 'gone'
  }
  if ('step' in command && 'run' in (seen.view ?? {})) command.step = pick(dice, worthShowing(seen.view as FacilitatorView, step)) ?? command.step
  if (typeof command.seen === 'number' && dice.below(4) > 0) command.seen = versionOf(command, seen.view?.step?.activity)
  return command
}

/** Steps that a command may name: those of which the view has something to show, else all that have begun. */
function worthShowing(view: FacilitatorView, step: string): string[] {
  const told = Object.entries((deep(view.standing[step]?.view, 'steps') ?? {}) as Record<string, object>)
  const rich = told.filter(([, of]) => 'strip' in of).map(([id]) => id)
  return rich.length > 0 ? rich : begunIn(view)
}

function isThere(type: string, { view }: Seen, step: string): boolean {
  const key = UNDOES[type]
  return key === undefined || deep(view?.step?.id === step ? view.step.activity : view?.standing[step]?.view, key) !== undefined
}

/** How many changes the view tells of what a command is about: a node, or a criterion of a goal. */
function versionOf({ node, goal, criterion }: Command, activity: unknown): number {
  const path = [...(typeof node === 'string' ? node.split('.') : []), goal, criterion].filter((part) => typeof part === 'string')
  const found = path.reduce<unknown>((inner, key) => deep(inner, key), activity) as { version?: number } | undefined
  return found?.version ?? 0
}

function deep(view: unknown, key: string): unknown {
  if (typeof view !== 'object' || view === null) return undefined
  if (Object.hasOwn(view, key)) return (view as Record<string, unknown>)[key]
  for (const inner of Object.values(view)) {
    const found = deep(inner, key)
    if (found !== undefined) return found
  }
  return undefined
}

/** The same with a mark at the beginning of what is written. */
function written(command: Command, mark: () => string): Command {
  const out = { ...command }
  for (const field of WORDS) {
    const words = out[field]
    if (typeof words === 'string' && words !== '') out[field] = Array.from(`${mark()} ${words}`).slice(0, LONGEST).join('').trim()
  }
  return out
}

/** What was accepted of all that there is to ask. */
export class Coverage {
  #sent = new Map<string, number>()
  #accepted = new Map<string, number>()

  /** Counts an act and its answer; `kind` of its step, as the one who sent it knows it. */
  count({ step, do: { type } }: Asked, kind: string | undefined, answer: Answer): void {
    const name = step === undefined ? `session/${type}` : `${kind ?? '?'}/${type}`
    this.#sent.set(name, (this.#sent.get(name) ?? 0) + 1)
    if (answer.ok) this.#accepted.set(name, (this.#accepted.get(name) ?? 0) + 1)
  }

  /** Commands that were never accepted, by kind: with one of them the generator does not drive all that there is. */
  missing(): string[] {
    return everything().filter((name) => !this.#accepted.has(name))
  }

  /** A line each: accepted of sent. */
  table(): string {
    return everything().map((name) => `${name.padEnd(28)} ${String(this.#accepted.get(name) ?? 0).padStart(7)} of ${String(this.#sent.get(name) ?? 0).padStart(7)}`).join('\n')
  }
}

/** Every command of the session and of each registered kind. */
export function everything(): string[] {
  const ofKinds = arbitraries.flatMap(({ kind }) => Object.keys(kindOf(kind)?.commands ?? {}).map((type) => `${kind}/${type}`))
  return [...Object.keys(sessionCommands).map((type) => `session/${type}`), ...ofKinds]
}

/** Session commands that nobody can draw. A test says so: the compiler has seen to most. */
export function undrawn(): string[] {
  return Object.keys(sessionCommands).filter((type) => !Object.hasOwn(sessionAskers, type))
}

export function pick<T>(dice: Random, of: readonly T[]): T | undefined {
  return of[dice.below(of.length)]
}

function byType(commands: readonly Command[]): Record<string, Command[]> {
  const types: Record<string, Command[]> = {}
  for (const command of commands) (types[command.type] ??= []).push(command)
  return types
}
