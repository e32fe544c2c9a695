/** F25: every route of the API's own description × everybody who might ask. A route that is missing here fails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import type { Hosted, Reply } from '../../support/visit.ts'

const PASSPHRASE = 'a passphrase for the tests'
let it: TestApp
let routes: string[]
let hostCookie: string
let clock = 1_800_000_000_000
beforeAll(async () => {
  it = await startApp({ now: () => (clock += 5_000) })
  hostCookie = (await it.nobody('POST', '/api/host/passphrase', { passphrase: PASSPHRASE })).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { paths } = (await it.nobody('GET', '/docs/json')).body as { paths: Record<string, object> }
  routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)).sort()
})
afterAll(async () => { await it.close() })

/** Whom a route is for. `facilitator`: of this session, and hosts. `inviter`: the same without co-facilitators. */
const ACCESS: Record<string, 'anybody' | 'host' | 'facilitator' | 'inviter'> = {
  'GET /healthz': 'anybody',
  'GET /api/host': 'anybody',
  'POST /api/host/passphrase': 'anybody',
  'POST /api/host/sign-in': 'anybody',
  'GET /api/host/warnings': 'host',
  'GET /api/addresses': 'host',
  'PUT /api/addresses': 'host',
  'GET /api/retention': 'host',
  'PUT /api/retention': 'host',
  'PUT /api/sessions/{id}/hold': 'host',
  'GET /api/templates': 'host',
  'GET /api/sessions': 'host',
  'POST /api/sessions': 'host',
  'GET /api/sessions/{id}': 'facilitator',
  'DELETE /api/sessions/{id}': 'host',
  'GET /api/sessions/{id}/plan': 'facilitator',
  'PUT /api/sessions/{id}/plan': 'facilitator',
  'POST /api/sessions/{id}/open': 'facilitator',
  'POST /api/sessions/{id}/start': 'facilitator',
  'POST /api/sessions/{id}/next': 'facilitator',
  'POST /api/sessions/{id}/back': 'facilitator',
  'POST /api/sessions/{id}/end': 'facilitator',
  'GET /api/sessions/{id}/notes': 'facilitator',
  'GET /api/sessions/{id}/notes/preview': 'facilitator',
  'GET /api/sessions/{id}/links': 'facilitator',
  'POST /api/sessions/{id}/links': 'inviter',
  'DELETE /api/sessions/{id}/links/{handle}': 'inviter',
  'POST /api/keys/exchange': 'anybody',
  'POST /api/join': 'anybody',
  'POST /api/forget': 'anybody',
  'POST /api/rejoin': 'anybody',
  'POST /api/rejoin/code': 'anybody',
  'POST /api/sessions/{id}/people/{person}/rejoin': 'facilitator',
  // Last, since it ends the host's own key.
  'POST /api/host/sign-out': 'host',
}

const BODIES: Record<string, unknown> = {
  'POST /api/host/passphrase': { passphrase: PASSPHRASE },
  'POST /api/host/sign-in': { passphrase: PASSPHRASE },
  'PUT /api/addresses': { current: 'http://nowhere.test' },
  'PUT /api/retention': { days: 365 },
  'PUT /api/sessions/{id}/hold': { held: false },
  'POST /api/sessions': { template: 'smart-goals' },
  'PUT /api/sessions/{id}/plan': {},
  'POST /api/sessions/{id}/links': { role: 'cofacilitator', name: 'Co' },
  'POST /api/keys/exchange': { key: 'x'.repeat(43) },
  'POST /api/join': { code: '00000000' },
  'POST /api/rejoin': { code: '00000000', device: 'x'.repeat(43), back: 'K7M2QX' },
  'POST /api/rejoin/code': { device: 'x'.repeat(43) },
}

type Who = 'nobody' | 'a participant' | 'a screen' | 'a facilitator of another session' | 'a co-facilitator' | 'a facilitator' | 'a host by cookie' | 'a host by key'
const EVERYBODY: Who[] = ['nobody', 'a participant', 'a screen', 'a facilitator of another session', 'a co-facilitator', 'a facilitator', 'a host by cookie', 'a host by key']

const LET_IN: Record<'host' | 'facilitator' | 'inviter', Who[]> = {
  host: ['a host by cookie', 'a host by key'],
  facilitator: ['a co-facilitator', 'a facilitator', 'a host by cookie', 'a host by key'],
  inviter: ['a facilitator', 'a host by cookie', 'a host by key'],
}

