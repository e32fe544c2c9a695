/**
 * A colleague who wants to know who wrote what, in a room of thirty: with all frames of their own phone, of the screen and of the
 * console, the database after the end and every file; and one who besides saw who was writing at which moment.
 */
import { random, shuffled, type Random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { planWith } from '../support/kinds.ts'
import { memoryStore } from './memory-log.ts'
import { BEGINS, one, quietRoom, SESSION, type QuietRoom, type Sent, type Weaken } from './quiet-room.ts'

export const PEOPLE = 30
/** Whose phone the attacker holds. */
const COLLEAGUE = PEOPLE - 1
const SECOND = 1_000

/** What really happened, which no attacker knows. */
interface Truth {
  /** By everything that anybody ever wrote. */
  author: Map<string, number>
  /** In the order in which they were written. */
  texts: string[]
}

/** Who was seen to write or send something, and when: visible in a room. */
interface Watched {
  by: number
  now: number
}

export interface Trial {
  truth: Truth
  watched: Watched[]
  sent: Sent[]
  rows: string[]
  seqs: number[]
  files: string[]
  /** Texts that facilitators hid: they know why these went. */
  hidden: Set<string>
}

/** A session of thirty: half an hour of writing, a reveal in the middle, late words, second thoughts. */
export async function trial(seed: number, weaken?: Weaken): Promise<Trial> {
  const dice = random(`attacker/${seed}`)
  const plan: Plan = planWith('board', { anonymous: true })(structuredClone(smartGoals))
  plan.k = 5
  const log = memoryStore().open(() => 0)
  const clock = { now: BEGINS }
  const realNow = performance.now.bind(performance)
  performance.now = () => clock.now - BEGINS + SECOND
  const room = await quietRoom(`attacker/${seed}`, plan, log, clock, weaken)
  const it: Trial = { truth: { author: new Map(), texts: [] }, watched: [], sent: room.sent, rows: [], seqs: [], files: [], hidden: new Set() }
  let acts = 0
  const id = () => `command-${String((acts += 1)).padStart(12, '0')}`
  const lead = (command: { type: string; [field: string]: unknown }, step?: string) => room.act({ by: 'console', ...(step === undefined ? {} : { step }), do: command, id: id() })
  const deed = async (by: number, command: { type: string; [field: string]: unknown }) => {
    clock.now += SECOND + dice.below(20) * SECOND
    const answer = await room.act({ by, step: 'step', do: command, id: id() })
    if (answer.ok) it.watched.push({ by, now: clock.now })
    return answer.ok
  }
  const word = () => `word ${dice.below(2 ** 31).toString(36)}`
  const write = async (by: number) => {
    const text = word()
    it.truth.author.set(text, by)
    if (await deed(by, { type: 'write', text, kind: 'thought' })) it.truth.texts.push(text)
  }
  const own = (by: number) => Object.entries((room.view('mine', by).steps['step'] as { cards?: Record<string, { text: string; shown: boolean; waits?: string }> } | undefined)?.cards ?? {})
  const rethink = async (by: number) => {
    const shown = own(by).filter(([, card]) => card.shown && card.waits !== 'take-back')
    const card = shown.length === 0 ? undefined : one(dice, shown)
    if (card === undefined) return
    const text = word()
    it.truth.author.set(text, by)
    await deed(by, dice.below(3) === 0 ? { type: 'take-back', id: card[0] } : { type: 'edit', id: card[0], text, kind: 'thought' })
  }
  const hide = async () => {
    const cards = Object.entries((room.view('facilitator').step?.activity as { cards: Record<string, { text: string; hidden?: unknown }> }).cards).filter(([, card]) => card.hidden === undefined)
    if (cards.length === 0) return
    const [card, { text }] = one(dice, cards)
    it.hidden.add(text)
    await lead({ type: 'hide', id: card }, 'step')
  }

  try {
    await lead({ type: 'session.open' })
    for (let i = 0; i < PEOPLE; i += 1) await room.join(`Person ${i}`)
    await lead({ type: 'session.start' })
    // Who is quick at the door is quick to write: the attacker may count on it.
    const early = everybody().filter(() => dice.below(8) > 0)
    for (const by of early) await write(by)
    for (const by of early.filter(() => dice.below(6) === 0)) await write(by)
    clock.now += 30 * SECOND
    await lead({ type: 'reveal' }, 'step')
    const late: [kind: 'write' | 'rethink', by: number][] = [
      ...everybody().filter((by) => !early.includes(by)).map((by): ['write', number] => ['write', by]),
      ...everybody().filter(() => dice.below(4) === 0).map((by): ['write', number] => ['write', by]),
      ...everybody().filter(() => dice.below(2) === 0).map((by): ['rethink', number] => ['rethink', by]),
    ]
    for (const [what, by] of shuffled(late, dice)) await (what === 'write' ? write(by) : rethink(by))
    clock.now += 5 * SECOND
    await hide()
    for (const by of shuffled(everybody(), dice).slice(0, 12)) await rethink(by)
    clock.now += 60 * SECOND
    await lead({ type: 'session.end' })
    const rows = await log.read(SESSION)
    it.rows = rows.map(({ data }) => data)
    it.seqs = rows.map(({ seq }) => seq)
    it.files = room.files()
  } finally {
    room.close()
    performance.now = realNow
  }
  return it
}

/** What came onto the wall, changed or went, as the console was sent it. */
export interface Seen {
  text: string
  /** When it came, and when the one before it did. */
  came: number
  before: number
  /** With its first company, at the reveal. */
  first: boolean
  order: number
  id: string
  /** Times at which it changed or went, but for what facilitators did. */
  moved: number[]
  /** Texts that it had afterwards. */
  texts: string[]
}

/** Follows the console's frames. */
export function watchWall({ sent, hidden }: Trial): Seen[] {
  const held = new Map<string, Seen>()
  let last = BEGINS
  let releases = 0
  for (const { to, now, message } of sent) {
    if (to !== 'facilitator') continue
    const cards = cardsIn('view' in message ? message.view : message.patch)
    const fresh = Object.entries(cards).filter(([id, card]) => card !== null && !held.has(id) && card.text !== undefined)
    if (fresh.length > 0) releases += 1
    for (const [id, card] of Object.entries(cards)) {
      const known = held.get(id)
      if (known === undefined) {
        if (card?.text !== undefined) held.set(id, { text: card.text, came: now, before: last, first: releases === 1, order: card.order ?? 0, id, moved: [], texts: [card.text] })
      } else if (card === null || (card.text !== undefined && card.text !== known.texts.at(-1))) {
        if (!hidden.has(known.texts.at(-1) ?? '')) known.moved.push(now)
        if (card?.text !== undefined) known.texts.push(card.text)
      }
    }
    if (fresh.length > 0) last = now
  }
  return [...held.values()]
}

type CardPatch = { text?: string; order?: number } | null

function cardsIn(frame: unknown): Record<string, CardPatch> {
  const cards = (frame as { step?: { activity?: { cards?: Record<string, CardPatch> } } } | undefined)?.step?.activity?.cards
  return cards ?? {}
}

/** Ways to guess from frames, database and files: each puts the texts in an order, and takes it for the order of writing. */
export const ORDERS: Record<string, (it: Trial, seen: readonly Seen[]) => string[]> = {
  'places on the wall': (_it, seen) => [...seen].sort((a, b) => a.order - b.order).map((card) => card.text),
  'ids': (_it, seen) => [...seen].sort((a, b) => (a.id < b.id ? -1 : 1)).map((card) => card.text),
  'order in the frames': (_it, seen) => seen.map((card) => card.text),
  'order of rows': (it, seen) => sortedBy(seen, it.rows.join('\n')),
  'order in the notes': (it, seen) => sortedBy(seen, it.files[0] ?? ''),
  'order in the record': (it, seen) => sortedBy(seen, it.files[1] ?? ''),
  'sizes of frames': (it, seen) => [...seen].sort((a, b) => sizeAt(it, a) - sizeAt(it, b) || (a.text < b.text ? -1 : 1)).map((card) => card.text),
}

function sortedBy(seen: readonly Seen[], where: string): string[] {
  const found = seen.map((card) => ({ text: card.text, at: where.indexOf(card.texts.at(-1) ?? '') })).filter(({ at }) => at >= 0)
  return found.sort((a, b) => a.at - b.at).map(({ text }) => text)
}

function sizeAt({ sent }: Trial, { came, text }: Seen): number {
  return sent.filter(({ to, now }) => to === `phone ${COLLEAGUE}` && now <= came).length * 1_000 + text.length
}

/** Of the cards that came with the reveal: how many of them this order gives to their author, as if it were the order of the door. */
export function guessByOrder(it: Trial, seen: readonly Seen[], order: (it: Trial, seen: readonly Seen[]) => string[]): { right: number; of: number; correlation: number } {
  const cards = seen.filter((card) => card.first && it.truth.author.get(card.text) !== COLLEAGUE)
  const guessed = order(it, cards)
  const right = guessed.filter((text, rank) => Math.floor(((rank + 0.5) * PEOPLE) / guessed.length) === it.truth.author.get(text)).length
  return { right, of: guessed.length, correlation: rankCorrelation(guessed.map((text) => it.truth.texts.indexOf(text))) }
}

/** Ways to guess for who watched: whom they take, of those who may have written it. */
export const PICKS: Record<string, (candidates: readonly number[], it: Trial, card: Seen, place: number, dice: Random) => number | undefined> = {
  'whoever wrote last': (candidates, it, card) => [...candidates].sort((a, b) => lastBy(it, b, card.came) - lastBy(it, a, card.came))[0],
  'whoever wrote as it moved': (candidates, it, card) => [...candidates].sort((a, b) => lastBy(it, b, card.moved.at(-1) ?? card.came) - lastBy(it, a, card.moved.at(-1) ?? card.came))[0],
  'whoever wrote as it first moved': (candidates, it, card) => [...candidates].sort((a, b) => lastBy(it, b, card.moved[0] ?? card.came) - lastBy(it, a, card.moved[0] ?? card.came))[0],
  'whoever wrote first': (candidates, it, card) => [...candidates].sort((a, b) => lastBy(it, a, card.came) - lastBy(it, b, card.came))[0],
  'by the place among those that came': (candidates, it, card, place) => [...candidates].sort((a, b) => lastBy(it, a, card.came) - lastBy(it, b, card.came))[place % Math.max(1, candidates.length)],
  'whoever wrote most': (candidates, it, card) => [...candidates].sort((a, b) => often(it, b, card) - often(it, a, card))[0],
  'anybody of them': (candidates, _it, _card, _place, dice) => one(dice, candidates),
}

/** Everybody who may have written it: who was seen to write since the last ones came, and again whenever it moved. The colleague did not. */
export function candidates(it: Trial, card: Seen): number[] {
  const between = (from: number, to: number) => new Set(it.watched.filter(({ by, now }) => by !== COLLEAGUE && now > from && now <= to).map(({ by }) => by))
  let could = between(card.before, card.came)
  for (const moved of card.moved) {
    const then = between(card.came, moved)
    // Nobody left: it had waited longer, and says nothing.
    const both = new Set([...could].filter((by) => then.has(by)))
    if (both.size > 0) could = both
  }
  return [...could].sort((a, b) => a - b)
}

export function isColleagues(it: Trial, card: Seen): boolean {
  return it.truth.author.get(card.text) === COLLEAGUE
}

function lastBy({ watched }: Trial, by: number, until: number): number {
  return Math.max(0, ...watched.filter((one) => one.by === by && one.now <= until).map(({ now }) => now))
}

function often({ watched }: Trial, by: number, card: Seen): number {
  return watched.filter((one) => one.by === by && one.now > card.before && one.now <= (card.moved.at(-1) ?? card.came)).length
}

/** Spearman's, between where something stands and where it belongs. */
function rankCorrelation(belongs: readonly number[]): number {
  const n = belongs.length
  if (n < 3) return 0
  const sorted = [...belongs].sort((a, b) => a - b)
  const squares = belongs.reduce((sum, at, i) => sum + (sorted.indexOf(at) - i) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}

function everybody(): number[] {
  return Array.from({ length: PEOPLE }, (_, i) => i)
}

export type { QuietRoom }
