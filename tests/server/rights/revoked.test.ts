/** F27 F14: whoever is shown out is out: over HTTP from the answer on, on open lines within a second, under fire too. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { until } from '../../support/until.ts'
import { keyOf, type Hosted } from '../../support/visit.ts'

const AT_ONCE = 1_000
const FIRST = 'the first passphrase of all'
const SECOND = 'another one for the new team'
let it: TestApp
/** Every reading of the clock is a moment later: limits of speed are not what is tested here. */
let clock = 1_800_000_000_000
beforeEach(async () => { it = await startApp({ now: () => (clock += 250) }) })
afterEach(async () => { await it.close() })

const running = async () => {
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  return session
}
const gone = (line: Line, why: string) => until(() => line.byes.includes(why as (typeof line.byes)[number]) && !line.socket.connected, `${why} to be told`, AT_ONCE)
const listed = async (session: Hosted) => (await it.host('GET', `/api/sessions/${session.id}/links`)).body as { handle: string; role: string; name?: string }[]
const handleOf = async (session: Hosted, role: string) => (await listed(session)).find((link) => link.role === role)?.handle ?? ''

describe('a new link in place of an old one', () => {
  test.each([['facilitator', 'console'], ['screen', 'screen']] as const)('F14 F27 RI8 of a %s ends the old one with every line and cookie made from it, and opens the same door', async (role, door) => {
    const session = await running()
    const line = door === 'console' ? await it.facilitator(session) : await it.screen(session)
    const steady = door === 'console' ? await it.screen(session) : await it.facilitator(session)
    const renewed = await it.host('POST', `/api/sessions/${session.id}/links/${await handleOf(session, role)}/renew`)
    expect(renewed.status).toBe(201)
    if (door === 'console') expect((await it.nobody('GET', `/api/sessions/${session.id}`, undefined, { cookie: line.cookie })).status).toBe(401)
    await gone(line, 'revoked')
    expect((await it.nobody('POST', '/api/keys/exchange', { key: keyOf(session.links[role]) })).body.code).toBe('not-permitted')
    const link = (renewed.body as { link: string }).link
    expect(new URL(link).pathname).toBe(new URL(session.links[role]).pathname)
    const back = it.line({ auth: { v: PROTOCOL, door, session: session.id }, headers: { cookie: await it.cookieFor(link), origin: it.url } })
    await back.ready(role)
    expect(steady.socket.connected).toBe(true)
    expect((await listed(session)).map((one) => one.role).sort()).toEqual(['facilitator', 'screen'])
  })

  test('F27 RI8 of a co-facilitator keeps whose it is, and ends the screens that they had handed out', async () => {
    const session = await running()
    const { link, handle } = await it.link(session, 'cofacilitator', 'Rosa')
    const rosa = { cookie: await it.cookieFor(link), origin: it.url }
    const theirs = (await it.nobody('POST', `/api/sessions/${session.id}/links`, { role: 'screen' }, rosa)).body as { link: string }
    const screen = await it.screen({ ...session, links: { ...session.links, screen: theirs.link } })
    const lead = { cookie: await it.cookieFor(session.links.facilitator), origin: it.url }
    expect((await it.nobody('POST', `/api/sessions/${session.id}/links/${handle}/renew`, undefined, lead)).status).toBe(201)
    await gone(screen, 'revoked')
    expect((await listed(session)).filter(({ role }) => role === 'cofacilitator').map(({ name }) => name)).toEqual(['Rosa'])
  })

  test('F27 RI8 is asked for by the one whose key it is, too: their old cookie ends, the new link is theirs', async () => {
    const session = await running()
    const lead = { cookie: await it.cookieFor(session.links.facilitator), origin: it.url }
    const renewed = await it.nobody('POST', `/api/sessions/${session.id}/links/${await handleOf(session, 'facilitator')}/renew`, undefined, lead)
    expect((await it.nobody('GET', `/api/sessions/${session.id}`, undefined, lead)).status).toBe(401)
    expect((await it.nobody('GET', `/api/sessions/${session.id}`, undefined, { cookie: await it.cookieFor((renewed.body as { link: string }).link) })).status).toBe(200)
  })
})

test('F27 RI5 who is shown out in the middle of sending gets nothing more in from the answer on', async () => {
  const session = await running()
  const { link, handle } = await it.link(session, 'cofacilitator', 'Rosa')
  const rosa = await it.facilitator(session, link)
  const late: number[] = []
  let taken = 0
  let out = false
  const firing = (async () => {
    for (let i = 0; rosa.socket.connected; i += 1) {
      const begun = out
      const answer = await rosa.send({ id: `act-of-rosa-${String(i).padStart(8, '0')}`, do: { type: 'pause.set', paused: i % 2 === 0 } }, 500).catch(() => undefined)
      if (answer?.ok === true) taken += 1
      if (begun && answer?.ok === true) late.push(i)
    }
  })()
  await until(() => taken >= 20, 'her acts to be taken')
  expect((await it.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)).status).toBe(204)
  out = true
  await gone(rosa, 'revoked')
  await firing
  expect(late).toEqual([])
})

test('F27 RI8 a new passphrase leaves nobody signed in but who set it: HTTP at once, open lines within a second; links stay', async () => {
  const cookieOf = (reply: { headers: Headers }) => reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const other = { cookie: cookieOf(await it.nobody('POST', '/api/host/passphrase', { passphrase: FIRST })), origin: it.url }
  const mine = { cookie: cookieOf(await it.nobody('POST', '/api/host/sign-in', { passphrase: FIRST })), origin: it.url }
  const session = await running()
  const [theirs, own] = [other, mine].map((headers) => it.line({ auth: { v: PROTOCOL, door: 'console', session: session.id }, headers })) as [Line, Line]
  const facilitator = await it.facilitator(session)
  for (const line of [theirs, own]) await line.ready('facilitator')
  expect((await it.nobody('PUT', '/api/host/passphrase', { passphrase: 'not the right one at all', next: SECOND }, mine)).body.code).toBe('wrong-passphrase')
  expect((await it.nobody('PUT', '/api/host/passphrase', { passphrase: FIRST, next: 'short' }, mine)).body.code).toBe('too-short')
  expect((await it.nobody('PUT', '/api/host/passphrase', { passphrase: FIRST, next: 'Gatherwell2026' }, mine)).body.code).toBe('too-common')
  expect((await it.nobody('GET', '/api/sessions', undefined, other)).status).toBe(200)
  const changed = await it.nobody('PUT', '/api/host/passphrase', { passphrase: FIRST, next: SECOND }, mine)
  expect(changed.status).toBe(200)
  for (const headers of [other, mine]) expect((await it.nobody('GET', '/api/sessions', undefined, headers)).status).toBe(401)
  expect((await it.nobody('GET', '/api/sessions', undefined, { cookie: cookieOf(changed) })).status).toBe(200)
  for (const line of [theirs, own]) await gone(line, 'revoked')
  expect((await it.nobody('POST', '/api/host/sign-in', { passphrase: FIRST })).body.code).toBe('wrong-passphrase')
  expect((await it.nobody('POST', '/api/host/sign-in', { passphrase: SECOND })).status).toBe(200)
  expect(facilitator.socket.connected).toBe(true)
})
