/**
 * Phones without a browser: the client's own session (connection, outbox, drafts) over real sockets, loaded by Node. A device
 * keeps what a browser would keep, so that a reload is a new phone on the same device.
 */
import { createRequire } from 'node:module'
import type { createJournal as CreateJournal } from '../../client/live/journal.svelte.ts'
import type { LiveSession } from '../../client/live/session.svelte.ts'
import { memoryStorage, type Storage } from '../../client/live/storage.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import type { Ticket } from './visit.ts'

/** What the client asks of a page: that it is seen, and when the network is back. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
Object.assign(globalThis, { document: page, window: page })

// The test runner would take the modules for its own; Node takes them as they are, with runes compiled.
const load = createRequire(`${process.cwd()}/tests/support/phone.ts`)
load('./runes.ts')
const { LiveSession: Session } = load('../../client/live/session.svelte.ts') as { LiveSession: typeof LiveSession }
const { createJournal } = load('../../client/live/journal.svelte.ts') as { createJournal: typeof CreateJournal }

export interface PhoneOptions {
  storage?: Storage
  /** The protocol that it speaks. */
  v?: number
}

/** A participant's phone at an address; closed by its `close`. */
export function openPhone(origin: string, { session, token, veil }: Ticket, { storage = memoryStorage(), v = PROTOCOL }: PhoneOptions = {}): LiveSession {
  const { protocol, host, hostname, port } = new URL(origin)
  // The client asks for the server of the page it stands on.
  Object.assign(globalThis, { location: { protocol, host, hostname, port } })
  return new Session({
    audience: 'everyone', session, storage, lang: () => 'en', journal: createJournal(storage, session),
    auth: { v, door: 'phone', token, veil },
  })
}

/** What every browser says when its network is back. */
export function networkIsBack(): void {
  page.dispatchEvent(new Event('online'))
}
