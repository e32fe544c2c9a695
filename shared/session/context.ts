import type { PersonId, Sender, Tag } from '../activities/activity.ts'

/** Who asks, and what rules may not make themselves: time, dice and ids come in. */
export interface SessionContext {
  sender: Sender
  /** Who speaks, if a participant: from the handshake, never from the message. */
  person?: PersonId
  /** The sender's tag in a scope: no two are linked to each other, nor to the person. */
  tag(scope: string): Tag
  /** Server time, ms since the epoch. */
  now: number
  /** Fresh randomness of this command. */
  seed: string
  /** A fresh public id, for what this command makes. */
  id: string
}
