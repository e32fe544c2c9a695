import { between, diceFrom } from './draw/brush.ts'
import type { Box, Ground } from './draw/brush.ts'

/** How a weather likes to lie in the air, whatever it looks like. */
export interface Lie {
  /** As wide as its share of the width times this. */
  stretch: number
  /** Never narrower than this times its height. */
  slim: number
  /** Nor wider than this times its height. */
  wide?: number
  /** How high: 0 at the top, 1 on the ground. */
  height: number
  /** How much it minds sharing its place: 1 not at all willing, near 0 what lies behind or low before the others. */
  alone: number
  /** How far its curtain is blown to the left on its way to the ground, for each unit down. Without one it has no curtain. */
  lean?: number
}

/** A weather that wants a place. */
export interface Guest {
  id: string
  tenths: number
  lie: Lie
}

/** How much of the air a whole room fills: the rest is the rest that a picture needs. */
const COVER = 0.62

/** Round after round, everyone takes the best place that the others leave; after so many nobody moves any more to speak of. */
const ROUNDS = 4
const STEPS = 32
/** How far from its place anyone looks, as a share of the width. */
const ASIDE = 0.6
const WIDTHS = [1, 0.87, 0.75, 1.15, 1.32]
const ALTITUDES = [0, -0.1, 0.1, 0.22, 0.4]

/** What is dear: to lie upon another is dearest, then to be far from one's place in the order, out of shape or out of one's height. */
const DEAR = { overlap: 10, away: 0.4, shape: 0.12, altitude: 0.8 }

interface Placed extends Guest {
  home: number
  box: Box
}

/**
 * Gives every weather a box of exactly its share's area. In their order they spread over the whole width; where boxes must meet, it is
 * first those that lie behind or low across. The seed sways a little where each stands, by its id: in two skies of one seed alike.
 */
export function compose(guests: readonly Guest[], ground: Ground, seed: string): Box[] {
  const inOrder = settled(homes(guests, ground, seed), (all) => all, ground)
  const largeFirst = settled(homes(guests, ground, seed), (all) => [...all].sort((a, b) => b.tenths - a.tenths), ground)
  return (largeFirst.cost < inOrder.cost ? largeFirst : inOrder).boxes
}

/** Who chooses first gets another picture than who chooses last, so both are tried. */
function settled(placed: readonly Placed[], turns: (all: readonly Placed[]) => readonly Placed[], ground: Ground): { boxes: Box[]; cost: number } {
  const order = turns(placed)
  let cost = Infinity
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = cost
    cost = 0
    for (const guest of order) {
      const found = best(guest, placed, ground)
      guest.box = found.box
      cost += found.cost
    }
    if (cost === before) break
  }
  return { boxes: placed.map(({ box }) => box), cost }
}

/** Those that share no place divide the width among themselves alone; what lies behind or before them takes its turn in the whole order. */
function homes(guests: readonly Guest[], ground: Ground, seed: string): Placed[] {
  const liked = guests.map(({ tenths, lie }) => sized(lie, tenths, 1, ground).w)
  const middles = (counts: (guest: Guest) => boolean) => {
    const widths = guests.map((guest, i) => (counts(guest) ? (liked[i] ?? 0) : 0))
    const total = widths.reduce((sum, width) => sum + width, 0)
    let before = 0
    return widths.map((width) => ((before += width) - width / 2) / total)
  }
  const among = { standing: middles(({ lie }) => lie.alone === 1), all: middles(() => true) }
  return guests.map((guest, i) => {
    const middle = (guest.lie.alone === 1 ? among.standing[i] : among.all[i]) ?? 0.5
    const home = (middle + between(diceFrom(`${seed}/${guest.id}/place`), -0.03, 0.03)) * ground.width
    const { w, h } = sized(guest.lie, guest.tenths, 1, ground)
    return { ...guest, home, box: { ...where(guest.lie, home - w / 2, guest.lie.height, { w, h }, ground), w, h } }
  })
}

function best(guest: Placed, all: readonly Placed[], ground: Ground): { box: Box; cost: number } {
  const { lie, tenths, home } = guest
  const others = all.filter((other) => other !== guest).map((other) => ({ alone: other.lie.alone, reach: reach(other.lie, other.box, ground) }))
  let found = guest.box
  let least = Infinity
  for (const factor of lie.wide === lie.slim ? [1] : WIDTHS) {
    const { w, h } = sized(lie, tenths, factor, ground)
    for (const rise of lie.height === 1 ? [0] : ALTITUDES) {
      for (let step = 0; step <= STEPS; step += 1) {
        const aside = ((step / STEPS) * 2 - 1) * ground.width * ASIDE
        const box = { ...where(lie, home - w / 2 + aside, Math.max(0, lie.height + rise), { w, h }, ground), w, h }
        const mine = reach(lie, box, ground)
        const over = others.reduce((sum, { alone, reach: theirs }) => sum + overlap(mine, theirs) * Math.min(alone, lie.alone), 0)
        const far = (box.x + w / 2 - home) / ground.width
        const cost = DEAR.overlap * (over / (ground.width * ground.horizon)) + DEAR.away * far * far + DEAR.shape * (factor - 1) ** 2 + DEAR.altitude * rise * rise
        if (cost < least - 1e-12) [least, found] = [cost, box]
      }
    }
  }
  return { box: found, cost: least }
}

/** As wide as it likes, times a factor, within the picture, and then as high as its area takes. */
function sized({ stretch, slim, wide }: Lie, tenths: number, factor: number, { width, horizon }: Ground): { w: number; h: number } {
  const area = (tenths / 10) * COVER * width * horizon
  const liked = Math.max(Math.sqrt(area * slim), (tenths / 10) * width * stretch * factor)
  const limited = wide ? Math.min(liked, Math.sqrt(area * wide)) : liked
  const w = Math.max(Math.min(width * 0.97, limited), area / (horizon * 0.95))
  return { w, h: area / w }
}

/** As near as may be to where it would stand: not over the edge, nor its curtain if there is room for that. */
function where(lie: Lie, x: number, height: number, { w, h }: { w: number; h: number }, { width, horizon }: Ground): { x: number; y: number } {
  const y = (horizon - h) * (0.04 + 0.96 * height)
  return { x: Math.min(width * 0.985 - w, Math.max(width * 0.015 + blown(lie, y, horizon), x)), y }
}

function blown({ lean = 0 }: Lie, y: number, horizon: number): number {
  return lean * (horizon - y)
}

/** What a weather's drawing covers: its box with some air around it, and its curtain down to the ground. */
function reach(lie: Lie, { x, y, w, h }: Box, { horizon, unit }: Ground): Box {
  const aside = blown(lie, y, horizon)
  const deep = lie.lean === undefined ? h : horizon - y
  return { x: x - unit * 2 - aside, y: y - unit * 2, w: w + unit * 4 + aside, h: deep + unit * 4 }
}

function overlap(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
  return w > 0 && h > 0 ? w * h : 0
}
