/** F4, F6: a colleague with everything but the secrets guesses who wrote what, no better than they may. */
import { expect, test } from 'vitest'
import type { CardsEvent, CardsState } from '#shared/activities/cards/model.ts'
import { random } from '#shared/random.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import type { SessionState } from '#shared/session/model.ts'
import { shareOf } from '../torture/share.ts'
import { candidates, guessByOrder, isColleagues, ORDERS, PEOPLE, PICKS, trial, watchWall, type Trial } from './attacker.ts'
import type { Weaken } from './quiet-room.ts'

const share = shareOf('attacker')
/** How much better than chance a guess may be. */
const POINTS = 0.02
/** People behind a release. */
const BATCH = 3
/** Mean rank correlation that is none. */
const NO_ORDER = 0.05

interface Score {
  right: number
  of: number
}
type Scores = Map<string, Score>

function count(scores: Scores, name: string, right: number, of: number): void {
  const score = scores.get(name) ?? { right: 0, of: 0 }
  scores.set(name, { right: score.right + right, of: score.of + of })
}

/** So many right guesses are still to be expected, once in a million tests, of somebody who is right with this chance. */
function mostOf(of: number, chance: number): number {
  let [left, probability] = [1, (1 - chance) ** of]
  for (let right = 0; right <= of; right += 1) {
    left -= probability
    if (left < 1e-6) return right
    probability *= ((of - right) / (right + 1)) * (chance / (1 - chance))
  }
  return of
}

/** So many guesses say what they say to a fraction of a point. */
const MANY = 2_000

/** What may be right of so many: of many as promised, of few what chance alone may add. */
function allowed(of: number, chance: number): number {
  return share.full && of >= MANY ? (chance + POINTS) * of : mostOf(of, chance + POINTS)
}

function attack(it: Trial, seed: number, files: Scores, watching: Scores, order: Map<string, number[]>): void {
  const dice = random(`guess/${seed}`)
  const seen = watchWall(it)
  for (const [name, by] of Object.entries(ORDERS)) {
    const { right, of, correlation } = guessByOrder(it, seen, by)
    count(files, name, right, of)
    order.set(name, [...(order.get(name) ?? []), correlation])
  }
  const targets = seen.filter((card) => !isColleagues(it, card) && (!card.first || card.moved.length > 0))
  for (const card of targets) {
    const together = seen.filter((other) => other.came === card.came).sort((a, b) => a.order - b.order)
    for (const [name, pick] of Object.entries(PICKS)) {
      const guess = pick(candidates(it, card), it, card, together.indexOf(card), dice)
      const which = card.moved.length > 0 ? 'moved' : 'late'
      count(watching, `${name}, ${which}`, guess === it.truth.author.get(card.text) ? 1 : 0, 1)
    }
  }
}

async function attacks(seeds: readonly number[], weaken?: Weaken) {
  const [files, watching, order] = [new Map() as Scores, new Map() as Scores, new Map<string, number[]>()]
  for (const seed of seeds) {
    const it = await trial(seed, weaken)
    attack(it, seed, files, watching, order)
    if (weaken === undefined) expect(it.seqs, `rows of seed ${seed}`).toEqual(it.seqs.map((_, i) => i + 1))
  }
  return { files, watching, order }
}

const best = (scores: Scores, least = 0) => Math.max(0, ...[...scores.values()].filter(({ of }) => of >= least).map(({ right, of }) => right / of))
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

test.skipIf(share.count === 0)('F4 F6 AU12 with all frames, files and the database nobody names an author better than by chance, nor, having watched who wrote, better than one in three', async () => {
  const { files, watching, order } = await attacks(share.seeds)
  for (const [name, { right, of }] of files) expect(right, `by ${name}: ${right} of ${of}`).toBeLessThanOrEqual(allowed(of, 1 / PEOPLE))
  for (const [name, { right, of }] of watching) expect(right, `by ${name}: ${right} of ${of}`).toBeLessThanOrEqual(allowed(of, 1 / BATCH))
  for (const [name, correlations] of order) expect(Math.abs(mean(correlations)), `order in ${name}`).toBeLessThan(share.full ? NO_ORDER : 0.08)
  share.report({
    rooms: share.count,
    guesses: [...watching.values()].reduce((sum, { of }) => sum + of, 0),
    'worst in a hundred by files': Math.round(best(files, MANY) * 1_000) / 10,
    'worst in a hundred having watched': Math.round(best(watching, MANY) * 1_000) / 10,
  })
}, share.timeout(800))

/** The events of a step's cards, as a weaker product would have them. */
function ofCards(change: (is: CardsEvent, cards: CardsState) => CardsEvent[]): Weaken {
  return (events: SessionEvent[], state: SessionState) =>
    events.flatMap((event): SessionEvent[] => (event.type === 'activity' ? change(event.is as CardsEvent, state.steps[event.step]?.state as CardsState).map((is) => ({ ...event, is })) : [event]))
}

test.skipIf(share.count === 0)('F6 AU12 the attack is one: a wall in the order of writing, cards that come alone and changes at once name their authors', async () => {
  const few = [1, 2, 3, 4, 5, 6]
  const unshuffled = await attacks(few, ofCards((is, cards) => (is.type === 'released' ? [{ ...is, ids: Object.keys(cards.cards).filter((id) => is.ids.includes(id)).concat(is.ids.filter((id) => cards.cards[id] === undefined)) }] : [is])))
  expect(mean(unshuffled.order.get('places on the wall') ?? [])).toBeGreaterThan(0.8)
  const walls = unshuffled.files.get('places on the wall') ?? { right: 0, of: 1 }
  expect(walls.right).toBeGreaterThan(mostOf(walls.of, 1 / PEOPLE + POINTS))
  const alone = await attacks(few, ofCards((is, cards) => (is.type === 'written' && cards.revealed ? [is, { type: 'released', ids: [is.id], by: [is.by] }] : is.type === 'released' && cards.revealed ? [] : [is])))
  expect(best(alone.watching)).toBeGreaterThan(0.9)
  const atOnce = await attacks(few, ofCards((is) => (is.type === 'reworded' ? [{ ...is, type: 'edited' }] : is.type === 'withdrawn' ? [{ ...is, type: 'taken-back' }] : is.type === 'settled' ? [] : [is])))
  const moved = [...atOnce.watching].filter(([name]) => name.endsWith('moved'))
  expect(best(new Map(moved))).toBeGreaterThan(0.5)
}, 60_000)
