/** What the host's pages ask the server for, with the shapes that it answers in. */
import { request, type Reply } from '../live/api.ts'

export type Phase = 'draft' | 'open' | 'live' | 'ended'

export interface Listed {
  id: string
  title: string
  phase: Phase
  /** Eight digits. */
  code: string
  createdAt: string
  endedAt?: string
  /** Nobody can delete it, and it does not go by itself. */
  held: boolean
  /** When it goes by itself. */
  goesAt?: string
}

export interface Shown extends Listed {
  /** People connected now, and people who have joined. */
  here: number
  people: number
}

export interface Created extends Listed {
  links: { join: string; facilitator: string; screen: string }
}

export interface Template {
  id: string
  title: string
  minutes: number
}

export type LinkRole = 'facilitator' | 'cofacilitator' | 'screen'

export interface KeyLink {
  handle: string
  role: LinkRole
  name?: string
  createdAt: string
}

const of = (session: string): string => `/api/sessions/${encodeURIComponent(session)}`

export const host = {
  state: () => request<{ set: boolean; signedIn: boolean; asksSetup: boolean }>('GET', '/api/host'),
  setPassphrase: (passphrase: string, setup: string) => request<{ ok: boolean }>('POST', '/api/host/passphrase', setup === '' ? { passphrase } : { passphrase, setup }),
  changePassphrase: (passphrase: string, next: string) => request<{ ok: boolean }>('PUT', '/api/host/passphrase', { passphrase, next }),
  signIn: (passphrase: string) => request<{ ok: boolean }>('POST', '/api/host/sign-in', { passphrase }),
  signOut: () => request<{ ok: boolean }>('POST', '/api/host/sign-out'),
  warnings: () => request<{ warnings: string[] }>('GET', '/api/host/warnings'),
  addresses: () => request<{ all: string[]; current: string }>('GET', '/api/addresses'),
  chooseAddress: (current: string) => request<{ ok: boolean }>('PUT', '/api/addresses', { current }),
}

export const sessions = {
  list: () => request<Listed[]>('GET', '/api/sessions'),
  templates: () => request<Template[]>('GET', '/api/templates'),
  create: (template: string, title: string) => request<Created>('POST', '/api/sessions', { template, title }),
  one: (session: string) => request<Shown>('GET', of(session)),
  open: (session: string) => request<{ ok: boolean }>('POST', `${of(session)}/open`),
  renewCode: (session: string) => request<{ code: string }>('POST', `${of(session)}/code`),
  end: (session: string) => request<{ ok: boolean }>('POST', `${of(session)}/end`),
  remove: (session: string): Promise<Reply<undefined>> => request('DELETE', of(session)),
  hold: (session: string, held: boolean) => request<{ ok: boolean }>('PUT', `${of(session)}/hold`, { held }),
  /** A new code for somebody who comes back on another phone; their last one works no more. */
  rejoinCode: (session: string, person: string) => request<{ code: string }>('POST', `${of(session)}/people/${encodeURIComponent(person)}/rejoin`),
}

export const retention = {
  days: () => request<{ days: number }>('GET', '/api/retention'),
  choose: (days: number) => request<{ ok: boolean }>('PUT', '/api/retention', { days }),
}

export const links = {
  list: (session: string) => request<KeyLink[]>('GET', `${of(session)}/links`),
  make: (session: string, role: LinkRole, name: string) => request<{ handle: string; link: string }>('POST', `${of(session)}/links`, name === '' ? { role } : { role, name }),
  renew: (session: string, handle: string) => request<{ handle: string; link: string }>('POST', `${of(session)}/links/${encodeURIComponent(handle)}/renew`),
  revoke: (session: string, handle: string): Promise<Reply<undefined>> => request('DELETE', `${of(session)}/links/${encodeURIComponent(handle)}`),
}
