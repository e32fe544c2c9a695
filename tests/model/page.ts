/** A page of a phone, a console or a screen: the real client on a device of its own. */
import '../support/runes.ts'
import type { Audience } from '#shared/session/views/types.ts'
import { PROTOCOL, type Answer, type Handshake } from '#shared/wire/protocol.ts'
import type { Held } from '../../client/live/inbox.ts'
import { createJournal } from '../../client/live/journal.svelte.ts'
import { LiveSession } from '../../client/live/session.svelte.ts'
import { memoryStorage, type Storage } from '../../client/live/storage.ts'
import type { Command } from '../support/line.ts'
import type { PageSocket } from './page-socket.ts'
import { dialled } from './network.ts'
import { SESSION } from './world.ts'

export type Who = { door: 'phone'; person: string; token: string; veil: string; name: string } | { door: 'console' | 'screen' }

export interface Page {
  readonly who: Who
  readonly live: LiveSession
  readonly device: Storage
  readonly socket: PageSocket
  /** Closed or reloaded: nobody looks at it any more. */
  gone: boolean
  held(audience: Audience): Held | undefined
  act(step: string | undefined, command: Command): Promise<Answer>
  /** The device wakes, or its network is back: what a browser tells a page. */
  wake(): void
  /** Closed, without a word to anybody. */
  vanish(): void
}

const AUDIENCE = { phone: 'everyone', console: 'facilitator', screen: 'screen' } as const

/** Opens a page; of the device of another page, with all that is kept there (a reload, a second tab). */
export function openPage(who: Who, from?: Page): Page {
  const device = from?.device ?? memoryStorage()
  const screen = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  Object.assign(globalThis, { document: screen, window: screen })
  const auth: Handshake = who.door === 'phone' ? { v: PROTOCOL, door: 'phone', token: who.token, veil: who.veil } : { v: PROTOCOL, door: who.door, session: SESSION }
  const live = new LiveSession({ audience: AUDIENCE[who.door], session: SESSION, auth, storage: device, journal: createJournal(device, SESSION), lang: () => 'en' })
  const socket = dialled()
  const page: Page = {
    who, live, device, socket,
    gone: false,
    held: (audience) => live.connection.views[audience],
    act: (step, command) => live.act(step, command),
    wake: () => void screen.dispatchEvent(new Event('online')),
    vanish() {
      if (page.gone) return
      page.gone = true
      live.close()
      socket.vanish()
    },
  }
  return page
}
