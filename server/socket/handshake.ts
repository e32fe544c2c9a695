/** Who a socket is: decided once, from its token or cookie, before anything it says is heard. */
import type { Log } from '../log/port.ts'
import { PROTOCOL, type Handshake } from '#shared/wire/protocol.ts'
import { facilitatorOf, hostOf, screenOf } from '../access/identity.ts'
import { whoHolds } from '../access/keys.ts'

export type Speaker =
  | { door: 'phone'; session: string; person: string; veil: string; key: string }
  /** `until`: when the key ends by itself, ms; an open connection ends with it. */
  | { door: 'console' | 'screen'; session: string; key: string; until?: number }

export type HandshakeRefusal = 'outdated' | 'unknown' | 'bad-shape'

const VEIL = /^[\w-]{20,64}$/
const SESSION = /^[\w-]{1,40}$/

/** The speaker that a handshake proves, or why not. `unknown` never tells whether the session exists. */
export async function speakerOf(log: Log, auth: unknown, cookies: Record<string, string | undefined>, now: number): Promise<Speaker | HandshakeRefusal> {
  const shown = shapeOf(auth)
  if (shown === undefined) return 'bad-shape'
  if (shown.v !== PROTOCOL) return 'outdated'
  if (shown.door === 'phone') {
    const key = await whoHolds(log, shown.token, now)
    if (key?.role !== 'participant' || key.session === undefined || key.person === undefined) return 'unknown'
    return { door: 'phone', session: key.session, person: key.person, veil: shown.veil, key: key.hash }
  }
  const identity =
    (await hostOf(log, cookies, undefined, undefined, now)) ??
    (await facilitatorOf(log, shown.session, cookies, now)) ??
    (shown.door === 'screen' ? await screenOf(log, shown.session, cookies, now) : undefined)
  if (identity === undefined) return 'unknown'
  const { hash = '', expiresAt } = identity.key ?? {}
  return { door: shown.door, session: shown.session, key: hash, ...(expiresAt === undefined ? {} : { until: expiresAt }) }
}

function shapeOf(auth: unknown): Handshake | undefined {
  if (typeof auth !== 'object' || auth === null) return undefined
  const { v, door, token, veil, session } = auth as Record<string, unknown>
  if (typeof v !== 'number') return undefined
  if (door === 'phone') return typeof token === 'string' && typeof veil === 'string' && VEIL.test(veil) ? { v, door, token, veil } : undefined
  if (door !== 'console' && door !== 'screen') return undefined
  return typeof session === 'string' && SESSION.test(session) ? { v, door, session } : undefined
}
