import { at, line, polygon, through } from './brush.ts'
import type { Ground, Point, Shape } from './brush.ts'

/** The empty air: level lines, close together above and wider towards the horizon, as engravers cut a clear sky. */
export function air({ width, height, horizon, unit }: Ground): Shape[] {
  let lines = ''
  for (let y = unit * 1.2, step = unit * 1.05; y < horizon; y += step, step *= 1.045) lines += line(0, y, width, y)
  return [
    { d: polygon([[0, 0], [width, 0], [width, height], [0, height]]), fill: 'air' },
    { d: lines, stroke: 'air-line', width: unit * 0.16 },
  ]
}

/** Far hills, a near field with its furrows, poplars and a schoolhouse: the room's fixed horizon. */
export function land(ground: Ground): Shape[] {
  const { width, height, horizon, unit } = ground
  const hill = (x: number) => horizon - unit * (3.2 + 2.4 * Math.sin(x * 5.1 + 0.6) + 1.3 * Math.sin(x * 11.3))
  const field = (x: number) => fieldAt(ground, x)
  const steps = Array.from({ length: 25 }, (_, i) => i / 24)
  const under = (edge: (x: number) => number): string => {
    const points = steps.map((x): Point => [x * width, edge(x)])
    return `M${at(0, height)}L${at(0, edge(0))}${through(points)}L${at(width, height)}Z`
  }
  const shade = Array.from({ length: 90 }, (_, i): string => {
    const x = (i + 0.5) / 90
    const [y, deep] = [hill(x), 2.2 + 1.6 * Math.sin(i * 1.7) + 1.2 * Math.sin(i * 0.31)]
    return line(x * width, y + unit * 0.7, x * width - unit * deep * 0.5, y + unit * (0.7 + deep))
  })
  let furrows = ''
  for (let i = -14; i <= 14; i += 1) {
    const [top, foot] = [0.46 + i * 0.034, 0.46 + i * 0.16]
    const y = field(Math.min(1, Math.max(0, top))) + unit * 2
    furrows += `M${at(top * width, y)}Q${at((top * 0.6 + foot * 0.4) * width, y + (height - y) * 0.3)} ${at(foot * width, height)}`
  }
  return [
    { d: under(hill), fill: 'land-far' },
    { d: `M${at(0, hill(0))}${through(steps.map((x): Point => [x * width, hill(x)]))}`, stroke: 'land', width: unit * 0.3 },
    { d: shade.join(''), stroke: 'land-line', width: unit * 0.24 },
    { d: under(field) + poplars(ground) + schoolhouse(ground), fill: 'land' },
    { d: furrows, stroke: 'land-line', width: unit * 0.2 },
  ]
}

/** The upper edge of the near field, at x from 0 to 1. */
export function fieldAt({ horizon, unit }: Pick<Ground, 'horizon' | 'unit'>, x: number): number {
  return horizon + unit * (3.4 + 1.5 * Math.sin(x * 3.4 + 2.2) - 0.8 * Math.sin(x * 7.7))
}

function poplars(ground: Ground): string {
  const { width, unit } = ground
  return [0.135, 0.16, 0.178, 0.2]
    .map((x, i) => {
      const tall = unit * [8, 10.5, 7, 9][i]!
      const [px, foot] = [x * width, fieldAt(ground, x) + unit]
      const wide = tall * 0.13
      return `M${at(px, foot)}C${at(px - wide * 2, foot - tall * 0.3)} ${at(px - wide, foot - tall * 0.85)} ${at(px, foot - tall)}C${at(px + wide, foot - tall * 0.85)} ${at(px + wide * 2, foot - tall * 0.3)} ${at(px, foot)}Z`
    })
    .join('')
}

function schoolhouse(ground: Ground): string {
  const { width, unit } = ground
  const [x, foot] = [width * 0.79, fieldAt(ground, 0.79) + unit]
  const p = (dx: number, dy: number): Point => [x + dx * unit, foot - dy * unit]
  return (
    polygon([p(-5, 0), p(-5, 3.4), p(-5.7, 3.4), p(-4, 6.2), p(3.4, 6.2), p(5.1, 3.4), p(4.4, 3.4), p(4.4, 0)]) +
    polygon([p(-3, 5.5), p(-3, 8.2), p(-3.3, 8.2), p(-2.2, 10.4), p(-1.1, 8.2), p(-1.4, 8.2), p(-1.4, 5.5)])
  )
}
