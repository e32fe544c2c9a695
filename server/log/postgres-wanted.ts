/**
 * Which sessions the other servers follow. Where everybody of a session is with one server, nobody else has to be woken for each of its acts: neither
 * the servers nor the process that the database keeps for each of them. A hint, as all that goes over the channel: who is not told looks.
 */

/** A server that has not been heard for so long, in spite of its beats, is gone, ms. */
const FORGET_MS = 15_000
/** For so long after a channel has begun to work, others may not have said yet what they follow, ms. */
const UNSURE_MS = 1_000
/** Whatever may have been lost is told again so often, ms. */
const AGAIN_MS = 30_000

export type Wants =
  /** Who says it begins to hear, and has told nothing yet: it wants to know what the others follow. */
  | { begins: true }
  | { follows: readonly string[] }
  | { left: readonly string[] }

interface Other {
  /** A server that tells of nothing (an older one) may follow everything. */
  follows: Set<string> | 'unknown'
  /** When it was heard last, ms. */
  heard: number
}

export interface Wanted {
  /** Whether another server may follow it. */
  byOthers(session: string): boolean
  /** This server follows it from now on, or does so no more. */
  began(session: string): void
  left(session: string): void
  /** Another server is there. */
  alive(server: string): void
  heard(message: Wants, server: string): void
  /** The channel has begun to work. */
  channelBegan(): void
  close(): void
}

export interface WantedDeps {
  /** A clock that nobody sets, ms. */
  now: () => number
  tell(message: Wants): void
  /** The sessions that are followed here. */
  own(): string[]
  /** Another server has begun to follow these: what happened meanwhile it was not told. */
  newcomer(sessions: readonly string[]): void
}

export function openWanted({ now, tell, own, newcomer }: WantedDeps): Wanted {
  const others = new Map<string, Other>()
  let unsureUntil = Infinity

  const tellOwn = () => tell({ follows: own() })
  function introduce(): void {
    tell({ begins: true })
    tellOwn()
  }

  function met(server: string, follows: Other['follows']): Other {
    const other = { follows, heard: now() }
    others.set(server, other)
    return other
  }

  const telling = setInterval(tellOwn, AGAIN_MS)
  telling.unref()

  return {
    byOthers(session) {
      const at = now()
      if (at < unsureUntil) return true
      for (const [server, { follows, heard }] of others) {
        if (at - heard > FORGET_MS) others.delete(server)
        else if (follows === 'unknown' || follows.has(session)) return true
      }
      return false
    },
    began: (session) => tell({ follows: [session] }),
    left: (session) => tell({ left: [session] }),
    alive(server) {
      const other = others.get(server)
      if (other !== undefined) other.heard = now()
      else {
        met(server, 'unknown')
        introduce()
      }
    },
    heard(message, server) {
      if ('begins' in message) {
        met(server, new Set())
        tellOwn()
      } else if ('follows' in message) {
        const known = others.get(server)?.follows
        const follows = known instanceof Set ? known : new Set<string>()
        const added = message.follows.filter((session) => !follows.has(session))
        for (const session of added) follows.add(session)
        met(server, follows)
        newcomer(added)
      } else {
        const known = others.get(server)?.follows
        if (known instanceof Set) for (const session of message.left) known.delete(session)
      }
    },
    channelBegan() {
      unsureUntil = now() + UNSURE_MS
      introduce()
    },
    close: () => clearInterval(telling),
  }
}
