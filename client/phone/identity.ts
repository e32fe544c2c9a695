/** Who this phone is in each session: secrets that stay on the device, so that it is the same person after any loss. */
import type { Storage } from '../live/storage.ts'

export interface Identity {
  session: string
  /** 256 bits: "be this participant in this room", and no more. */
  token: string
  /** 256 bits: what anonymous authors are computed from. The server keeps neither it nor a link to it. */
  veil: string
  joined: boolean
}

const LAST = 'gw/last'
const keyOf = (session: string) => `gw/${session}/me`

/** The identity that this phone has in a session, if it has one. */
export function identityIn(storage: Storage, session: string): Identity | undefined {
  return read(storage, session)
}

/**
 * After the end only the way back to one's own copy stays: anonymous answers are sealed, and the secret that they were made with
 * must not outlive them.
 */
export function forgetSecrets(storage: Storage, session: string): void {
  const identity = read(storage, session)
  if (identity !== undefined) keep(storage, { ...identity, veil: secret() })
  storage.remove(codeKey(session))
}

/** A fresh one. It is to be kept before it is ever sent, so that a page that dies meanwhile comes back as the same person. */
export function newIdentity(session: string): Identity {
  return { session, token: secret(), veil: secret(), joined: false }
}

/** The session that this phone was last in, if it has not left. */
export function lastIdentity(storage: Storage): Identity | undefined {
  const session = storage.get(LAST)
  const identity = session === undefined ? undefined : read(storage, session)
  return identity?.joined === true ? identity : undefined
}

/** Keeps on the device that this person has joined; it is the session that this phone opens next. */
export function joined(storage: Storage, identity: Identity): Identity {
  storage.set(LAST, identity.session)
  return keep(storage, { ...identity, joined: true })
}

const codeKey = (session: string) => `gw/${session}/back`

/** The code for another phone that this one was told last; it may have been used since. */
export function knownCode(storage: Storage, session: string): string | undefined {
  return storage.get(codeKey(session))
}

export function keepCode(storage: Storage, session: string, code: string): void {
  storage.set(codeKey(session), code)
}

const doorKey = (session: string) => `gw/${session}/door`

/** Whether this phone was waiting to be let in when it last heard of the session. */
export function waited(storage: Storage, session: string): boolean {
  return storage.get(doorKey(session)) !== undefined
}

export function keepWaiting(storage: Storage, session: string, waits: boolean): void {
  if (waits) storage.set(doorKey(session), 'waits')
  else storage.remove(doorKey(session))
}

/** Forgets the session on this phone, for a device that somebody else uses next. */
export function leave(storage: Storage, session: string): void {
  storage.remove(LAST)
  for (const key of storage.keys(`gw/${session}/`)) storage.remove(key)
}

function read(storage: Storage, session: string): Identity | undefined {
  try {
    return JSON.parse(storage.get(keyOf(session)) ?? '') as Identity
  } catch {
    return undefined
  }
}

/** Keeps it on the device. */
export function keep(storage: Storage, identity: Identity): Identity {
  storage.set(keyOf(identity.session), JSON.stringify(identity))
  return identity
}

/** 32 random bytes in base64url. `getRandomValues` works over plain HTTP, where `crypto.subtle` does not. */
function secret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
