import { at, between, disc, line } from './brush.ts'
import type { Place, Shape } from './brush.ts'
import { flat, hatch, heap, outline, underside } from './mass.ts'

/** A flat disc and its rays, cut long and short. */
export function sunny({ box, unit, dice }: Place): Shape[] {
  const [x, y] = [box.x + box.w / 2, box.y + box.h / 2]
  const [rx, ry] = [box.w / 2, box.h / 2]
  const r = Math.min(rx, ry) * 0.46
  const rays = Math.max(36, Math.round((r * 6.283) / (unit * 1.9) / 4) * 4)
  let long = ''
  let short = ''
  for (let i = 0; i < rays; i += 1) {
    const angle = (i / rays) * Math.PI * 2
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const edge = (rx * ry) / Math.hypot(ry * cos, rx * sin)
    const reach = i % 4 === 0 ? 1 : i % 2 === 0 ? 0.82 : between(dice, 0.6, 0.68)
    const ray = line(x + cos * (r + unit * 1.6), y + sin * (r + unit * 1.6), x + cos * edge * reach, y + sin * edge * reach)
    if (i % 2 === 0) long += ray
    else short += ray
  }
  return [
    { d: disc(x, y, r), fill: 'sunny-tint' },
    { d: hatch({ circles: [{ x, y, r }], base: y + r }, 0, unit * 1.1, 0.62), stroke: 'sunny', width: unit * 0.34 },
    { d: disc(x + unit * 0.4, y + unit * 0.4, r), stroke: 'sunny', width: unit * 0.45 },
    { d: long, stroke: 'sunny', width: unit * 0.5 },
    { d: short, stroke: 'sunny', width: unit * 0.3 },
  ]
}

/** Five bands that overlap a little, so that their inks make others where they meet. It stands on the horizon, behind everything. */
export function rainbow({ box, unit }: Place): Shape[] {
  const x = box.x + box.w / 2
  const y = box.y + box.h
  const pitch = Math.min(box.h, box.w / 2) * 0.1
  const arch = (inset: number) => {
    const [rx, ry] = [box.w / 2 - inset, box.h - inset]
    return `M${at(x - rx, y + unit * 6)}L${at(x - rx, y)}A${at(rx, ry)} 0 0 1 ${at(x + rx, y)}L${at(x + rx, y + unit * 6)}`
  }
  const bands = (['bow-1', 'bow-2', 'bow-3', 'bow-4', 'bow-5'] as const).map(
    (stroke, i): Shape => ({ d: arch(pitch * (i + 0.6)), stroke, width: pitch * 1.24, overprint: true }),
  )
  const engraved = [0.18, 1.1, 2.1, 3.1, 4.1, 5.02].map((i) => arch(pitch * i)).join('')
  return [...bands, { d: engraved, stroke: 'paper', width: unit * 0.22 }]
}

/** A high bank: a tint, the outline printed a little beside it, and its shade in level lines. */
export function cloudy({ box, unit, dice }: Place): Shape[] {
  const mass = heap(box, dice, 2.1)
  const tint = { ...mass, circles: mass.circles.map((circle) => ({ ...circle, x: circle.x + unit * 0.9 })) }
  return [
    { d: flat(tint), fill: 'cloudy-tint' },
    { d: hatch(mass, 0, unit * 1.25, 0.42), stroke: 'cloudy', width: unit * 0.3 },
    { d: outline(mass, 0.84), stroke: 'cloudy', width: unit * 0.26 },
    { d: outline(mass, 1) + underside(mass), stroke: 'cloudy', width: unit * 0.5 },
  ]
}
