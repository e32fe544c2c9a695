/** Keys: unguessable secrets that say who somebody is. The server keeps their SHA-256 only. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { customAlphabet } from 'nanoid'
import { Gone } from '../log/port.ts'
import type { KeyRole, KeyRow, Log } from '../log/port.ts'

/** 256 bits: cannot be guessed even with every hash in hand, so that a plain SHA-256 is enough at rest. */
const SECRET_BYTES = 32
const SECRET = /^[\w-]{43}$/
const JOIN_TOKEN_BYTES = 16

/** How long a key that was exchanged for a cookie lasts, however much it is used. */
export const COOKIE_LIFE_MS = 12 * 60 * 60 * 1000

/** Small letters and digits that nobody confuses: a handle is read from a list, never enough to use a key. */
const newHandle = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 8)

export interface NewKey {
  role: KeyRole
  /** Absent for the host only. */
  session?: string
  person?: string
  name?: string
  /** The hash of the key that this one is made from. */
  parent?: string
  expiresAt?: number
  now: number
}

export interface Minted {
  /** To be given to its holder once, and kept nowhere. */
  secret: string
  row: KeyRow
}

/** Makes a key and stores its hash. Rejects with `Gone` if its session or parent is not there (any more). */
export async function mint(log: Log, { now, ...key }: NewKey): Promise<Minted> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const row: KeyRow = { ...key, hash: hashSecret(secret), handle: newHandle(), createdAt: now }
  await log.addKey(row)
  return { secret, row }
}

/**
 * Exchanges the secret of a link for a child key with 12 hours of life, to be put into a cookie. `role` is what the door
 * is for; a co-facilitator's key keeps its own role. Nothing for another role, a revoked key, or a key that was itself
 * exchanged: twelve hours are twelve hours.
 */
export async function exchange(log: Log, secret: string, role: KeyRole | readonly KeyRole[], now: number): Promise<Minted | undefined> {
  const held = await whoHolds(log, secret, now)
  if (!held || !isLink(held) || ![role].flat().includes(held.role)) return undefined
  const { session, person, name, hash, expiresAt = Infinity } = held
  const child = { role: held.role, parent: hash, expiresAt: Math.min(expiresAt, now + COOKIE_LIFE_MS), now }
  try {
    return await mint(log, { ...child, ...(session && { session }), ...(person && { person }), ...(name && { name }) })
  } catch (error) {
    if (error instanceof Gone) return undefined // revoked in between
    throw error
  }
}

/** Whether a key is a link's. One that was exchanged for a cookie has a parent and an end; a link that goes with another has no end. */
export function isLink(key: KeyRow): boolean {
  return key.parent === undefined || key.expiresAt === undefined
}

/** Whose key this is, unless it is unknown, revoked or has expired. Anything may be given: it comes from outside. */
export async function whoHolds(log: Log, secret: unknown, now: number): Promise<KeyRow | undefined> {
  if (typeof secret !== 'string' || !SECRET.test(secret)) return undefined
  return log.key(hashSecret(secret), now)
}

/** What is stored of a secret. Secrets are random and long, so that a plain hash cannot be guessed back. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Compares in a time that tells nothing, not even the length: for `HOST_KEY`, which is not in the log. */
export function sameSecret(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(right))
}

/** What a session's QR and link carry. */
export function newJoinToken(): string {
  return randomBytes(JOIN_TOKEN_BYTES).toString('base64url')
}

/** What a participant's device keeps to be the same person again, for devices that don't make their own. */
export function newDeviceToken(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}
