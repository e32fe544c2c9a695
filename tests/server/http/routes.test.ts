/** HT4 HT5 HT6: links, the cookies that they are exchanged for, and their ends. Who may use which route: tests/server/rights. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'

const PASSPHRASE = 'a passphrase for the tests'
let it: TestApp
let hostCookie: string
let clock = 1_800_000_000_000
beforeAll(async () => {
  it = await startApp({ now: () => (clock += 5_000) })
  hostCookie = (await it.nobody('POST', '/api/host/passphrase', { passphrase: PASSPHRASE })).headers.getSetCookie()[0]?.split(';')[0] ?? ''
})
afterAll(async () => { await it.close() })

const byCookie = async (cookie: Promise<string> | string) => ({ cookie: await cookie, origin: it.url })

test('HT4 a link may be made for a screen by a co-facilitator, and its secret is told this once', async () => {
  const session = await it.openSession()
  const headers = await byCookie(it.cookieFor((await it.link(session, 'cofacilitator', 'Co')).link))
  const made = await it.nobody('POST', `/api/sessions/${session.id}/links`, { role: 'screen' }, headers)
  expect(made.status).toBe(201)
  const secret = (made.body as { link: string }).link.split('#')[1] ?? ''
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect((await it.nobody('GET', `/api/sessions/${session.id}/links`, undefined, headers)).text).not.toContain(secret)
  expect((await it.stored()).includes(secret)).toBe(false)
})

test('HT6 a host who has signed out is nobody', async () => {
  expect((await it.nobody('POST', '/api/host/sign-out', undefined, { cookie: hostCookie, origin: it.url })).status).toBe(200)
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
