/** What a client might ask of the session itself, by the command's type: a new command does not compile without its asker. */
import type { Random } from '#shared/random.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import { CALLS, SCREEN_SHOWS } from '#shared/session/model.ts'
import type { FacilitatorView } from '#shared/session/views/types.ts'
import type { Command } from '../support/line.ts'
import type { Seen } from './generator.ts'

type Type = SessionCommand['type']
type Phone = Extract<Seen, { door: 'phone' }>
type Console = { door: 'console'; view: FacilitatorView } & Pick<Extract<Seen, { door: 'console' }>, 'plan'>
/** Undefined: there is nothing on show that it could be about. */
type Asker =
  | { from: 'phone'; weight: number; ask: (dice: Random, seen: Phone) => Command | undefined }
  | { from: 'console'; weight: number; ask: (dice: Random, seen: Console) => Command | undefined }

const MINUTE = 60_000
/** What a server calls what is made. */
const MADE_BY_SERVER = /^[\w-]{12}$/u
/** One in so many facilitators does not say what they saw. */
const BLIND = 4

const one = <T>(dice: Random, of: readonly T[]): T => of[dice.below(of.length)] as T
const lead = (weight: number, ask: (dice: Random, seen: Console) => Command | undefined): Asker => ({ from: 'console', weight, ask })
const person = (weight: number, ask: (dice: Random, seen: Phone) => Command | undefined): Asker => ({ from: 'phone', weight, ask })
const flow = (dice: Random, { view }: Console) => (dice.below(BLIND) === 0 ? {} : { flow: view.flow })
const somebody = (dice: Random, { view }: Console) => one(dice, Object.keys(view.people)) as string | undefined
/** Somebody at the door; now and then somebody who is in by now. */
const newcomer = (dice: Random, { view }: Console) => one(dice, Object.keys(dice.below(10) === 0 ? view.people : (view.waiting ?? {}))) as string | undefined
const grouping = (dice: Random, { plan }: Console) => (dice.below(2) === 0 ? {} : { grouping: one(dice, Object.keys(plan.groupings)) })
const group = (dice: Random, { view }: Console) => one(dice, Object.keys(view.groups?.groups ?? {})) as string | undefined

/** Ending is left to who drives: nothing happens after it. */
export const sessionAskers: Record<Type, Asker> = {
  'session.open': lead(0, () => ({ type: 'session.open' })),
  'session.start': lead(0, () => ({ type: 'session.start' })),
  'session.end': lead(0, () => ({ type: 'session.end' })),
  'plan.change': lead(2, changedPlan),
  'flow.next': lead(4, (dice, seen) => ({ type: 'flow.next', ...flow(dice, seen) })),
  'flow.back': lead(2, (dice, seen) => ({ type: 'flow.back', ...flow(dice, seen) })),
  'flow.goto': lead(4, (dice, seen) => ({ type: 'flow.goto', step: one(dice, Object.keys(seen.view.run)), ...flow(dice, seen) })),
  'step.lock': lead(2, (dice, { view }) => ({ type: 'step.lock', step: one(dice, Object.keys(view.run)), locked: dice.below(3) === 0 })),
  'timer.start': lead(2, (dice) => ({ type: 'timer.start', total: one(dice, [0, 2_000, MINUTE]) })),
  'timer.add': lead(1, (dice) => ({ type: 'timer.add', more: one(dice, [MINUTE, -MINUTE, 5_000]) })),
  'timer.pause': lead(8, (_dice, { view }) => (view.timer === undefined || 'left' in view.timer ? undefined : { type: 'timer.pause' })),
  'timer.resume': lead(30, (_dice, { view }) => (view.timer === undefined || 'ends' in view.timer ? undefined : { type: 'timer.resume' })),
  'timer.clear': lead(1, () => ({ type: 'timer.clear' })),
  'pause.set': lead(2, (dice) => ({ type: 'pause.set', paused: dice.below(2) === 0 })),
  'screen.show': lead(2, (dice) => ({ type: 'screen.show', shows: one(dice, SCREEN_SHOWS) })),
  'doors.lock': lead(0.5, (dice) => ({ type: 'doors.lock', locked: dice.below(4) === 0 })),
  'doors.guard': lead(2, (dice) => ({ type: 'doors.guard', guarded: dice.below(3) > 0 })),
  'doors.cap': lead(0.3, (dice, { view }) => ({ type: 'doors.cap', most: one(dice, [Math.max(1, Object.keys(view.people).length), 40, 1_000]) })),
  'person.admit': lead(4, (dice, seen) => naming('person.admit', { person: newcomer(dice, seen) })),
  'person.defer': lead(2, (dice, seen) => naming('person.defer', { person: newcomer(dice, seen) })),
  'people.admit': lead(2, (_dice, { view }) => (view.waiting === undefined ? undefined : { type: 'people.admit' })),
  'people.defer': lead(1, (_dice, { view }) => (view.waiting === undefined ? undefined : { type: 'people.defer' })),
  'person.remove': lead(0.3, (dice, seen) => naming('person.remove', { person: somebody(dice, seen) })),
  'person.merge': lead(0.5, (dice, seen) => naming('person.merge', { person: somebody(dice, seen), into: somebody(dice, seen) })),
  'person.place': person(1, (dice, { view }) => naming('person.place', { department: one(dice, Object.keys(view?.departments ?? {})) })),
  'post.erase': lead(2, (dice, { view }) => naming('post.erase', { step: view.step?.id, id: one(dice, madeIn(view.step?.activity)) })),
  'person.erase': lead(0.2, (dice, seen) => naming('person.erase', { person: somebody(dice, seen) })),
  'own.erase': person(0.1, () => ({ type: 'own.erase' })),
  'call.raise': person(2, (dice) => ({ type: 'call.raise', what: one(dice, CALLS) })),
  'call.answer': lead(2, (dice, { view }) => naming('call.answer', { call: one(dice, Object.keys(view.calls)) })),
  'groups.form': lead(3, (dice, seen) => ({
    type: 'groups.form', ...grouping(dice, seen),
    ...one<object>(dice, [{}, {}, { rest: true }, { size: 3 }, { how: 'departments' }, { how: 'random', size: 2 }]),
  })),
  'groups.move': lead(2, (dice, seen) => naming('groups.move', { ...grouping(dice, seen), person: somebody(dice, seen), group: one(dice, [group(dice, seen) ?? 'new', 'new', 'none']) })),
  'groups.dissolve': lead(0.5, (dice, seen) => ({ type: 'groups.dissolve', ...one<object>(dice, [grouping(dice, seen), group(dice, seen) === undefined ? {} : { group: group(dice, seen) }]) })),
  'groups.tell': lead(1, (dice, seen) => ({ type: 'groups.tell', text: one(dice, ['a word to all', '']), ...grouping(dice, seen), ...one<object>(dice, [{}, group(dice, seen) === undefined ? {} : { group: group(dice, seen) }]) })),
  'groups.recall': lead(2, (dice, seen) => ({ type: 'groups.recall', ...grouping(dice, seen), ...one<object>(dice, [{}, { after: 0 }, { after: 3_000 }]) })),
  'groups.unrecall': lead(8, (_dice, { view }) => (view.groups?.recall === undefined ? undefined : { type: 'groups.unrecall' })),
  'groups.answer': lead(10, (dice, { view }) => naming('groups.answer', { group: one(dice, Object.entries(view.groups?.groups ?? {}).flatMap(([id, { help }]) => (help ? [id] : []))) })),
  'groups.apart': lead(1, (dice, seen) => naming('groups.apart', { a: somebody(dice, seen), b: somebody(dice, seen), apart: dice.below(3) > 0 })),
  'groups.pair': person(4, (dice, { view, mine }) => (view?.groupWork === undefined ? undefined : { type: 'groups.pair', number: 10 + dice.below(10 + (mine?.groups?.number ?? 0) - 10) })),
  'groups.leave': inGroup(1, () => ({ type: 'groups.leave' })),
  'groups.stay': inGroup(1, (dice) => ({ type: 'groups.stay', stays: dice.below(3) === 0 })),
  'groups.other': inGroup(2, () => ({ type: 'groups.other' })),
  'groups.help': inGroup(3, (dice) => ({ type: 'groups.help', asks: dice.below(3) > 0 })),
}

