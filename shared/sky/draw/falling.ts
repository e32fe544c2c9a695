import { between, line, polygon } from './brush.ts'
import type { Place, Point, Shape } from './brush.ts'
import { flat, hatch, heap, hollow, outline, underside } from './mass.ts'

/** How far rain and storm lean: sideways for each unit down. */
const LEAN = 0.26

/** A low dark edge, and rain that slants from it to the ground. */
export function rainy({ box, horizon, unit, dice }: Place): Shape[] {
  const mass = heap({ ...box, h: Math.max(unit * 7, box.h * 0.24) }, dice, 1.5)
  const [top, bottom] = [mass.base, horizon + unit * 2]
  const [left, right] = [box.x + unit * 2, box.x + box.w - unit * 2]
  const drop = bottom - top
  const strokes = ['', '']
  const gap = unit * 1.7
  for (let x = left; x < right; x += gap) {
    // Each thread of rain is broken once or twice, at no two heights alike.
    for (let y = top - dice() * unit * 6; y < bottom; ) {
      const length = between(dice, unit * 7, unit * 19)
      const [from, to] = [Math.max(y, top), Math.min(y + length, bottom)]
      const heavy = dice() < 0.4 ? 1 : 0
      if (to - from > unit) strokes[heavy] += line(x - (from - top) * LEAN, from, x - (to - top) * LEAN, to)
      y += length + between(dice, unit * 1.5, unit * 5)
    }
  }
  const curtain: Point[] = [[left, top], [right, top], [right - drop * LEAN, bottom], [left - drop * LEAN, bottom]]
  return [
    { d: polygon(curtain), fill: 'rainy-tint', overprint: true },
    { d: strokes[0] ?? '', stroke: 'rainy', width: unit * 0.26 },
    { d: strokes[1] ?? '', stroke: 'rainy', width: unit * 0.55 },
    { d: flat(mass), fill: 'rainy-tint' },
    { d: hatch(mass, -0.6, unit * 0.95, 1), stroke: 'rainy', width: unit * 0.38 },
    { d: outline(mass, 1) + underside(mass), stroke: 'rainy', width: unit * 0.5 },
  ]
}

/** A tower of billows in echoing contours, its curtain to the ground, and lightning left white as the paper is. */
export function stormy({ box, horizon, unit, tenths, dice }: Place): Shape[] {
  const mass = heap({ ...box, h: box.h * 0.56 }, dice, 1.7)
  const whirl = hollow(mass)
  const [top, bottom] = [mass.base - unit, horizon + unit * 2]
  const [left, right] = [box.x + box.w * 0.1, box.x + box.w * 0.94]
  const drop = bottom - top
  const lean = drop * LEAN * 0.5
  let threads = ''
  for (let x = left; x < right; x += unit * 0.95) threads += line(x, top, x - lean, bottom)
  const bolts = 1 + Math.floor(tenths / 4)
  let lightning = ''
  for (let i = 0; i < bolts; i += 1) {
    const x = left + ((right - left) * (i + between(dice, 0.42, 0.58))) / bolts
    lightning += bolt(x, mass.base - unit * 3, bottom - unit * between(dice, 1, 5), unit, dice)
  }
  return [
    { d: polygon([[left, top], [right, top], [right - lean, bottom], [left - lean, bottom]]), fill: 'stormy-tint' },
    { d: threads, stroke: 'stormy', width: unit * 0.4 },
    { d: flat(mass), fill: 'stormy-mass' },
    { d: outline(whirl, 0.9) + outline(whirl, 0.74), stroke: 'stormy-line', width: unit * 0.3 },
    { d: outline(whirl, 0.6) + outline(whirl, 0.47) + outline(whirl, 0.35) + outline(whirl, 0.24), stroke: 'stormy-line', width: unit * 0.18 },
    { d: lightning, fill: 'paper' },
  ]
}

/** One stroke of lightning: broad where it leaves the cloud, a point where it ends. */
function bolt(x: number, top: number, bottom: number, unit: number, dice: () => number): string {
  const steps = 5
  unit = Math.min(unit, (bottom - top) / 22)
  const middle: Point[] = []
  let side = dice() < 0.5 ? 1 : -1
  for (let i = 0; i <= steps; i += 1) {
    const down = top + ((bottom - top) * i) / steps + (i % 2 ? unit * 1.6 : 0)
    middle.push([x + side * unit * (i === steps ? 0 : between(dice, 1.6, 3.2)), down])
    side = -side
  }
  const width = (i: number) => unit * 1.9 * (1 - i / steps)
  const there = middle.map(([px, py], i): Point => [px - width(i), py])
  const back = middle.map(([px, py], i): Point => [px + width(i), py - unit * 0.8 * (i % 2)]).reverse()
  return polygon([...there, ...back])
}
