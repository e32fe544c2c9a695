import { at, diceFrom } from './brush.ts'
import type { Place, Shape } from './brush.ts'

/** Several weathers in one: a single lens, smaller and lighter than any weather, in one slant. Nothing in it can be counted. */
export function several({ box, unit }: Place): Shape[] {
  const [x, y] = [box.x + box.w / 2, box.y + box.h / 2]
  const [rx, ry] = [box.w * 0.37, box.h * 0.34]
  return [
    { d: ellipse(x + unit * 0.8, y + unit * 0.4, rx, ry), fill: 'mixed-tint' },
    { d: lines(x, y, rx, ry, -0.6, unit * 1.5), stroke: 'mixed', width: unit * 0.3 },
    { d: ellipse(x, y, rx, ry), stroke: 'mixed', width: unit * 0.4 },
  ]
}

/**
 * A weather that has no drawing of its own: lenses of haze one above another, each in its own
 * hatch. It says "here is something" and nothing about what.
 */
export function neutral({ box, unit }: Place, id: string): Shape[] {
  const turn = diceFrom(id)() * Math.PI
  const lenses = [
    { x: 0.6, y: 0.14, w: 0.56, h: 0.26 },
    { x: 0.4, y: 0.38, w: 0.8, h: 0.3 },
    { x: 0.56, y: 0.63, w: 0.88, h: 0.28 },
    { x: 0.42, y: 0.86, w: 0.6, h: 0.24 },
  ].map((lens) => ({
    x: box.x + box.w * lens.x,
    y: box.y + box.h * lens.y,
    rx: (box.w * lens.w) / 2,
    ry: (box.h * lens.h) / 2,
  }))
  return lenses.flatMap(({ x, y, rx, ry }, i): Shape[] => [
    { d: ellipse(x + unit, y, rx, ry), fill: 'mixed-tint', overprint: true },
    { d: lines(x, y, rx, ry, turn + (i * Math.PI) / 3, unit * 1.5), stroke: 'mixed', width: unit * 0.34 },
    { d: ellipse(x, y, rx, ry), stroke: 'mixed', width: unit * 0.4 },
  ])
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${at(x - rx, y)}A${at(rx, ry)} 0 1 1 ${at(x + rx, y)}A${at(rx, ry)} 0 1 1 ${at(x - rx, y)}Z`
}

/** Chords of an ellipse in one direction. */
function lines(x: number, y: number, rx: number, ry: number, angle: number, gap: number): string {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const widest = Math.hypot(rx * sin, ry * cos)
  let d = ''
  for (let offset = -widest + gap / 2; offset < widest; offset += gap) {
    const [px, py] = [-sin * offset, cos * offset]
    const a = (cos / rx) ** 2 + (sin / ry) ** 2
    const b = 2 * ((px * cos) / rx ** 2 + (py * sin) / ry ** 2)
    const c = (px / rx) ** 2 + (py / ry) ** 2 - 1
    const root = b * b - 4 * a * c
    if (root <= 0) continue
    const [from, to] = [(-b - Math.sqrt(root)) / (2 * a), (-b + Math.sqrt(root)) / (2 * a)]
    d += `M${at(x + px + cos * from, y + py + sin * from)}L${at(x + px + cos * to, y + py + sin * to)}`
  }
  return d
}
