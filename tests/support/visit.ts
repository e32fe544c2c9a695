/** Everybody who may come to a server, over its real doors: hosts by HTTP, people, consoles and screens over sockets. */
import type { Plan } from '#shared/session/plan.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { Line, type LineOptions } from './line.ts'
import { SERVERS } from './storage.ts'

export const HOST_KEY = 'a-key-for-scripts-that-no-one-guesses'

export interface Reply {
  status: number
  headers: Headers
  text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what the server answers is what tests look into
  body: any
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>

export interface Hosted {
  id: string
  code: string
  links: { join: string; facilitator: string; screen: string }
  /** What stands in the link to join. */
  joinToken: string
}

export interface Ticket {
  session: string
  person: string
  token: string
  veil: string
}

export interface JoinAs {
  name?: string
  department?: string
  device?: string
  /** Typed instead of the link's token. */
  code?: string
}

/**
 * Of several servers each request comes to the next one: a connection that is kept would keep to the first. But by such a wish the first
 * visit of a host knows a proxy.
 */
const anew = (path: string): Record<string, string> => (SERVERS > 1 && !path.startsWith('/api/host') ? { connection: 'close' } : {})

/** Asks a server, always with the same headers. */
export function asking(url: string, always: Record<string, string> = {}): Ask {
  return async (method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(url + path, { method, headers: { ...json, ...anew(path), ...always, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
}

/** What stands behind the # of a link. */
export const keyOf = (link: string): string => link.slice(link.indexOf('#') + 1)

export type Visit = ReturnType<typeof visit>

export function visit(url: string) {
  const lines: Line[] = []
  const nobody = asking(url)
  const host = asking(url, { authorization: `Bearer ${HOST_KEY}` })

  async function must(ask: Ask, method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await ask(method, path, body)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`)
    return reply
  }

  function line(options: LineOptions): Line {
    const made = new Line(url, options)
    lines.push(made)
    return made
  }

  /** A session from the shipped template; `plan` makes it another one. It is a draft until opened. */
  async function createSession(plan?: (shipped: Plan) => Plan): Promise<Hosted> {
    const { body } = await must(host, 'POST', '/api/sessions', { template: 'smart-goals' })
    const hosted = { ...body, joinToken: keyOf(body.links.join) } as Hosted
    if (plan !== undefined) {
      const shipped = (await must(host, 'GET', `/api/sessions/${hosted.id}/plan`)).body as Plan
      await must(host, 'PUT', `/api/sessions/${hosted.id}/plan`, plan(shipped))
    }
    return hosted
  }

  /** The same, with its doors open. */
  async function openSession(plan?: (shipped: Plan) => Plan): Promise<Hosted> {
    const hosted = await createSession(plan)
    await must(host, 'POST', `/api/sessions/${hosted.id}/open`)
    return hosted
  }

  async function join(session: Hosted, { code, ...as }: JoinAs = {}): Promise<Ticket> {
    return (await must(nobody, 'POST', '/api/join', code === undefined ? { token: session.joinToken, ...as } : { code, ...as })).body as Ticket
  }

  /** The cookie that a link's key is exchanged for. */
  async function cookieFor(link: string): Promise<string> {
    const reply = await must(nobody, 'POST', '/api/keys/exchange', { key: keyOf(link) })
    return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  const phone = (ticket: Ticket) => ({ v: PROTOCOL, door: 'phone', token: ticket.token, veil: ticket.veil })

  /** A participant's phone; a ticket makes it the same person again. */
  async function participant(session: Hosted, as: JoinAs | Ticket = {}, options: Partial<LineOptions> = {}): Promise<Line & { ticket: Ticket }> {
    const ticket = 'token' in as ? as : await join(session, as)
    const made = Object.assign(line({ auth: phone(ticket), ...options }), { ticket })
    await made.ready('everyone', 'mine')
    return made
  }

  /** A console, by the facilitator's link or another one. */
  async function facilitator(session: Hosted, link = session.links.facilitator, options: Partial<LineOptions> = {}): Promise<Line & { cookie: string }> {
    const cookie = await cookieFor(link)
    const made = Object.assign(line({ auth: { v: PROTOCOL, door: 'console', session: session.id }, headers: { cookie, origin: url }, ...options }), { cookie })
    await made.ready('facilitator')
    return made
  }

  async function screen(session: Hosted, options: Partial<LineOptions> = {}): Promise<Line & { cookie: string }> {
    const cookie = await cookieFor(session.links.screen)
    const made = Object.assign(line({ auth: { v: PROTOCOL, door: 'screen', session: session.id }, headers: { cookie, origin: url }, ...options }), { cookie })
    await made.ready('screen')
    return made
  }

  /** A new link of this role, as the host makes one. */
  async function link(session: Hosted, role: 'facilitator' | 'cofacilitator' | 'screen', name?: string): Promise<{ handle: string; link: string }> {
    return (await must(host, 'POST', `/api/sessions/${session.id}/links`, name === undefined ? { role } : { role, name })).body
  }

  const move = (session: Hosted, to: 'open' | 'start' | 'next' | 'back' | 'end') => must(host, 'POST', `/api/sessions/${session.id}/${to}`)

  return {
    url, host, nobody, line, createSession, openSession, join, cookieFor, phone, participant, facilitator, screen, link, move,
    /** Ends every connection that was made here. */
    hangUp: () => lines.forEach((made) => made.close()),
  }
}