/** Something that this client may ask of the session now, the frequent more often; undefined where there is nothing. */
export function askSession(dice: Random, seen: Seen): Command | undefined {
  const { view } = seen
  if (view === undefined) return undefined
  if (seen.door === 'console' && view.phase === 'draft') return { type: 'session.open' }
  if (seen.door === 'console' && view.phase === 'open') return { type: 'session.start' }
  const askers = Object.values(sessionAskers).filter(({ from }) => from === seen.door)
  let at = dice.below(1_000) / 1_000 * askers.reduce((sum, { weight }) => sum + weight, 0)
  const asker = askers.find(({ weight }) => (at -= weight) < 0)
  if (asker === undefined) return undefined
  return asker.from === 'console' ? asker.ask(dice, seen as Console) : asker.ask(dice, seen as Phone)
}

/** Ids of what was made here, as a view has them: the keys of its maps. */
export function madeIn(view: unknown): string[] {
  if (typeof view !== 'object' || view === null) return []
  return Object.entries(view).flatMap(([key, inner]) => [...(MADE_BY_SERVER.test(key) && (typeof inner === 'object' || inner === true) ? [key] : []), ...madeIn(inner)])
}

/** One certain command of the session, if this client may ask it and has anything to ask it about. */
export function askFor(dice: Random, seen: Seen, type: string): Command | undefined {
  const asker = sessionAskers[type as Type]
  if (asker.from !== seen.door || seen.view === undefined) return undefined
  return asker.from === 'console' ? asker.ask(dice, seen as Console) : asker.ask(dice, seen as Phone)
}

function inGroup(weight: number, ask: (dice: Random) => Command): Asker {
  return person(weight, (dice, { view }) => (view?.groupWork === undefined ? undefined : ask(dice)))
}

/** A command whose fields are all there. */
function naming(type: Type, fields: Record<string, unknown>): Command | undefined {
  return Object.values(fields).includes(undefined) ? undefined : { type, ...fields }
}

/** A plan as an editor might send it: mostly what is allowed on the day, sometimes what is not. */
function changedPlan(dice: Random, { plan: held, view }: Console): Command | undefined {
  const plan = structuredClone(held)
  const step = plan.steps[one(dice, Object.keys(plan.steps))]
  if (step === undefined) return undefined
  switch (dice.below(6)) {
    case 0:
      step.minutes = dice.below(60)
      break
    case 1:
      step.title = { en: `Title ${dice.below(100)}` }
      break
    case 2:
      step.anonymous = !step.anonymous
      break
    case 3:
      if (step !== plan.steps[view.step?.id ?? '']) step.hidden = step.hidden !== true
      break
    case 4:
      plan.k = 3 + dice.below(2)
      break
    default:
      plan.naming = one(dice, ['none', 'first', 'full'] as const)
  }
  return { type: 'plan.change', plan }
}
