/**
 * What stays on a device that several people use, and for how long. Words that no server has are never let go without having
 * been offered to whoever opens the page next.
 */
import type { Act } from '#shared/wire/protocol.ts'
import { createOutbox } from './outbox.ts'
import { memoryStorage, type Storage } from './storage.ts'

/** A day after somebody was last in a session here, this device forgets it: they had the evening for their copy. ms. */
const KEPT_MS = 24 * 60 * 60 * 1000

/** The fields of commands that hold what a person wrote. */
const WORDS = ['text', 'note']
/** Keys of drafts that are written for oneself, and never meant to be sent, begin so. */
const OWN_DRAFT = /^(~|kept\/)/u
const LEFT = 'gw/left/'

/** Storage that can be told to leave nothing on the device. */
export interface SharedStorage extends Storage {
  /** True: all is in memory, for as long as the page lives. */
  readonly leavesNothing: boolean
  /** Takes everything off the device into memory; later keys stay there too. */
  leaveNothing(): void
  /** The device may keep things again, and gets what is in memory. */
  keep(): void
}

/** The same storage with a choice; at first the device keeps things. `prefix`: what is a person's own; other keys stay where they are. */
export function sharedStorage(device: Storage, prefix = 'gw/'): SharedStorage {
  const memory = memoryStorage()
  let nothing = false
  const at = (key: string) => (nothing && key.startsWith(prefix) ? memory : device)
  function move(from: Storage, to: Storage): void {
    for (const key of from.keys(prefix)) {
      to.set(key, from.get(key) ?? '')
      from.remove(key)
    }
  }
  return {
    get: (key) => at(key).get(key),
    set: (key, value) => at(key).set(key, value),
    remove: (key) => at(key).remove(key),
    keys: (wanted) => [...new Set([...device.keys(wanted), ...memory.keys(wanted)])].sort(),
    get leavesNothing() {
      return nothing
    },
    leaveNothing() {
      move(device, memory)
      nothing = true
    },
    keep() {
      nothing = false
      move(memory, device)
    },
  }
}

/** What a person wrote in an act, if anything. */
export function wordsOf(act: Act): string | undefined {
  const words = WORDS.map((field) => act.do[field]).filter((value) => typeof value === 'string' && value.trim() !== '')
  return words.length === 0 ? undefined : words.join('\n')
}

/** Words of a session on this device that no server has saved: on their way, typed and not sent, or refused. */
export function unsavedWords(storage: Storage, session: string): string[] {
  const sent = createOutbox(storage, session, () => 0).waiting().map(wordsOf)
  const typed = keysOf(storage, session, 'draft').filter(([key]) => !OWN_DRAFT.test(key)).map(([, text]) => text)
  const refused = keysOf(storage, session, 'refused').map(([, text]) => text)
  return [...new Set([...sent, ...typed, ...refused].map((text) => text?.trim() ?? '').filter((text) => text !== ''))]
}

/** Notes that somebody is in this session on this device now, device ms: from then on it is kept for a day. */
export function notePresence(storage: Storage, session: string, now: number): void {
  storage.set(`gw/${session}/seen`, String(now))
}

/**
 * Forgets every session that nobody was in for a day; a device clock that was set back forgets nothing. Words that were never saved
 * stay, without anything that says whose or where, until `letGo`. Answers the sessions that are gone.
 */
export function forgetOld(storage: Storage, now: number): string[] {
  const gone: string[] = []
  for (const session of sessionsOn(storage)) {
    const seen = Number(storage.get(`gw/${session}/seen`))
    // Kept by an older version of this page: its day begins now.
    if (!Number.isFinite(seen) || seen === 0) notePresence(storage, session, now)
    else if (now - seen >= KEPT_MS) {
      for (const [i, text] of unsavedWords(storage, session).entries()) storage.set(`${LEFT}${session}-${i}`, text)
      for (const key of storage.keys(`gw/${session}/`)) storage.remove(key)
      if (storage.get('gw/last') === session) storage.remove('gw/last')
      gone.push(session)
    }
  }
  return gone
}

/** Words of sessions that are forgotten, to be copied or let go. */
export function leftWords(storage: Storage): { key: string; text: string }[] {
  return storage.keys(LEFT).map((key) => ({ key, text: storage.get(key) ?? '' }))
}

/** Whether anything of any session is on the device. */
export function holdsAnything(storage: Storage): boolean {
  return sessionsOn(storage).length > 0 || storage.keys(LEFT).length > 0
}

function sessionsOn(storage: Storage): string[] {
  const ids = storage.keys('gw/').map((key) => /^gw\/([^/]+)\/(me|seen|out|draft|journal|refused|back)/u.exec(key)?.[1])
  return [...new Set(ids.filter((id) => id !== undefined && id !== 'left'))] as string[]
}

function keysOf(storage: Storage, session: string, what: 'draft' | 'refused'): [key: string, text: string][] {
  const prefix = `gw/${session}/${what}/`
  return storage.keys(prefix).map((key) => [key.slice(prefix.length), storage.get(key) ?? ''])
}
