/**
 * Phones without a browser: the client's own session (connection, outbox, drafts) over real sockets. A device keeps what a browser
 * would keep, so that a reload is a new phone on the same device.
 */
import './runes.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { createJournal } from '../../client/live/journal.svelte.ts'
import { LiveSession } from '../../client/live/session.svelte.ts'
import { memoryStorage, type Storage } from '../../client/live/storage.ts'
import type { Ticket } from './visit.ts'

/** What the client asks of a page: that it is seen, and when the network is back. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })

export interface PhoneOptions {
  storage?: Storage
  /** The protocol that it speaks. */
  v?: number
}

/** A participant's phone at an address; closed by its `close`. */
export function openPhone(origin: string, { session, token, veil }: Ticket, { storage = memoryStorage(), v = PROTOCOL }: PhoneOptions = {}): LiveSession {
  const { protocol, host, hostname, port } = new URL(origin)
  // The client asks for the server of the page it stands on.
  Object.assign(globalThis, { document: page, window: page, location: { protocol, host, hostname, port } })
  return new LiveSession({
    audience: 'everyone', session, storage, lang: () => 'en', journal: createJournal(storage, session),
    auth: { v, door: 'phone', token, veil },
  })
}
