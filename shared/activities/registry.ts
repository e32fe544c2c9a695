/** The list of kinds: a kind that is not here does not exist, and every type of commands, events and views derives from it. */
import type { Activity } from './activity.ts'
import { checkIn } from './check-in/check-in.ts'

export const kinds = {
  'check-in': checkIn,
}

export type Kind = keyof typeof kinds

/** The views of a kind, by audience. */
export type ViewsOf<K extends Kind> = {
  [A in 'facilitator' | 'screen' | 'everyone' | 'mine']: NonNullable<ReturnType<(typeof kinds)[K]['views'][A]>>
}

/** The kind of this name, as the session drives it; undefined for a name that no kind has. */
export function kindOf(name: string): Activity | undefined {
  return Object.hasOwn(kinds, name) ? (kinds[name as Kind] as unknown as Activity) : undefined
}
