/** F5, F53: numbers about anonymous people, in streams of whatever people and facilitators may do. */
import { expect, test } from 'vitest'
import { kindOf, kinds } from '#shared/activities/registry.ts'
import { isCompany } from '#shared/activities/cards/release.ts'
import type { CardsState } from '#shared/activities/cards/model.ts'
import type { CheckInState } from '#shared/activities/check-in/model.ts'
import { random, type Random } from '#shared/random.ts'
import { thresholdOf } from '#shared/session/anonymous.ts'
import { around as aroundStep } from '#shared/session/around.ts'
import { screenView } from '#shared/session/views/views.ts'
import { shareOf } from '../torture/share.ts'
import { one } from './quiet-room.ts'
import { anonymousKinds, CROWD, Stream, SURFACES, type Deed, type Surface } from './stream.ts'

const share = shareOf('thresholds')
const MOST = 40
/** What counts people, in views and in what is kept. Places, pages, inks and tenths don't. */
const COUNTS = /\.(echoes|told|people|wrote|answered)$/u
/** Kinds with cards on a wall. */
const WALLS = Object.keys(kinds).filter((kind) => 'reveal' in (kindOf(kind)?.commands ?? {}) && 'write' in (kindOf(kind)?.commands ?? {}))

type Seen = Record<string, unknown>
interface Watch {
  /** Who has done something about a number since it moved last. */
  since: Map<string, Set<number>>
}

/** Everything is looked at now and then, one surface most of the time: two that are told apart are told apart in either. */
function surfaces(dice: Random): Surface[] {
  return dice.below(12) === 0 ? (Object.keys(SURFACES) as Surface[]) : [one(dice, ['console', 'console', 'console', 'phones', 'screen', 'notes', 'record'] as const)]
}

/** One stream; a sentence says what was exposed. */
function run(seed: number): { deeds: number; people: number; exposed?: string } {
  const dice = random(`thresholds/${seed}`)
  const kind = one(dice, anonymousKinds)
  const people = dice.below(3) === 0 ? dice.below(MOST + 1) : dice.below(9)
  const stream = new Stream(kind, 3 + dice.below(4), surfaces(dice))
  const deeds = 4 + dice.below(8 + people)
  const watch: Watch = { since: new Map() }
  let before = wall(stream)
  for (let i = 0; i < deeds; i += 1) {
    const deed = stream.draw(dice, people)
    const taken = stream.take(deed)
    if (taken === 'nothing') continue
    const after = wall(stream)
    const wrong = taken ?? cards(stream, deed, before, after, watch) ?? sky(stream) ?? numbers(stream)
    if (wrong !== undefined) return { deeds, people, exposed: `${wrong}: ${kind}, deed ${i} ${JSON.stringify(deed)}` }
    before = after
  }
  stream.end()
  const kept = few(stream.state.steps['step']?.state, thresholdOf(stream.state, 'step'))
  const files = JSON.stringify([SURFACES.notes(stream.state), SURFACES.record(stream.state)])
  const told = [...files.matchAll(/at least (\d+)|al menos (\d+)|(\d+) or more|(\d+) o más/gu)].map((found) => Number(found.slice(1).find((digits) => digits !== undefined)))
  if (kept.length > 0) return { deeds, people, exposed: `kept after the end: ${kept.join(', ')}: ${kind}` }
  if (told.some((number) => number < CROWD)) return { deeds, people, exposed: `told in a file: ${String(told)}: ${kind}` }
  return { deeds, people }
}

/** The cards that can be seen, as the console has them; undefined where this kind has none, or the room is elsewhere. */
function wall({ kind, state }: Stream): Record<string, Seen> | undefined {
  if (!WALLS.includes(kind) || state.current !== 'step') return undefined
  const around = aroundStep(state, 'step')
  const view = around === undefined ? undefined : kindOf(kind)?.views.facilitator(state.steps['step']?.state, around)
  return Object.fromEntries(Object.entries((view as { cards: Record<string, Seen> }).cards).filter(([, card]) => card['waiting'] !== true))
}

