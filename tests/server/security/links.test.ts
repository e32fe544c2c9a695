/** HT4, RI5, F27: whoever was shown out has left no door open behind them. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { keyOf } from '../../support/visit.ts'
import { until } from '../../support/until.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

test('HT4 a screen’s link that a co-facilitator made goes with theirs, and its open lines; others stay', async () => {
  const session = await it.openSession()
  const { link, handle } = await it.link(session, 'cofacilitator', 'Co')
  const co = { cookie: await it.cookieFor(link), origin: it.url }
  const made = (await it.nobody('POST', `/api/sessions/${session.id}/links`, { role: 'screen', name: 'my own' }, co)).body as { link: string; handle: string }
  const screen = await it.screen({ ...session, links: { ...session.links, screen: made.link } })
  const ours = await it.screen(session)
  const listed = (await it.host('GET', `/api/sessions/${session.id}/links`)).body as { handle: string; name?: string }[]
  expect(listed.find((one) => one.handle === made.handle)?.name).toBe('my own')
  expect(listed.length).toBe(4)

  expect((await it.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)).status).toBe(204)
  await until(() => screen.byes.includes('revoked'))
  expect((await it.nobody('POST', '/api/keys/exchange', { key: keyOf(made.link) })).status).toBe(404)
  expect((await it.nobody('POST', `/api/sessions/${session.id}/links`, { role: 'screen' }, co)).status).toBe(401)
  expect(ours.socket.connected).toBe(true)
  expect((await it.nobody('POST', '/api/keys/exchange', { key: keyOf(session.links.screen) })).status).toBe(200)
})
