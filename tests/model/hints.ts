/** What servers of the model tell each other beside the log: late, out of order, or never. */
import type { PeerMessage, Peers } from '../../server/room/peers.ts'
import { outside, type Process } from './process.ts'

export interface Hints {
  /** How long the next hint or announcement takes, ms; undefined: it is lost. A test's own. */
  delay: () => number | undefined
  /** Whether servers can hear each other; what is said meanwhile is lost. */
  up: boolean
  /** Receipts of acts of whose refusal not every other server has heard. */
  readonly unheard: Set<string>
  /** One server's end; `alive`: it still runs. */
  peers(name: string, process: Process, alive: () => boolean): Peers
  /** Carries something to a process, or not. */
  carry(process: Process, take: () => void): boolean
}

export function openHints(): Hints {
  const ends = new Set<{ name: string; process: Process; alive: () => boolean; told: Set<(message: PeerMessage, from: string) => void>; gaps: Set<() => void> }>()
  let up = true

  function carry(process: Process, take: () => void): boolean {
    const ms = up ? hints.delay() : undefined
    if (ms === undefined) return false
    outside(() => setTimeout(() => process.enter(take), ms))
    return true
  }

  const hints: Hints = {
    delay: () => 0,
    unheard: new Set(),
    carry,
    get up() {
      return up
    },
    set up(now) {
      const again = now && !up
      up = now
      if (again) for (const { process, gaps } of ends) for (const gap of gaps) process.enter(gap)
    },
    peers(name, process, alive) {
      const end = { name, process, alive, told: new Set<(message: PeerMessage, from: string) => void>(), gaps: new Set<() => void>() }
      ends.add(end)
      return {
        get up() {
          return up
        },
        tell(message) {
          if (!alive()) return
          const text = JSON.stringify(message)
          for (const other of ends) {
            if (other === end || !other.alive()) continue
            const hear = () => other.alive() && other.told.forEach((listener) => listener(JSON.parse(text) as PeerMessage, name))
            if (!carry(other.process, hear) && message.type === 'refused') hints.unheard.add(message.receipt)
          }
        },
        onTold: (listener) => kept(end.told, listener),
        onGap: (listener) => kept(end.gaps, listener),
      }
    },
  }
  return hints
}

function kept<T>(all: Set<T>, one: T): () => void {
  all.add(one)
  return () => void all.delete(one)
}
