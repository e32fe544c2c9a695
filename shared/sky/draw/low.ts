import { at, between, disc, line, through } from './brush.ts'
import type { Place, Point, Shape } from './brush.ts'
import { fieldAt } from './ground.ts'

/** Gusts across the middle: strands side by side, the first of each curls up into itself. */
export function windy({ box, unit, dice }: Place): Shape[] {
  const row = unit * 13
  const rows = Math.max(1, Math.round(box.h / row))
  const pitch = box.h / rows
  let ribbons = ''
  let strands = ''
  let fine = ''
  for (let i = 0; i < rows; i += 1) {
    const y = box.y + pitch * (i + 0.82)
    const curl = Math.min(pitch * 0.36, box.w * 0.16)
    const right = box.x + box.w - curl * 1.1 - (i % 2) * box.w * between(dice, 0.06, 0.2)
    const left = box.x + (i % 2 ? 0 : box.w * between(dice, 0.04, 0.16))
    const gust = swell(left, right, y, curl * 0.3) + spiral(right, y, curl)
    ribbons += gust
    strands += gust
    strands += swell(left + box.w * 0.08, right + curl * 0.5, y + unit * 1.7, curl * 0.3)
    fine += swell(left - box.w * 0.02, right - box.w * 0.22, y + unit * 3.3, curl * 0.3)
    fine += swell(left + box.w * 0.14, right - box.w * 0.1, y - unit * 1.6, curl * 0.3)
  }
  return [
    { d: ribbons, stroke: 'windy-tint', width: unit * 2.6, overprint: true },
    { d: strands, stroke: 'windy', width: unit * 0.6 },
    { d: fine, stroke: 'windy', width: unit * 0.3 },
  ]
}

function swell(left: number, right: number, y: number, height: number): string {
  const length = right - left
  return `M${at(left, y + height * 0.4)}C${at(left + length * 0.28, y - height)} ${at(left + length * 0.56, y + height)} ${at(right, y)}`
}

/** Half turns of shrinking radius: each begins where the last ended, in its direction. */
function spiral(x: number, y: number, radius: number): string {
  let d = ''
  let [r, level, up] = [radius, y, true]
  for (let i = 0; i < 4; i += 1) {
    level += (up ? -2 : 2) * r
    d += `A${at(r, r)} 0 0 0 ${at(x, level)}`
    up = !up
    r *= 0.66
  }
  return d
}

/** Level lines that lie over the land, closer towards the ground, with breaks where one sees through. */
export function foggy({ box, horizon, unit, dice }: Place): Shape[] {
  const bottom = horizon + unit * 7
  const gap = unit * 2.3
  let broad = ''
  let fine = ''
  for (let y = box.y; y < bottom; y += gap) {
    const depth = (y - box.y) / (bottom - box.y)
    const inset = box.w * (0.16 * (1 - depth) + between(dice, 0, 0.16))
    const right = box.x + box.w - box.w * (0.16 * (1 - depth) + between(dice, 0, 0.16))
    for (let x = box.x + inset; x < right; ) {
      const end = Math.min(right, x + unit * between(dice, 26, 90))
      if (end - x > unit * 5) {
        broad += line(x, y, end, y)
        fine += line(x + unit * between(dice, 1, 6), y + gap / 2, end + unit * between(dice, -6, 2), y + gap / 2)
      }
      x = end + unit * between(dice, 4, 12)
    }
  }
  return [
    { d: broad, stroke: 'foggy-tint', width: unit * 1.15 },
    { d: fine, stroke: 'foggy', width: unit * 0.4 },
  ]
}

/** Dots, larger and closer together towards the ground, and the white that has settled on the field. */
export function snowy(place: Place): Shape[] {
  const { box, width, horizon, unit, dice } = place
  const bottom = horizon + unit * 6
  const depth = bottom - box.y
  const gap = unit * 2.6
  let far = ''
  let near = ''
  for (let y = box.y, i = 0; y < bottom; y += gap * 0.82, i += 1) {
    const fall = (y - box.y) / depth
    const inset = box.w * 0.2 * (1 - fall) * (1 - fall)
    for (let x = box.x + inset + (i % 2) * (gap / 2); x < box.x + box.w - inset; x += gap) {
      if (dice() > 0.3 + fall * 0.6) continue
      const r = unit * (0.26 + 0.62 * fall * between(dice, 0.45, 1))
      const dot = disc(x + between(dice, -0.8, 0.8) * unit, y + between(dice, -0.8, 0.8) * unit, r)
      if (dice() < 0.45) near += dot
      else far += dot
    }
  }
  const cover = (thick: number): string => {
    const [from, to] = [box.x + box.w * 0.02, box.x + box.w * 0.98]
    const xs = Array.from({ length: 21 }, (_, i) => from + ((to - from) * i) / 20)
    const top = xs.map((x): Point => [x, fieldAt(place, x / width) - unit * 0.3])
    const under = xs.map((x, i): Point => [x, fieldAt(place, x / width) + unit * thick * Math.min(1, box.w / (unit * 80)) * Math.sin((Math.PI * i) / 20) ** 0.5 * (1 + 0.3 * Math.sin(x / (unit * 8)))])
    return `M${at(...(top[0] as Point))}${through(top)}L${at(...(under[20] as Point))}${through(under.reverse())}Z`
  }
  return [
    { d: cover(7), fill: 'snowy-tint' },
    { d: cover(4.4), fill: 'paper' },
    { d: far, fill: 'snowy' },
    { d: near, fill: 'paper', stroke: 'snowy', width: unit * 0.22 },
  ]
}
