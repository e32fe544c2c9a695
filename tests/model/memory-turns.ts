/** How several servers meet in one storage: who has a session alone (the others wait, as before a database's lock), and who hears what when. */
import { StorageRefused } from '../../server/log/port.ts'

/**
 * What becomes of a commit or a read: "kept" and answered; "refused", and nothing of it is kept; "doubt": a commit is kept, and
 * its caller told that it was refused; "lost": never answered, nothing kept; "unheard": kept, never answered.
 */
export type Fate = 'kept' | 'refused' | 'doubt' | 'lost' | 'unheard'

/** How one of several servers meets what they share; without it all is there at once, and nobody dies. */
export interface Meeting {
  /** A call's way to storage, and its answer's way back. */
  way?: (leg: 'there' | 'back') => Promise<void>
  /** Whether the server that calls still runs. */
  alive?: () => boolean
  /** Decides when a server is told that another one has written. */
  hears?: (tell: () => void) => void
  /** Looks where a session stands, again and again, whatever was heard. Returns how to stop. */
  look?: (look: () => void) => () => void
  /** Takes a session back from who has had it alone in silence for too long. Returns how not to. */
  lease?: (over: () => void) => () => void
}

export interface Turn {
  /** Resolves when it is over. */
  over: Promise<void>
  /** Heard of who has it: it goes on. Throws `StorageRefused` where it was taken away meanwhile. */
  held(): void
  release(): void
}

export interface Turns {
  of(session: string | undefined): Turn | undefined
  /** Must be free. `lease` takes it away from who is silent for too long. */
  take(session: string, by: object, lease?: (over: () => void) => () => void): Turn
  /** Takes all that somebody has. */
  drop(by: object): void
}

export function openTurns(): Turns {
  const turns = new Map<string, { by: object; turn: Turn }>()
  return {
    of: (session) => (session === undefined ? undefined : turns.get(session)?.turn),
    take(session, by, lease) {
      let tell = () => {}
      let lost = false
      const over = new Promise<void>((resolve) => (tell = resolve))
      const end = () => {
        lost = true
        if (turns.get(session)?.turn === turn) turns.delete(session)
        tell()
      }
      let keep = lease?.(end)
      const turn: Turn = {
        over,
        held() {
          if (lost) throw new StorageRefused('The database has taken the session back')
          keep?.()
          keep = lease?.(end)
        },
        release() {
          keep?.()
          end()
        },
      }
      turns.set(session, { by, turn })
      return turn
    },
    drop(by) {
      for (const { by: whose, turn } of [...turns.values()]) if (whose === by) turn.release()
    },
  }
}
