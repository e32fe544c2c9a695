/** Knocking at a session's door: what it asks, and straight in where it asks nothing. */
import type { Localized } from '#shared/localized.ts'
import { request } from '../live/api.ts'
import type { Storage } from '../live/storage.ts'
import { identityIn, keep, newIdentity, type Identity } from './identity.ts'

/** A join link's secret, or the digits that people read. */
export type DoorKey = { token: string } | { code: string }

/** What a session asks of those who come in. */
export interface Asked {
  session: string
  title: Localized
  naming: 'none' | 'first' | 'full'
  departments: Record<string, { order: number; name: Localized }>
}

/** What came of knocking. `inside`: nothing was asked, or this phone was known, so it is in; else `asked` is to be answered first. */
export interface Knocked {
  asked?: Asked
  inside?: Identity
  refused?: string
}

/** Asks what coming in would need, and goes in if that is nothing. Who this phone is, is on the device before it is sent. */
export async function knock(storage: Storage, door: DoorKey): Promise<Knocked> {
  const reply = await request<Asked>('POST', '/api/join', { ...door, look: true })
  if (!reply.ok) return { refused: reply.code }
  const asked = reply.body
  const known = identityIn(storage, asked.session)
  const nothingAsked = asked.naming === 'none' && Object.keys(asked.departments).length === 0
  if (!nothingAsked && known?.joined !== true) return { asked }
  const who = keep(storage, known ?? newIdentity(asked.session))
  const entered = await request('POST', '/api/join', { ...door, device: who.token })
  return entered.ok ? { asked, inside: who } : { asked, refused: entered.code }
}
