/**
 * The port to storage: the log of every session, and the small directory around it.
 * Adapters (SQLite, PostgreSQL) are imported by app.ts (and the command, gatherwell.ts) alone and run the contract suite in tests/server/log/contract.ts.
 */

/** Where a session's log stands. */
export interface Head {
  seq: number
  /** Drawn anew by every rewrite, after which the numbers begin again; it counts nothing. */
  edition: number
}

/** One committed event. `data` is the JSON of the event; `at` is whole milliseconds, coarse (the step's start) in anonymous steps. */
export interface StoredEvent {
  seq: number
  at: number
  /** The step whose activity it belongs to; absent for the session's own events. Sealing and erasing find events by it. */
  step?: string
  data: string
}

export interface Append {
  session: string
  /** The sequence number that the room believes to be the last. Another one makes the append a conflict. */
  expected: number
  /** The edition that `expected` is of. Another one makes the append a conflict; absent, any will do. */
  edition?: number
  events: readonly Omit<StoredEvent, 'seq'>[]
  /** `hash(command id)` of what these events answer: stored in the same transaction, without author or sequence. */
  receipts: readonly string[]
}

/** Replaces the events of some steps by one event each, and takes people out: the only rewriting there is, besides deleting a session. */
export interface Rewrite extends Append {
  /** Every event of these steps is removed in the same transaction that appends `events`. */
  dropSteps: readonly string[]
  /** What stands in these events from now on: what named somebody, without the name. */
  replace?: readonly { seq: number; data: string }[]
  /** Participants whose keys are removed with it: no device is them any more. */
  dropPeople?: readonly string[]
}

export interface SessionRow {
  id: string
  /** Eight digits; unique among sessions that are not ended, and not given again for 90 days. */
  code: string
  /** 128 bits, base64url: what QR and link carry. It admits to the waiting room and no further. */
  joinToken: string
  title: string
  phase: 'draft' | 'open' | 'live' | 'ended'
  createdAt: number
  /** When it ended, if it has. */
  endedAt?: number
  /** Since when it is on hold, ms: nothing deletes it. */
  held?: number
}

export type KeyRole = 'host' | 'facilitator' | 'cofacilitator' | 'screen' | 'participant'

/** A capability. Only the SHA-256 of the secret is stored. */
export interface KeyRow {
  hash: string
  role: KeyRole
  /** Absent for the host, who holds every session of the server. */
  session?: string
  /** The participant that a device is, for role participant. */
  person?: string
  /** A co-facilitator's name, as the host typed it; or what else a key is. */
  name?: string
  /** The key that this one was exchanged for: revoking a key revokes all made from it. */
  parent?: string
  /** A short public handle, to name the key in a list or to revoke it by; never enough to use it. */
  handle: string
  createdAt: number
  expiresAt?: number
}

/** All that the log has of a session, of one moment. */
export interface Whole {
  head: Head
  events: StoredEvent[]
  receipts: string[]
}

/** What a room has missed since a head: the events after it, oldest first; or `anew`, since the log was rewritten: read it whole. */
export type Missed = { anew: false; head: Head; events: StoredEvent[]; known: string[] } | { anew: true }

/** What may be done to one session's log by who has it alone. */
export type Own = Pick<Log, 'append' | 'rewrite' | 'read'>

