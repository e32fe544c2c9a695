import type { Ink } from '../palette.ts'

/** A point in the scene's own units. */
export type Point = readonly [x: number, y: number]

/** An upright box. */
export interface Box {
  x: number
  y: number
  w: number
  h: number
}

/** One printed thing: a path with flat ink, a stroke, or both. Overprint means that the ink below shines through. */
export interface Shape {
  d: string
  fill?: Ink
  stroke?: Ink
  width?: number
  overprint?: true
}

/** The picture that a drawing is part of. */
export interface Ground {
  width: number
  height: number
  horizon: number
  /** A hundredth of the picture's height: the measure of all lines and gaps. */
  unit: number
}

/** What a weather's drawing is given: where it may be, and dice. */
export interface Place extends Ground {
  box: Box
  /** One to ten. */
  tenths: number
  dice: () => number
}

/** A number as it stands in a path: one decimal, no exponent. */
export function num(value: number): string {
  const rounded = Math.round(value * 10) / 10
  return String(rounded === 0 ? 0 : rounded)
}

/** "x y". */
export function at(x: number, y: number): string {
  return `${num(x)} ${num(y)}`
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `M${at(x1, y1)}L${at(x2, y2)}`
}

/** A closed shape with corners. */
export function polygon(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => at(x, y)).join('L')}Z`
}

/** A soft line through points (Catmull-Rom as Béziers), without its opening move. */
export function through(points: readonly Point[]): string {
  let d = ''
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [p0, p1, p2, p3] = [points[Math.max(0, i - 1)], points[i], points[i + 1], points[Math.min(points.length - 1, i + 2)]] as Point[]
    if (!p0 || !p1 || !p2 || !p3) continue
    d += `C${at(p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)} ${at(p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)} ${at(p2[0], p2[1])}`
  }
  return d
}

/** A full circle. */
export function disc(x: number, y: number, r: number): string {
  return `M${at(x - r, y)}a${at(r, r)} 0 1 1 ${at(2 * r, 0)}a${at(r, r)} 0 1 1 ${at(-2 * r, 0)}Z`
}

/** A number in [from, to). */
export function between(dice: () => number, from: number, to: number): number {
  return from + dice() * (to - from)
}

/** Dice from a seed: the same seed throws the same numbers everywhere (mulberry32 over an FNV-1a hash). */
export function diceFrom(seed: string): () => number {
  let state = 0x811c9dc5
  for (let i = 0; i < seed.length; i += 1) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
