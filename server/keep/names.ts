/** Backups by name: sorted by name they are sorted by time, and a person sees when and why each was made. */
import { KINDS } from './manifest.ts'
import type { BackupKind } from './manifest.ts'

export interface Named {
  /** Milliseconds since 1970, whole seconds. */
  at: number
  kind: BackupKind
  /** The second and later ones of one second. */
  nth: number
}

const NAME = new RegExp(`^(?:damaged-)?gatherwell-(\\d{4}-\\d{2}-\\d{2}T\\d{2})-(\\d{2})-(\\d{2})Z-(${KINDS.join('|')})(?:-(\\d+))?$`)

/** `gatherwell-2026-11-22T01-08-01Z-daily`: no colons, which some drives refuse. */
export function nameOf({ at, kind, nth }: Named): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  return `gatherwell-${time}Z-${kind}${nth > 1 ? `-${String(nth)}` : ''}`
}

/** Undefined for what is no backup of ours. */
export function parseName(name: string): Named | undefined {
  const [, hour, minute, second, kind, nth] = NAME.exec(name) ?? []
  const at = Date.parse(`${String(hour)}:${String(minute)}:${String(second)}Z`)
  return Number.isNaN(at) ? undefined : { at, kind: kind as BackupKind, nth: Number(nth ?? 1) }
}

export const isDamaged = (name: string): boolean => name.startsWith('damaged-')

/** Those of these names that go when `kept` daily backups are to stay: all that are older than the oldest of them, of every kind. */
export function outdated(names: readonly string[], kept: number): string[] {
  const daily = names.flatMap((name) => {
    const named = parseName(name)
    return named?.kind === 'daily' && !isDamaged(name) ? [named.at] : []
  })
  const oldest = daily.sort((a, b) => b - a)[kept - 1]
  if (oldest === undefined) return []
  return names.filter((name) => (parseName(name)?.at ?? Infinity) < oldest)
}
