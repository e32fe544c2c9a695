import { at, polygon } from './brush.ts'
import type { Ground, Point, Shape } from './brush.ts'

/** A hung cloth before the sky: folds engraved from top to hem, the land in sight below it. */
export function veil({ width, horizon, unit }: Ground): Shape[] {
  const turn = (x: number) => (x / width) * Math.PI * 13 + 1.3 * Math.sin((x / width) * 7 + 1)
  const hem = (x: number) => horizon + unit * (4 - 1.2 * Math.sin(turn(x)))
  const edge: Point[] = Array.from({ length: 81 }, (_, i): Point => [(i / 80) * width, hem((i / 80) * width)])
  const fold = (x: number) => {
    // Lines crowd where the cloth turns away and part where it faces us.
    const there = x + Math.cos(turn(x)) * unit * 2.6
    const sway = Math.sin(turn(x) * 0.5) * unit * 2
    return { there, path: `${at(there, -unit)}C${at(there + sway, horizon * 0.35)} ${at(there - sway, horizon * 0.65)} ${at(there, hem(x))}` }
  }
  const back = (x: number) => {
    const there = x + Math.cos(turn(x)) * unit * 2.6
    const sway = Math.sin(turn(x) * 0.5) * unit * 2
    return `L${at(there, hem(x))}C${at(there - sway, horizon * 0.65)} ${at(there + sway, horizon * 0.35)} ${at(there, -unit)}Z`
  }
  let light = ''
  let deep = ''
  let shade = ''
  const gap = unit * 1.25
  for (let x = -gap * 3; x < width + gap * 3; x += gap) {
    const away = Math.sin(turn(x)) < -0.1
    if (away) {
      deep += `M${fold(x).path}`
      shade += `M${fold(x).path}${back(x + gap)}`
    } else light += `M${fold(x).path}`
  }
  return [
    { d: polygon([[0, -unit * 2], [width, -unit * 2], ...[...edge].reverse()]), fill: 'veil-tint' },
    { d: shade, fill: 'veil-tint', overprint: true },
    { d: light, stroke: 'veil', width: unit * 0.18 },
    { d: deep, stroke: 'veil', width: unit * 0.34 },
    { d: `M${edge.map(([x, y]) => at(x, y)).join('L')}`, stroke: 'veil', width: unit * 0.6 },
  ]
}
