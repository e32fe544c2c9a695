/**
 * What was sent and not yet answered, on the device: written before it is sent, removed by the durable answer. Each act has a
 * key of its own, so that two tabs of one person share the box without overwriting each other; sending twice is harmless,
 * since the same id never counts twice.
 */
import type { Act } from '#shared/wire/protocol.ts'
import type { Storage } from './storage.ts'

export interface Outbox {
  /** Keeps an act; false if it is on this page only, because the device has no room. */
  add(act: Act): boolean
  remove(id: string): void
  /** Acts in the order in which they were made. */
  waiting(): Act[]
  purge(): void
}

/**
 * `clock` orders acts of one device; it is never sent. What is added comes after all that waits, also when the clock was set
 * back or stands still, and over reloads.
 */
export function createOutbox(storage: Storage, session: string, clock: () => number): Outbox {
  const prefix = `gw/${session}/out/`
  const keyOf = (id: string) => storage.keys(prefix).find((key) => key.endsWith(`/${id}`))
  return {
    add(act) {
      const last = storage.keys(prefix).at(-1)?.slice(prefix.length, prefix.length + DIGITS)
      const place = Math.max(clock(), last === undefined ? 0 : Number.parseInt(last, 36) + 1)
      return storage.set(`${prefix}${order(place)}/${act.id}`, JSON.stringify(act))
    },
    remove(id) {
      const key = keyOf(id)
      if (key !== undefined) storage.remove(key)
    },
    waiting() {
      return storage.keys(prefix).flatMap((key) => {
        const act = parsed(storage.get(key))
        return act === undefined ? [] : [act]
      })
    },
    purge() {
      for (const key of storage.keys(prefix)) storage.remove(key)
    },
  }
}

/** Enough for milliseconds until the year 5188. */
const DIGITS = 9

/** Numbers as text that sorts as they do. */
function order(value: number): string {
  return value.toString(36).padStart(DIGITS, '0')
}

function parsed(text: string | undefined): Act | undefined {
  try {
    const act = JSON.parse(text ?? '') as Act
    return typeof act.id === 'string' && typeof act.do?.type === 'string' ? act : undefined
  } catch {
    return undefined
  }
}
