import { at, between, disc, num } from './brush.ts'
import type { Box } from './brush.ts'

/** A billow of a cloud; body billows fill it, and show only where no other covers them. */
export interface Circle {
  x: number
  y: number
  r: number
  body?: true
}

/** A heap of billows, cut flat at its base. */
export interface Mass {
  circles: Circle[]
  base: number
}

/** Heaps billows into a box: high at a crest somewhere near the middle, low at the ends, never two alike. */
export function heap(box: Box, dice: () => number, bulge: number): Mass {
  const base = box.y + box.h
  const crest = between(dice, 0.38, 0.62)
  const bend = Math.log(0.5) / Math.log(crest)
  const height = (along: number) => box.h * (0.3 + 0.7 * Math.sin(Math.PI * Math.min(1, Math.max(0, along)) ** bend) ** 0.85)
  const many = Math.max(4, Math.min(15, Math.round((box.w / box.h) * bulge)))
  const circles: Circle[] = []
  for (let i = 0; i < many; i += 1) {
    const along = (i + 0.5 + (i > 0 && i + 1 < many ? between(dice, -0.22, 0.22) : 0)) / many
    const top = height(along) * (i % 2 ? between(dice, 0.8, 0.94) : 1)
    const r = Math.min((box.w / many) * between(dice, 0.66, 1.02), top * 0.56)
    circles.push({ x: Math.min(box.x + box.w - r, Math.max(box.x + r, box.x + box.w * along)), y: base - top + r, r })
  }
  const step = Math.max(box.h * 0.07, box.w / 70)
  for (let x = box.x + step; x < box.x + box.w - step / 2; x += step) {
    const fill = Math.min(height((x - box.x) / box.w) * 0.8, (x - box.x) * 1.5, (box.x + box.w - x) * 1.5)
    circles.push({ x, y: base - fill * 0.38, r: fill * 0.5, body: true })
  }
  return { circles, base }
}

/** The flat underside as one line. */
export function underside({ circles, base }: Mass): string {
  const ends = circles.flatMap(({ x, y, r }) => {
    const half = Math.sqrt(Math.max(0, r * r - (base - y) * (base - y)))
    return half > 0 ? [x - half, x + half] : []
  })
  return `M${at(Math.min(...ends), base)}L${at(Math.max(...ends), base)}`
}

/** The billows without the body that fills them: for echoes that whirl right through a cloud. */
export function hollow({ circles, base }: Mass): Mass {
  return { circles: circles.filter(({ body }) => !body), base }
}

/** The mass as one filled path. */
export function flat({ circles, base }: Mass): string {
  return circles
    .map(({ x, y, r }) => {
      if (y + r <= base) return `M${at(x - r, y)}A${at(r, r)} 0 1 1 ${at(x + r, y)}A${at(r, r)} 0 1 1 ${at(x - r, y)}Z`
      const half = Math.sqrt(Math.max(0, r * r - (base - y) * (base - y)))
      return half === 0 ? '' : `M${at(x - half, base)}A${at(r, r)} 0 ${y < base ? 1 : 0} 1 ${at(x + half, base)}Z`
    })
    .join('')
}

/** The outline of the mass alone: of each billow the arc that no other covers. shrink < 1 draws an echo inside it. */
export function outline({ circles, base }: Mass, shrink: number): string {
  const inner = circles.map((circle) => (circle.body ? circle : { ...circle, y: circle.y + circle.r * (1 - shrink) * 0.35, r: circle.r * shrink }))
  return inner
    .flatMap((circle, i) => {
      if (circle.body && shrink < 1) return []
      const hidden = inner.flatMap((other, j) => (i === j ? [] : covered(circle, other)))
      hidden.push(...below(circle, base))
      return gaps(hidden, shrink < 1 ? 0.2 : 0.01).map(([from, to]) => arc(circle, from, to))
    })
    .join('')
}

