import { inOrder } from '../ordered.ts'

/** A weather of the set: one of our eight, or an id that a host made up. */
export type WeatherId = string

/** What several weathers with few people each go by together. A set's own weather never carries this id. */
export const POOLED = 'pooled'

/** Fewer than three people behind one weather, and a neighbour could work out who they are. */
export const FEWEST = 3

/** How much of the room, in words: over half, from a quarter on, less. */
export type Amount = 'most' | 'many' | 'some'

/** One weather's part: its share in tenths (of ten), its word, and its place in a sentence and in a legend. No counts. */
export interface SkyPart {
  tenths: number
  amount: Amount
  order: number
}

/** The room's weather as it may be shown: shares by weather in steps of ten per cent, that sum to ten. */
export interface Sky {
  parts: Record<WeatherId, SkyPart>
}

/** The eight weathers that are drawn, in the order in which they spread from left to right as far as there is room. */
export const WEATHERS = ['sunny', 'foggy', 'cloudy', 'rainbow', 'windy', 'rainy', 'stormy', 'snowy'] as const

/**
 * Makes the sky of a room from how many people chose each weather. Undefined while fewer than k (at least three) have answered: then
 * the sky stays veiled. Weathers with fewer than three people are pooled, with the next smallest until three are; the pool does
 * not tell what is in it. The order of the keys makes no difference.
 */
export function skyOf(counts: Readonly<Record<WeatherId, number>>, k: number): Sky | undefined {
  const groups = grouped(counts)
  const total = sum(groups.map((group) => group.people))
  if (total < Math.max(k, FEWEST)) return undefined

  const shown = pool(groups)
  const tenths = inTenths(shown.map((group) => group.people))
  const parts = shown
    .map((group, at) => ({ id: group.id, tenths: tenths[at] ?? 0, amount: amountOf(group.people / total) }))
    .sort((a, b) => Number(a.id === POOLED) - Number(b.id === POOLED) || b.tenths - a.tenths || byPlace(a.id, b.id))
  return { parts: Object.fromEntries(parts.map(({ id, ...part }, order) => [id, { ...part, order }])) }
}

/** The weathers that anybody chose, from small to large. */
function grouped(counts: Readonly<Record<WeatherId, number>>): Group[] {
  return Object.entries(counts)
    .filter(([, people]) => people > 0)
    .map(([id, people]) => ({ id, people }))
    .sort((a, b) => a.people - b.people || byPlace(a.id, b.id))
}

/** The weathers by how much of the room is in them, each list in the order in which a sentence names them. */
export function sentenceParts(sky: Sky): Record<Amount, WeatherId[]> {
  const groups: Record<Amount, WeatherId[]> = { most: [], many: [], some: [] }
  for (const [id, part] of inOrder(sky.parts)) groups[part.amount].push(id)
  return groups
}

/** Where a weather stands from left to right: ours first, then those made up, the pool last. */
export function byPlace(a: WeatherId, b: WeatherId): number {
  return placeOf(a) - placeOf(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function placeOf(id: WeatherId): number {
  const at = (WEATHERS as readonly string[]).indexOf(id)
  return id === POOLED ? Infinity : at < 0 ? WEATHERS.length : at
}

interface Group {
  id: WeatherId
  people: number
}

/** Takes groups from small to large. Ten parts are the most that ten steps can show, so beyond that the small ones are pooled too. */
function pool(groups: readonly Group[]): Group[] {
  let pooled = 0
  let at = 0
  const open = () => groups.length - at
  for (; at < groups.length; at += 1) {
    const next = groups[at] as Group
    const few = next.people < FEWEST || (pooled > 0 && pooled < FEWEST)
    const crowded = open() + (pooled > 0 ? 1 : 0) > 10
    if (!few && !crowded) break
    pooled += next.people
  }
  const rest = groups.slice(at)
  return pooled > 0 ? [...rest, { id: POOLED, people: pooled }] : rest
}

/** Shares in tenths that sum to ten, each at least one: nobody's weather is missing from the sky. */
function inTenths(people: readonly number[]): number[] {
  const total = sum(people)
  const exact = people.map((count) => (count * 10) / total)
  const tenths = exact.map((share) => Math.max(1, Math.floor(share)))
  for (let missing = 10 - sum(tenths); missing !== 0; missing -= Math.sign(missing)) {
    const step = Math.sign(missing)
    let best = -1
    tenths.forEach((have, at) => {
      if (have + step < 1) return
      const want = ((exact[at] ?? 0) - have) * step
      if (best < 0 || want > ((exact[best] ?? 0) - (tenths[best] ?? 0)) * step + 1e-9) best = at
    })
    tenths[best] = (tenths[best] ?? 0) + step
  }
  return tenths
}

/** From the rounded share and not from the tenths, which must sum to ten: equal numbers of people get equal words. */
function amountOf(share: number): Amount {
  const rounded = Math.floor(share * 10 + 0.5)
  return rounded >= 6 ? 'most' : rounded >= 3 ? 'many' : 'some'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