/** Cards that come, change or go with a participant's deed do so in a company; a number about echoes moves with three people. */
function cards(stream: Stream, deed: Deed, before: Record<string, Seen> | undefined, after: Record<string, Seen> | undefined, { since }: Watch): string | undefined {
  const id = String(deed.do['id'])
  // Also while the room is elsewhere, where nobody sees the number: whoever comes back sees what has moved since.
  if (deed.by !== 'console' && deed.do.type === 'echo') since.set(id, (since.get(id) ?? new Set()).add(deed.by))
  if (deed.by === 'console' || before === undefined || after === undefined) return undefined
  const said = (card: Seen | undefined) => card === undefined ? undefined : JSON.stringify([card['text'], card['kind'], card['lang']])
  const come = Object.keys(after).filter((id) => before[id] === undefined)
  const gone = Object.keys(before).filter((id) => said(after[id]) !== said(before[id]))
  const writers = (ids: string[]) => ids.map((id) => ({ id, by: String(stream.made.get(id) ?? 'facilitators') })).filter((card) => card.by !== 'facilitators')
  for (const ids of [come, gone]) {
    const company = writers(ids)
    if (ids.length > 0 && (company.length < CROWD || !isCompany(company))) return `${ids.length} cards of ${new Set(company.map((card) => card.by)).size} people moved`
  }
  if (deed.do.type !== 'echo' || after[id] === undefined) return undefined
  const [was, is] = [before[id]?.['echoes'], after[id]['echoes']]
  if (was === is) return undefined
  const moved = since.get(id)?.size ?? 0
  since.delete(id)
  const k = thresholdOf(stream.state, 'step')
  if (is !== undefined && (Number(is) < k || Number(is) > ((stream.state.steps['step']?.state as CardsState).cards[id]?.echoes ?? 0))) return `${String(is)} echoes are told`
  return moved < CROWD ? `echoes moved from ${String(was)} to ${String(is)} with ${moved}` : undefined
}

/** A sky names no weather of fewer than three, and stands on k people or more at least as it was drawn. */
function sky(stream: Stream): string | undefined {
  if (stream.kind !== 'check-in') return undefined
  const state = stream.state.steps['step']?.state as CheckInState
  const seen = screenView(stream.state).step
  const shown = seen?.id === 'step' ? (seen.activity as { sky?: { parts: Record<string, unknown> } }).sky : undefined
  if (shown === undefined) return undefined
  const counts = state.shown ?? {}
  const drawn = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (drawn < thresholdOf(stream.state, 'step')) return `a sky of ${drawn}`
  const named = Object.keys(shown.parts).filter((id) => id !== 'pooled' && (counts[id] ?? 0) < CROWD)
  return named.length > 0 ? `weather of few: ${named.join(', ')}` : undefined
}

/** No count of people that the console is sent is below k. */
function numbers(stream: Stream): string | undefined {
  if (stream.state.current !== 'step') return undefined
  const around = aroundStep(stream.state, 'step')
  const view = around === undefined ? undefined : kindOf(stream.kind)?.views.facilitator(stream.state.steps['step']?.state, around)
  const told = few(view, thresholdOf(stream.state, 'step'))
  return told.length > 0 ? `told: ${told.join(', ')}` : undefined
}

/** Counts below k that a sealed state keeps. */
function few(state: unknown, k: number, path = ''): string[] {
  if (typeof state === 'number') return COUNTS.test(path) && state !== 0 && state < k ? [`${path} ${state}`] : []
  if (typeof state !== 'object' || state === null) return []
  return Object.entries(state).flatMap(([key, inner]) => few(inner, k, `${path}.${key}`))
}

test.skipIf(share.count === 0)('F5 AU11 no frame, text or file tells a number of fewer than k, nor what fewer than three people did', () => {
  let deeds = 0
  let crowds = 0
  for (const seed of share.seeds) {
    const told = run(seed)
    deeds += told.deeds
    if (told.people >= CROWD) crowds += 1
    if (told.exposed !== undefined) expect.fail(`seed ${seed}, ${told.people} people: ${told.exposed}`)
  }
  if (share.count >= 100) expect(crowds).toBeGreaterThan(share.count / 3)
  share.report({ streams: share.count, deeds, exposed: 0 })
}, share.timeout(5))

/** Seeds that failed once, and why. */
test.each([[827060, 'two of the three echoes came while the room was in another step']])('F5 seed %i: %s', (seed) => {
  expect(run(seed).exposed).toBeUndefined()
})
