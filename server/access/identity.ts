/** Who is asking, from cookies or a bearer key, never from the message. */
import type { KeyRow, Log } from '../log/port.ts'
import { sameSecret, whoHolds } from './keys.ts'

export type Identity =
  | { role: 'host'; key?: KeyRow }
  | { role: 'facilitator'; session: string; key: KeyRow }
  | { role: 'screen'; session: string; key?: KeyRow }

/** What the names of cookies begin with where the page came by HTTPS. */
export const SECURE = '__Host-'
export const HOST_COOKIE = 'gw_host'
export const consoleCookie = (session: string): string => `gw_console_${session}`
export const screenCookie = (session: string): string => `gw_screen_${session}`

type Cookies = Readonly<Record<string, string | undefined>>

const cookieOf = (cookies: Cookies, name: string): string | undefined => cookies[SECURE + name] ?? cookies[name]

/** The host, by cookie or by the bearer key that scripts use. */
export async function hostOf(log: Log, cookies: Cookies, bearer: string | undefined, hostKey: string | undefined, now: number): Promise<Identity | undefined> {
  if (bearer !== undefined) return hostKey !== undefined && sameSecret(bearer, hostKey) ? { role: 'host' } : undefined
  const key = await whoHolds(log, cookieOf(cookies, HOST_COOKIE), now)
  return key?.role === 'host' ? { role: 'host', key } : undefined
}

/** A facilitator of this session: the host, or who holds a facilitator's cookie of it. */
export async function facilitatorOf(log: Log, session: string, cookies: Cookies, now: number): Promise<Identity | undefined> {
  const key = await whoHolds(log, cookieOf(cookies, consoleCookie(session)), now)
  const right = key?.role === 'facilitator' || key?.role === 'cofacilitator'
  return right && key.session === session ? { role: 'facilitator', session, key } : undefined
}

/** A screen of this session. */
export async function screenOf(log: Log, session: string, cookies: Cookies, now: number): Promise<Identity | undefined> {
  const key = await whoHolds(log, cookieOf(cookies, screenCookie(session)), now)
  return key?.role === 'screen' && key.session === session ? { role: 'screen', session, key } : undefined
}