async function headersOf(who: Who, session: Hosted): Promise<Record<string, string>> {
  const byCookie = async (cookie: Promise<string> | string) => ({ cookie: await cookie, origin: it.url })
  switch (who) {
    case 'nobody': return {}
    case 'a participant': return { authorization: `Bearer ${(await it.join(session)).token}` }
    case 'a screen': return byCookie(it.cookieFor(session.links.screen))
    case 'a facilitator of another session': return byCookie(it.cookieFor((await it.openSession()).links.facilitator))
    case 'a co-facilitator': return byCookie(it.cookieFor((await it.link(session, 'cofacilitator', 'Co')).link))
    case 'a facilitator': return byCookie(it.cookieFor(session.links.facilitator))
    case 'a host by cookie': return byCookie(hostCookie)
    case 'a host by key': return { authorization: 'Bearer a-key-for-scripts-that-no-one-guesses' }
  }
}

async function ask(route: string, id: string, headers: Record<string, string>, handle = 'nobodys'): Promise<Reply> {
  const [method = '', path = ''] = route.split(' ')
  return it.nobody(method, path.replace('{id}', id).replace('{handle}', handle).replace('{person}', 'nobody'), BODIES[route], headers)
}

test('HT1 the table knows every route, and no other', () => {
  expect(routes).toEqual(Object.keys(ACCESS).sort())
})

for (const [route, access] of Object.entries(ACCESS)) {
  if (access === 'anybody') continue
  describe(route, () => {
    test.each(EVERYBODY)('HT2 %s', async (who) => {
      const session = await it.openSession()
      const headers = await headersOf(who, session)
      const reply = await ask(route, session.id, headers)
      if (LET_IN[access].includes(who)) {
        expect(reply.status).not.toBe(401)
        expect(reply.body?.code).not.toBe('not-permitted')
        return
      }
      // A co-facilitator is known, and told no; all others are told the same as about a session that is not there.
      if (who === 'a co-facilitator' && access === 'inviter') return expect(reply.body.code).toBe('not-permitted')
      expect(reply.status).toBe(401)
      const absent = await ask(route, 'there-is-no-such-1', headers)
      expect({ status: absent.status, text: absent.text }).toEqual({ status: reply.status, text: reply.text })
      expect((await it.host('GET', `/api/sessions/${session.id}`)).body).toMatchObject({ phase: 'open' })
    })
  })
}

test('HT3 what is for anybody gives nothing of a session away', async () => {
  const session = await it.createSession()
  for (const route of Object.keys(ACCESS).filter((each) => ACCESS[each] === 'anybody')) {
    const { text } = await ask(route, session.id, {})
    for (const secret of [session.id, session.code, session.joinToken]) expect(text, route).not.toContain(secret)
  }
})

test('HT4 a link may be made for a screen by a co-facilitator, and its secret is told this once', async () => {
  const session = await it.openSession()
  const headers = await headersOf('a co-facilitator', session)
  const made = await it.nobody('POST', `/api/sessions/${session.id}/links`, { role: 'screen' }, headers)
  expect(made.status).toBe(201)
  const secret = (made.body as { link: string }).link.split('#')[1] ?? ''
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect((await it.nobody('GET', `/api/sessions/${session.id}/links`, undefined, headers)).text).not.toContain(secret)
  expect(it.stored().includes(secret)).toBe(false)
})

test('HT6 a host who has signed out is nobody', async () => {
  expect((await it.nobody('GET', '/api/sessions', undefined, { cookie: hostCookie })).status).toBe(401)
})

test('HT5 a key that was exchanged is not exchanged again, and a cookie ends after twelve hours', async () => {
  const session = await it.openSession()
  const cookie = await it.cookieFor(session.links.facilitator)
  expect((await it.nobody('POST', '/api/keys/exchange', { key: cookie.split('=')[1] })).status).toBe(404)
  expect((await it.nobody('GET', `/api/sessions/${session.id}`, undefined, { cookie })).status).toBe(200)
  clock += 12 * 3_600_000
  expect((await it.nobody('GET', `/api/sessions/${session.id}`, undefined, { cookie })).status).toBe(401)
})
