/** Two sessions side by side, in full swing, and everybody of whom the matrix asks. */
import type { Plan } from '#shared/session/plan.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import type { TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { until } from '../../support/until.ts'
import type { Hosted, Ticket } from '../../support/visit.ts'
import { DOOR, type Who } from './contract.ts'

/** Names of things that are there: people, groups, cards, calls, links. */
export interface Things {
  people: string[]
  groups: string[]
  cards: string[]
  calls: string[]
  handles: string[]
}

export interface World {
  session: Hosted
  other: Hosted
  plan: Plan
  of: Things
  ofOther: Things
  /** What each shows over HTTP: a bearer, cookies, or nothing. */
  headers(who: Who): Record<string, string>
  /** A line as this identity. It may be refused, or let go. */
  line(who: Who): Line
}

const PASSPHRASE = 'a passphrase for the tests'

/** The cookie of a host. Costs a third of a second, so once a server. */
export async function signedIn(it: TestApp): Promise<string> {
  const reply = await it.nobody('POST', '/api/host/passphrase', { passphrase: PASSPHRASE })
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

export async function world(it: TestApp, host: string): Promise<World> {
  let plan: Plan | undefined
  const sessions = [await it.openSession((shipped) => (plan = planOf(shipped, () => false))), await it.openSession((shipped) => planOf(shipped, () => false))] as const
  const [session, other] = sessions
  const made = await Promise.all(sessions.map((one) => furnish(it, one, plan as Plan)))
  const [here, there] = made as [Furnished, Furnished]
  await until(() => it.apps.every(({ gateway }) => sessions.every(({ id }) => gateway.here(id) === 0)), 'everybody to have left')
  const cofacilitator = await it.cookieFor((await it.link(session, 'cofacilitator', 'Co')).link)
  const shownOut = await it.link(session, 'cofacilitator', 'Shown out')
  const revoked = await it.cookieFor(shownOut.link)
  await it.host('DELETE', `/api/sessions/${session.id}/links/${shownOut.handle}`)
  const facilitator = await it.cookieFor(session.links.facilitator)
  const screen = await it.cookieFor(session.links.screen)

  const tickets: Partial<Record<Who, Ticket>> = {
    'a participant': here.first,
    'a participant of another group': here.apart,
    'a participant of another session': there.first,
    'a removed participant': here.removed,
    'a newcomer at the door': here.newcomer,
  }
  const cookies: Partial<Record<Who, string>> = { 'a screen': screen, 'a co-facilitator': cofacilitator, 'a revoked co-facilitator': revoked, 'a facilitator': facilitator, 'the host': host }

  return {
    session, other, plan: plan as Plan,
    of: here.things, ofOther: there.things,
    headers(who) {
      const ticket = tickets[who]
      // Somebody who shows what they have in every place where a key might be looked for.
      if (ticket !== undefined) return { authorization: `Bearer ${ticket.token}`, cookie: `gw_host=${ticket.token}; gw_console_${session.id}=${ticket.token}`, origin: it.url }
      return cookies[who] === undefined ? {} : { cookie: cookies[who], origin: it.url }
    },
    line(who) {
      const ticket = tickets[who]
      if (ticket !== undefined) return it.line({ auth: it.phone(ticket) })
      if (cookies[who] === undefined) return it.line({ auth: { v: PROTOCOL, door: 'console', session: session.id } })
      return it.line({ auth: { v: PROTOCOL, door: DOOR[who] ?? 'console', session: session.id }, headers: { cookie: cookies[who], origin: it.url } })
    },
  }
}

interface Furnished {
  first: Ticket
  /** In another group than the first. */
  apart: Ticket
  removed: Ticket
  newcomer: Ticket
  things: Things
}

/** A session with something of everything in it: two groups, cards on every wall, a call, every step begun. */
async function furnish(it: TestApp, session: Hosted, plan: Plan): Promise<Furnished> {
  const phones = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dan', 'Eva'].map((name) => it.participant(session, { name })))
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'session.start' })
  for (const step of Object.keys(plan.steps)) if (console.view('facilitator')?.step?.id !== step) await console.act(undefined, { type: 'flow.goto', step })
  const [ana, ben] = phones as [(typeof phones)[number], (typeof phones)[number]]
  for (const step of ['answers', 'board', 'closing']) {
    await ana.act(step, { type: 'write', text: `of Ana in ${step}`, lang: 'en', ...(step === 'board' ? { kind: 'question' } : {}) })
    await console.act(step, { type: 'reveal' })
  }
  await ben.done(undefined, { type: 'call.raise', what: 'find-me' })
  await console.done(undefined, { type: 'flow.goto', step: 'talk' })
  await console.done(undefined, { type: 'groups.form', how: 'random', size: 2 })
  const gone = phones.at(-1) as (typeof phones)[number]
  await console.done(undefined, { type: 'person.remove', person: gone.ticket.person })
  await console.done(undefined, { type: 'doors.guard', guarded: true })
  const newcomer = await it.join(session, { name: 'Noor' })
  const state = await (await it.app.deps.rooms.get(session.id))?.room.committed((now) => now)
  const handles = ((await it.host('GET', `/api/sessions/${session.id}/links`)).body as { handle: string }[]).map(({ handle }) => handle)
  await until(() => console.view('facilitator')?.step?.id === 'talk')
  const tickets = phones.slice(0, -1).map(({ ticket }) => ticket)
  const groups = Object.values(state?.groupings.partners?.groups ?? {})
  const together = (a: Ticket, b: Ticket) => groups.some(({ members }) => members.includes(a.person) && members.includes(b.person))
  const first = tickets[0] as Ticket
  const apart = tickets.find((ticket) => !together(first, ticket)) as Ticket
  for (const line of [...phones, console]) line.close()
  const cards = Object.values(state?.steps ?? {}).flatMap(({ state: inside }) => Object.keys((inside as { cards?: object }).cards ?? {}))
  return {
    first, apart, removed: gone.ticket, newcomer,
    things: { people: Object.keys(state?.people ?? {}), groups: Object.keys(state?.groupings.partners?.groups ?? {}), cards, calls: Object.keys(state?.calls ?? {}), handles },
  }
}
