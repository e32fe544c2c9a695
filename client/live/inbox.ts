/** The views that this client holds, kept whole by patches; a patch that does not fit asks for the whole view again. */
import { apply } from '#shared/wire/merge-patch.ts'
import type { PatchMessage, ViewMessage } from '#shared/wire/protocol.ts'

export interface Held {
  at: number
  view: unknown
}

export type Taken = { held: Held } | 'gap' | 'old'

/** A whole view replaces what was held, also an older version: a server restored from a backup may be behind us. */
export function takeView(message: ViewMessage): Held {
  return { at: message.at, view: message.view }
}

/** Takes a patch in: the new view, "old" if it is held already, "gap" if something before it was missed and the whole view is needed. */
export function takePatch(held: Held | undefined, message: PatchMessage): Taken {
  if (held === undefined || held.at < message.from) return 'gap'
  if (held.at >= message.at) return 'old'
  if (held.at > message.from) return 'gap'
  return { held: { at: message.at, view: apply(held.view, message.patch) } }
}

/** What the server's heartbeat says against what is held: true if something was missed. */
export function behind(held: Held | undefined, at: number | undefined): boolean {
  return at !== undefined && held?.at !== at
}
