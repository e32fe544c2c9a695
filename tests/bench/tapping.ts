/** People who tap, at an even pace, and what became of each tap. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '../support/cheap-client.ts'

/** Due taps are sent this often, ms. */
const TICK_MS = 5
const POLL_MS = 20

export interface Tap {
  sent: number
  acked: number | undefined
  /** The version that holds what it changed; undefined where there are no versions. */
  at: number
  refused: string | undefined
}

/** Sends `count` taps evenly over `seconds`, and returns when the last has been sent. Times are of `performance.now`. */
export async function tapEvenly(count: number, seconds: number, client: (i: number) => Client, act: (i: number) => unknown): Promise<Tap[]> {
  const taps: Tap[] = []
  const began = performance.now()
  while (taps.length < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - began) / (seconds * 1000)) * count))
    while (taps.length < due) taps.push(tap(client(taps.length), act(taps.length)))
    if (taps.length < count) await wait(TICK_MS)
  }
  return taps
}

function tap(client: Client, act: unknown): Tap {
  const made: Tap = { sent: performance.now(), acked: undefined, at: 0, refused: undefined }
  client.ask('act', act, (raw) => {
    const answer = raw as { ok: boolean; at?: number; code?: string }
    made.acked = performance.now()
    made.at = answer.at ?? 0
    if (!answer.ok) made.refused = answer.code ?? 'no'
  })
  return made
}

/** Waits until it is so; false if it is not within so many seconds. */
export async function until(so: () => boolean, seconds: number): Promise<boolean> {
  const last = performance.now() + seconds * 1000
  while (!so()) {
    if (performance.now() > last) return false
    await wait(POLL_MS)
  }
  return true
}


/** How long the acknowledgements took, ms, and which did not come. */
export function acknowledged(taps: readonly Tap[]): { times: number[]; refused: number; missing: number } {
  return {
    times: taps.flatMap((one) => (one.acked === undefined ? [] : [one.acked - one.sent])),
    refused: taps.filter((one) => one.refused !== undefined).length,
    missing: taps.filter((one) => one.acked === undefined).length,
  }
}
