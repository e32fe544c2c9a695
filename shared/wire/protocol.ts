/** The socket protocol: versions, events, limits. Documented for writers of clients in README.md beside this file. */
import type { RefusalCode } from '../refusals.ts'
import type { Audience } from '../session/views/types.ts'
import type { Patch } from './merge-patch.ts'

/** A client of another version is told to reload. Raised when a message changes its meaning. */
export const PROTOCOL = 1

/** Largest frame that a client may send, bytes. */
export const FRAME_BYTES = 16 * 1024
/** Longest text that a person may write into one field, in characters as people count them. */
export const TEXT_LENGTH = 2000

/** What a client shows at the handshake, in Socket.IO's `auth`. Never in the address: queries reach logs. */
export type Handshake =
  | { v: number; door: 'phone'; token: string; veil: string }
  /** Facilitators and screens are known by their cookie; `session` says which of theirs is meant. */
  | { v: number; door: 'console' | 'screen'; session: string }

export interface Act {
  /** Made once by the client, 16 to 40 characters; the same id never counts twice. */
  id: string
  /** The step whose activity is meant; absent: the session itself. */
  step?: string
  do: { type: string; [field: string]: unknown }
}

export type Answer =
  /** Durable. What it changed is in every view from version `at` on. */
  | { ok: true; at: number }
  | { ok: false; code: RefusalCode; path?: string }

/** A whole view: at connecting, and whenever a client asks since it missed something. */
export interface ViewMessage {
  audience: Audience
  at: number
  view: unknown
}

/** The difference from version `from` to `at`. A client that is not at `from` asks for the whole. */
export interface PatchMessage {
  audience: Audience
  from: number
  at: number
  patch: Patch
}

export interface Hello {
  protocol: number
  session: string
  /** Server time, ms, to show clocks by. */
  now: number
  /** For those who show the way in. */
  join?: { code: string; link: string }
}

export type Bye = 'revoked' | 'removed' | 'deleted' | 'outdated'

export interface ServerEvents {
  hello: (hello: Hello) => void
  view: (message: ViewMessage) => void
  patch: (message: PatchMessage) => void
  /** People here now, as a number, for consoles and screens. */
  here: (count: number) => void
  /** Every four seconds: server time, and the versions that each audience is at. A difference means something was missed. */
  beat: (beat: { now: number; at: Partial<Record<Audience, number>> }) => void
  bye: (reason: Bye) => void
}

/** The door that a line came in by. The host and co-facilitators come in by the console. */
export type Door = Handshake['door']

/** Who is heard: by every event that a client may send. What is not listed does not compile, and is refused. */
export const HEARD: Record<keyof ClientEvents, readonly Door[]> = { act: ['phone', 'console'], view: ['phone', 'console', 'screen'] }

const ALL: readonly Door[] = ['phone', 'console', 'screen']
/** Who is told: by every event that the server sends. */
export const TOLD: Record<keyof ServerEvents, readonly Door[]> = { hello: ALL, view: ALL, patch: ALL, here: ['console', 'screen'], beat: ALL, bye: ALL }

/** Whose views a line holds. A phone that waits to be let in holds "door", and nothing else. */
export const SEES: Record<Door, readonly Audience[]> = { phone: ['everyone', 'mine'], console: ['facilitator'], screen: ['screen'] }

export interface ClientEvents {
  act: (act: Act, answer: (answer: Answer) => void) => void
  /** Asks for a whole view again. */
  view: (audience: Audience) => void
}
