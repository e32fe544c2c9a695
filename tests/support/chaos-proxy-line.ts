/** One direction of one connection on a bad network: late, thin, in crumbs or standing still; always in order, as TCP has it. */
import type { Socket } from 'node:net'
import type { Random } from '#shared/random.ts'

export interface Weather {
  /** Every piece comes this much later, ms. */
  latency?: number
  /** And up to this much more, drawn for each piece: connections overtake one another, no connection itself. ms. */
  jitter?: number
  /** Bits that pass in a second. */
  bits?: number
  /** Bytes arrive in pieces of at most so many. */
  crumb?: number
}

export interface Line {
  send(bytes: Buffer): void
  /** Nothing passes until `go`; what was sent meanwhile waits. */
  stall(): void
  go(): void
  /** Calls back when all that was sent has passed. */
  afterwards(then: () => void): void
  drop(): void
}

/** `weather` is asked for every piece, so that it may change under open connections. */
export function openLine(to: () => Socket, weather: () => Weather, dice: Random): Line {
  const waiting: { due: number; bytes: Buffer }[] = []
  let then: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let stalled = false
  /** When the last piece will have passed. */
  let busy = 0

  function pass(): void {
    timer = undefined
    while (!stalled && waiting[0] !== undefined) {
      const wait = waiting[0].due - performance.now()
      if (wait > 0) return void (timer = setTimeout(pass, wait))
      const piece = waiting.shift()
      if (piece !== undefined && to().writable) to().write(piece.bytes)
    }
    if (waiting.length === 0) then?.()
  }

  return {
    send(bytes) {
      const { latency = 0, jitter = 0, bits = Infinity, crumb = bytes.length } = weather()
      for (let at = 0; at < bytes.length; ) {
        const size = crumb >= bytes.length ? bytes.length : 1 + dice.below(crumb)
        const piece = bytes.subarray(at, at + size)
        const due = Math.max(busy, performance.now() + latency + (jitter === 0 ? 0 : dice.below(jitter)))
        busy = due + (piece.length * 8_000) / bits
        waiting.push({ due: busy, bytes: piece })
        at += size
      }
      if (timer === undefined) pass()
    },
    stall() {
      stalled = true
    },
    go() {
      stalled = false
      if (timer === undefined) pass()
    },
    afterwards(called) {
      then = called
      if (waiting.length === 0) called()
    },
    drop() {
      clearTimeout(timer)
      waiting.length = 0
      then = undefined
    },
  }
}
