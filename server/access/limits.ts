/**
 * How often somebody may try. Counted per participant or device, and per address only against guessing: a whole school
 * is one address. The time comes in, in milliseconds.
 */
import { isIPv6 } from 'node:net'
import { buckets, OK } from './bucket.ts'
import type { Verdict } from './bucket.ts'

export type { Verdict } from './bucket.ts'

const MINUTE_S = 60

const MISSES_PER_DEVICE = { burst: 10, perSecond: 10 / MINUTE_S }
const MISSES_PER_ADDRESS = { burst: 60, perSecond: 60 / MINUTE_S }
/** Of 10^8 codes with 200 open, a guesser needs seven hours at this rate for one hit. */
const MISSES_IN_ALL = { burst: 20, perSecond: 20 }
/** When everybody's misses are used up, an answer takes this long, and says to scan the QR. */
const CROWDED_MS = 2_000

/** A tap, a card and an edit a second is a lively person; a resend of an outbox comes as a burst. */
const COMMANDS = { burst: 40, perSecond: 5 }
/** A full auditorium scans within seconds. This only stops a machine from filling the memory. */
const JOINS_PER_ADDRESS = { burst: 2_000, perSecond: 50 }

const FREE_SIGN_INS = 5
const LONGEST_SIGN_IN_DELAY_MS = 5 * 60 * 1000
/** After a quiet hour an address starts anew. */
const SIGN_IN_MEMORY_MS = 60 * 60 * 1000
/** Each attempt costs a third of a second of processor. */
const SIGN_INS_IN_ALL = { burst: 30, perSecond: 0.5 }
const MOST_ADDRESSES = 50_000
const AT_THE_MACHINE = /^(127\..*|0:0:0:0::\/64)$/u

export interface Visitor {
  device: string
  address: string
}

export interface Limits {
  /** Ask before looking a typed code up. Links and QR are never asked: 128 bits need no limit. */
  mayTryCode(visitor: Visitor, now: number): Verdict
  /** Whether the visitor, or who shares their address, has used up the misses of their own; else it is others who guess. */
  missesUsedUp(visitor: Visitor, now: number): boolean
  /** Tell after a code that admits nobody. A right code never counts. Misses that ran side by side are all paid for. */
  missedCode(visitor: Visitor, now: number): void
  /** Ask before checking a passphrase; a yes counts as an attempt, so that attempts side by side count too. */
  signIn(address: string, now: number): Verdict
  /** Tell after a right passphrase: the address starts anew. */
  signedIn(address: string): void
  /** Ask before every command of a participant (or of a facilitator's key). */
  command(who: string, now: number): Verdict
  /** Ask before a new person is made. */
  join(address: string, now: number): Verdict
}

export function openLimits(): Limits {
  const byDevice = buckets(MISSES_PER_DEVICE)
  const byAddress = buckets(MISSES_PER_ADDRESS)
  const inAll = buckets(MISSES_IN_ALL)
  const commands = buckets(COMMANDS)
  const joins = buckets(JOINS_PER_ADDRESS)
  const signIns = openSignIns()
  const owed = ({ device, address }: Visitor, now: number) => [byDevice.peek(device, now), byAddress.peek(addressKey(address), now)].find((verdict) => !verdict.ok)

  return {
    mayTryCode(visitor, now) {
      return owed(visitor, now) ?? (inAll.peek('', now).ok ? OK : { ok: false, waitMs: CROWDED_MS })
    },
    missesUsedUp: (visitor, now) => owed(visitor, now) !== undefined,
    missedCode({ device, address }, now) {
      byDevice.spend(device, now)
      byAddress.spend(addressKey(address), now)
      inAll.spend('', now)
    },
    ...signIns,
    command: (who, now) => commands.take(who, now),
    join: (address, now) => joins.take(addressKey(address), now),
  }
}

/** Five attempts at once, then a wait that doubles each time, per address; and a bound for all addresses together. */
function openSignIns(): Pick<Limits, 'signIn' | 'signedIn'> {
  const inAll = buckets(SIGN_INS_IN_ALL)
  const tried = new Map<string, { attempts: number; at: number }>()

  return {
    signIn(address, now) {
      const key = addressKey(address)
      const known = tried.get(key)
      const past = known && now - known.at < SIGN_IN_MEMORY_MS ? known : { attempts: 0, at: now }
      past.at = Math.min(past.at, now) // a clock that was set back locks nobody out
      const waitMs = past.at + signInDelayMs(past.attempts) - now
      if (waitMs > 0) return { ok: false, waitMs }
      // Whoever sits at the server's own machine is let try however many others guess.
      const crowd = AT_THE_MACHINE.test(key) ? OK : inAll.take('', now)
      if (!crowd.ok) return crowd
      tried.delete(key)
      tried.set(key, { attempts: past.attempts + 1, at: now })
      for (const oldest of tried.keys()) {
        if (tried.size <= MOST_ADDRESSES) break
        tried.delete(oldest)
      }
      return OK
    },
    signedIn(address) {
      tried.delete(addressKey(address))
    },
  }
}

/** How long after the last of so many attempts the next one may come. */
export function signInDelayMs(attempts: number): number {
  return attempts < FREE_SIGN_INS ? 0 : Math.min(LONGEST_SIGN_IN_DELAY_MS, 1000 * 2 ** (attempts - FREE_SIGN_INS))
}

/** One household or server is one key: IPv4 in IPv6 counts as IPv4, and an IPv6 address by the /64 that a provider gives. */
export function addressKey(address: string): string {
  const [bare = ''] = address.toLowerCase().split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)
  if (mapped?.[1]) return mapped[1]
  if (!isIPv6(bare)) return bare
  const [front = '', back] = bare.split('::')
  const groups = front === '' ? [] : front.split(':')
  const tail = back === undefined || back === '' ? [] : back.split(':')
  const zeros = back === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - tail.length)).fill('0')
  const network = [...groups, ...zeros, ...tail].slice(0, 4)
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
