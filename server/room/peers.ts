/**
 * What servers tell each other beside the log. A hint, and no more: whatever is lost on the way, the log and the keys in it decide.
 */
import type { Refusal } from '#shared/refusals.ts'
import type { Bye } from '#shared/wire/protocol.ts'

export type PeerMessage =
  /** The holders of these keys (their hashes) are to be let go. */
  | { type: 'revoked'; hashes: readonly string[] }
  | { type: 'expelled'; session: string; reason: Bye; person?: string }
  /** A session has a new code and link. */
  | { type: 'renewed'; session: string }
  /** So many people are in a session at the server that says it. */
  | { type: 'here'; session: string; count: number }
  /** The act of this receipt was refused: a late copy of it, on whatever line, is to be answered the same. */
  | { type: 'refused'; session: string; receipt: string; refusal: Refusal }
  /** This secret (as its hash) is one of a person's. */
  | { type: 'veil'; person: string; hash: string }
  /** A request of this polling line (its id as a hash) came to the server that says it, which does not have it, and is up for so long, ms (an older one does not say). */
  | { type: 'strayed'; line: string; up?: number }
  /** What the server that says it had to tell for a while was lost. */
  | { type: 'unsaid' }

export interface Peers {
  /** Whether messages come through now, as far as is known. */
  readonly up: boolean
  /** Tells every other server, soon, or never if the channel is down. */
  tell(message: PeerMessage): void
  /** Hears what others tell, not oneself; `from` is a server's name for as long as its process lives. Returns how to stop. */
  onTold(listener: (message: PeerMessage, from: string) => void): () => void
  /** Calls back when the channel works again after a time in which messages may have been lost. Returns how to stop. */
  onGap(listener: () => void): () => void
}

/** A server that is alone. */
export const NO_PEERS: Peers = { up: true, tell: () => undefined, onTold: () => () => undefined, onGap: () => () => undefined }