export interface Log {
  /** Whether several servers may write it. */
  readonly shared: boolean
  /** Appends durably (on disk when it resolves). Rejects with `Conflict`, `Gone` or `StorageRefused`. Appends of one turn share one transaction. */
  append(append: Append): Promise<void>
  /**
   * Leaves no byte of what was dropped in free pages or the WAL. `events` holds at least one. What is left is numbered anew from 1,
   * since gaps would tell how much was said; resolves with where the log stands then.
   */
  rewrite(rewrite: Rewrite): Promise<Head>
  /** Events after `after` (default 0: all), in order. */
  read(session: string, after?: number): Promise<StoredEvent[]>
  receipts(session: string): Promise<string[]>
  /** Events and receipts as they were together at one moment; undefined if there is no such session. */
  whole(session: string): Promise<Whole | undefined>
  /** What happened after `since`, and which of `receipts` are known; undefined if there is no such session. */
  missed(session: string, since: Head, receipts?: readonly string[]): Promise<Missed | undefined>
  /**
   * Keeps every other server's writers away from a session while `write` runs, and tells it what they wrote after `since`. Its
   * one `append` or `rewrite` through `own` is durable when this resolves, and nothing of it is kept when `write` rejects. Rejects with `Gone` if there
   * is no such session, and as `write` or `append` do.
   */
  alone<T>(session: string, since: Head, receipts: readonly string[], write: (missed: Missed, own: Own) => Promise<T>): Promise<T>
  /**
   * Calls back with the head, soon after another server has moved it (within three seconds, whatever happened to what announces it), or with
   * undefined once the session is deleted. It may call back for nothing, and for what this server wrote itself. Returns how to stop.
   * Where a log belongs to one process it never calls.
   */
  follow(session: string, moved: (head: Head | undefined) => void): () => void

  /** Rejects with `Conflict` if the id, the code or the join token is taken. */
  createSession(row: SessionRow): Promise<void>
  sessions(): Promise<SessionRow[]>
  session(id: string): Promise<SessionRow | undefined>
  /** Any phase but ended; a code is given to one such session at a time. */
  sessionByCode(code: string): Promise<SessionRow | undefined>
  sessionByJoinToken(token: string): Promise<SessionRow | undefined>
  /** True if the code is in use, or was within 90 days before `now`. */
  codeTaken(code: string, now: number): Promise<boolean>
  /** Rejects with `Gone` if there is no such session. */
  updateSession(id: string, change: Partial<Pick<SessionRow, 'title' | 'phase' | 'endedAt'>>): Promise<void>
  /** Gives a session another code and join token at once; the old code rests for 90 days from `now`. Rejects with `Conflict` if one of them is taken, with `Gone` if there is no such session. */
  renewCode(id: string, fresh: { code: string; joinToken: string }, now: number): Promise<void>
  /** Puts a session on hold (`since`, ms) or releases it (undefined). Rejects with `Gone` if there is no such session. */
  holdSession(id: string, since: number | undefined): Promise<void>
  /** Removes the session, its events, receipts and keys, and leaves no byte of them in free pages or the WAL. Rejects with `Held` if it is on hold. */
  deleteSession(id: string): Promise<void>

  /** Rejects with `Gone` if its session or its parent is not there (any more). */
  addKey(row: KeyRow): Promise<void>
  /** The key with this hash, unless it or an ancestor was revoked or it has expired by `now`. */
  key(hash: string, now: number): Promise<KeyRow | undefined>
  keys(session: string, role: KeyRole): Promise<KeyRow[]>
  /** Revokes the key with this handle and every key made from it; answers the hashes that no longer work. */
  revokeKey(session: string, handle: string): Promise<string[]>
  /** Revokes every key of the host; answers the hashes that no longer work. */
  dropHosts(): Promise<string[]>
  /** Revokes one exchanged key by its hash (signing out). */
  dropKey(hash: string): Promise<void>

  setting(name: string): Promise<string | undefined>
  setSetting(name: string, value: string): Promise<void>

  /** Resolves when storage answers; rejects otherwise, with `LeftBehind` where other servers have gone on without this one. */
  healthy(): Promise<void>
  close(): Promise<void>
}

/** Somebody else was first (another append, a receipt that is known, a code that is taken): read on and decide again. */
export class Conflict extends Error {
  override name = 'Conflict'
}

/** The session, or the key that another is made from, is not there (any more). */
export class Gone extends Error {
  override name = 'Gone'
}

/** The session is on hold: nobody deletes it. */
export class Held extends Error {
  override name = 'Held'
}

/** Storage said no (disk full, I/O error): nothing of the append was kept. Retrying later is safe. */
export class StorageRefused extends Error {
  override name = 'StorageRefused'
}

/** A newer version has changed what is stored so that this one would do harm with it: it has to go, and never comes to a session again. */
export class LeftBehind extends StorageRefused {
  override name = 'LeftBehind'
}

/** The data folder cannot be used; the message is a sentence for whoever started the server. */
export class CannotOpen extends Error {
  override name = 'CannotOpen'
}
