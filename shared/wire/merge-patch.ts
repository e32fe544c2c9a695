/**
 * JSON merge patches (RFC 7396): small differences between two views. Views hold keyed maps and no null, so null in a patch
 * always means "remove"; arrays travel whole, so views keep lists as maps with an order key.
 */
import { unlike } from '../parts.ts'

export type Json = string | number | boolean | Json[] | { [key: string]: Json }
export type Patch = string | number | boolean | null | Json[] | { [key: string]: Patch }

/** The patch that turns `before` into `after`, or undefined if they are equal. A member that is undefined counts as absent. */
export function diff(before: unknown, after: unknown): Patch | undefined {
  if (before === after) return undefined
  if (!isMap(before) || !isMap(after)) return same(before, after) ? undefined : (after as Patch)
  return diffMaps(...unlike(before, after))
}

function diffMaps(before: Record<string, unknown>, after: Record<string, unknown>): Patch | undefined {
  const patch: { [key: string]: Patch } = {}
  let changed = false
  for (const key of Object.keys(before)) {
    if (before[key] !== undefined && member(after, key) === undefined) {
      patch[key] = null
      changed = true
    }
  }
  for (const key of Object.keys(after)) {
    if (after[key] === undefined) continue
    const old = member(before, key)
    const inner = old === undefined ? (after[key] as Patch) : diff(old, after[key])
    if (inner === undefined) continue
    patch[key] = inner
    changed = true
  }
  return changed ? patch : undefined
}

/** The view after a patch. Untouched branches are shared with `view`, which stays as it was. */
export function apply(view: unknown, patch: Patch): unknown {
  if (!isMap(patch)) return patch
  const out: Record<string, unknown> = isMap(view) ? { ...view } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (key === '__proto__') continue
    if (value === null) delete out[key]
    else out[key] = apply(out[key], value as Patch)
  }
  return out
}

/** Never what every object has: a key may be called "constructor". */
function member(map: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b)
}