/** Parallel lines over the mass, at an angle, in steps of gap; reach limits them to the lower part (0 to 1 of its height). */
export function hatch({ circles, base }: Mass, angle: number, gap: number, reach: number): string {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const top = Math.min(...circles.map(({ y, r }) => y - r))
  const ceiling = base - (base - top) * reach
  const turned = circles.map(({ x, y, r }) => ({ u: x * cos + y * sin, v: y * cos - x * sin, r }))
  const first = Math.min(...turned.map(({ v, r }) => v - r))
  const last = Math.max(...turned.map(({ v, r }) => v + r))
  let d = ''
  for (let v = Math.ceil(first / gap) * gap; v < last; v += gap) {
    const spans = turned
      .filter((circle) => Math.abs(circle.v - v) < circle.r)
      .map((circle): [number, number] => {
        const half = Math.sqrt(circle.r * circle.r - (circle.v - v) * (circle.v - v))
        return [circle.u - half, circle.u + half]
      })
    for (const span of merged(spans)) d += clipped(span, v, cos, sin, ceiling, base, gap)
  }
  return d
}

function clipped([from, to]: [number, number], v: number, cos: number, sin: number, top: number, bottom: number, shortest: number): string {
  const y = (u: number) => u * sin + v * cos
  if (Math.abs(sin) < 1e-6) {
    if (y(0) < top || y(0) > bottom) return ''
  } else {
    const ends = [(top - v * cos) / sin, (bottom - v * cos) / sin].sort((a, b) => a - b) as [number, number]
    from = Math.max(from, ends[0])
    to = Math.min(to, ends[1])
  }
  if (to - from < shortest) return ''
  return `M${at(from * cos - v * sin, y(from))}L${at(to * cos - v * sin, y(to))}`
}

const TURN = Math.PI * 2

/** The angles of a circle that lie within another. */
function covered(circle: Circle, other: Circle): [number, number][] {
  const [dx, dy] = [other.x - circle.x, other.y - circle.y]
  const apart = Math.hypot(dx, dy)
  if (apart >= circle.r + other.r || apart + other.r <= circle.r) return []
  if (apart + circle.r <= other.r) return [[0, TURN]]
  const half = Math.acos((apart * apart + circle.r * circle.r - other.r * other.r) / (2 * apart * circle.r))
  return wrapped(Math.atan2(dy, dx) - half, half * 2)
}

/** The angles of a circle that lie below a level. */
function below(circle: Circle, base: number): [number, number][] {
  const sine = (base - circle.y) / circle.r
  if (sine >= 1) return []
  if (sine <= -1) return [[0, TURN]]
  const from = Math.asin(sine)
  return wrapped(from, Math.PI - 2 * from)
}

function wrapped(from: number, length: number): [number, number][] {
  const start = ((from % TURN) + TURN) % TURN
  const end = start + length
  return end <= TURN ? [[start, end]] : [[start, TURN], [0, end - TURN]]
}

function merged(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = []
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = result[result.length - 1]
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}

/** What the hidden spans leave of a full turn, but for slivers; the piece across zero stays in one. */
function gaps(hidden: [number, number][], least: number): [number, number][] {
  const spans = merged(hidden)
  if (spans.length === 0) return [[0, TURN]]
  const free: [number, number][] = spans.map(([, to], i) => [to, i + 1 < spans.length ? (spans[i + 1] as [number, number])[0] : (spans[0] as [number, number])[0] + TURN])
  return free.filter(([from, to]) => to - from > least)
}

function arc({ x, y, r }: Circle, from: number, to: number): string {
  // An arc that ends where it began is no arc to SVG: a whole circle is drawn as one.
  if (to - from > TURN - 0.01) return disc(x, y, r)
  return `M${at(x + r * Math.cos(from), y + r * Math.sin(from))}A${at(r, r)} 0 ${num(to - from > Math.PI ? 1 : 0)} 1 ${at(x + r * Math.cos(to), y + r * Math.sin(to))}`
}
