/**
 * The code by which one person comes back on another device: six characters, shown on their own phone or handed out by a
 * facilitator. It is good in its session alone, once, for twelve hours, and only the newest of a person's works.
 */
import { randomInt, scrypt } from 'node:crypto'
import { buckets } from './bucket.ts'
import { Conflict, type KeyRow, type Log } from '../log/port.ts'
import { COOKIE_LIFE_MS } from './keys.ts'

/** No vowels, so that chance spells nothing; nothing that is read as something else (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V). */
const CHARACTERS = '23456789CDFHJKMNPQRTVWXY'
const LENGTH = 6
/** What people read or type for a character that is in no code. */
const MISREAD: Record<string, string> = { Z: '2', S: '5', G: '6', B: '8', U: 'V' }
/** Nobody types a code with more around it than this. */
const LONGEST_INPUT = 40
/** Two draws alike in one session are one in two hundred million. */
const MOST_DRAWS = 5

/** A code is short: its hash is dear, about 40 ms a guess, so that a stolen file does not give the codes of a room away. */
const COST = { N: 2 ** 14, r: 8, p: 1 }
const HASH_BYTES = 32

const HOUR_S = 3_600
const MISSES_PER_DEVICE = { burst: 5, perSecond: 5 / HOUR_S }
/** A guesser who changes devices has this many tries at 191 million codes, of which a big room has some hundreds. */
const MISSES_PER_SESSION = { burst: 60, perSecond: 60 / HOUR_S }
/** Whoever goes on guessing does not make the server read all keys of the session each time. */
const LOOKS = { burst: 5, perSecond: 1 }

/** The key of a code is found by its person: there is one each, and no list of them. */
const handleOf = (person: string): string => `back-${person}`

/** The name of a code that a facilitator handed out, so that every server knows of it. */
const HANDED_OUT = 'handed out'

/** The six characters in what somebody typed or pasted, or nothing. */
export function normaliseRejoinCode(input: string): string | undefined {
  if (input.length > LONGEST_INPUT) return undefined
  const bare = input.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/gu, '')
  const code = Array.from(bare, (character) => MISREAD[character] ?? character).join('')
  return code.length === LENGTH && Array.from(code).every((character) => CHARACTERS.includes(character)) ? code : undefined
}

/**
 * A new code of this person, told once and kept as a hash; the one before works no more, nor one of those under whom they came in besides.
 * `handedOut`: by a facilitator; `parent`: the key that it ends with, if it is not used before. Rejects with `Gone` if the session, or that
 * key, is not there.
 */
export async function newRejoinCode(log: Log, session: string, { person, besides }: { person: string; besides: readonly string[] }, now: number, { handedOut = false, parent }: { handedOut?: boolean; parent?: string | undefined } = {}): Promise<string> {
  for (const other of besides) await log.revokeKey(session, handleOf(other))
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const code = Array.from({ length: LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('')
    const row: KeyRow = { hash: await hashOf(session, code), role: 'participant', session, person, handle: handleOf(person), createdAt: now, expiresAt: now + COOKIE_LIFE_MS, ...(handedOut ? { name: HANDED_OUT } : {}), ...(parent === undefined ? {} : { parent }) }
    await log.revokeKey(session, row.handle)
    try {
      await log.addKey(row)
      return code
    } catch (error) {
      // Another's code, or another code of the same person, drawn at the same moment.
      if (!(error instanceof Conflict)) throw error
    }
  }
  throw new Error('No rejoin code is free')
}

/** Whose code this is in this session; nothing is used up by asking. */
export async function ownerOfRejoinCode(log: Log, session: string, typed: string, now: number): Promise<string | undefined> {
  const code = normaliseRejoinCode(typed)
  const key = code === undefined ? undefined : await log.key(await hashOf(session, code), now)
  return key?.person !== undefined && key.session === session && key.handle === handleOf(key.person) ? key.person : undefined
}

/** Uses a person's code up: true for one of those who try at once, and never again. */
export async function useRejoinCode(log: Log, session: string, person: string): Promise<boolean> {
  return (await log.revokeKey(session, handleOf(person))).length > 0
}

/** Who may try a code how often, on this server; the time comes in, ms. */
export interface RejoinTries {
  /** Pays for one try before it is looked at: hashing takes its time, and tries side by side must not all come before the first miss. False: none is left. */
  take(session: string, device: string, now: number): Promise<boolean>
  /** The try was right, and costs nothing. */
  right(session: string, device: string, now: number): void
  /** A facilitator has handed a code out at `now`: who had used up their tries has new ones, also where another server did it. */
  anew(session: string, now: number): void
}

export function openRejoinTries(log: Log): RejoinTries {
  const byDevice = buckets(MISSES_PER_DEVICE)
  const bySession = buckets(MISSES_PER_SESSION)
  const looks = buckets(LOOKS)
  /** When the newest code was handed out that this server knows of. */
  const handedAt = new Map<string, number>()
  const roundOf = (session: string) => `${session} ${handedAt.get(session) ?? 0}`

  function pay(session: string, device: string, now: number): boolean {
    const round = roundOf(session)
    if (!bySession.peek(round, now).ok || !byDevice.take(`${round} ${device}`, now).ok) return false
    bySession.spend(round, now)
    return true
  }

  async function handedOutElsewhere(session: string): Promise<boolean> {
    const codes = (await log.keys(session, 'participant')).filter(({ name }) => name === HANDED_OUT)
    const at = Math.max(0, ...codes.map(({ createdAt }) => createdAt))
    if (at <= (handedAt.get(session) ?? 0)) return false
    handedAt.set(session, at)
    return true
  }

  return {
    take: async (session, device, now) => pay(session, device, now) || (looks.take(session, now).ok && (await handedOutElsewhere(session)) && pay(session, device, now)),
    right(session, device, now) {
      bySession.giveBack(roundOf(session), now)
      byDevice.giveBack(`${roundOf(session)} ${device}`, now)
    },
    anew: (session, now) => void handedAt.set(session, now),
  }
}

/** One at a time: whoever floods the server with codes waits in line behind themselves, and nobody's memory is filled. */
let turn: Promise<unknown> = Promise.resolve()

function hashOf(session: string, code: string): Promise<string> {
  const mine = turn.then(
    () =>
      new Promise<string>((resolve, reject) => {
        scrypt(code, `rejoin ${session}`, HASH_BYTES, { ...COST, maxmem: 256 * COST.N * COST.r }, (error, key) => {
          if (error) reject(error)
          else resolve(key.toString('base64url'))
        })
      }),
  )
  turn = mine.catch(() => undefined)
  return mine
}
