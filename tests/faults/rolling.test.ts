/** F20 F43: servers on one PostgreSQL behind nginx as shipped, one after the other stopped and started again while people act. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { planWith } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../support/postgres.ts'
import { programOf, startProxy, type Proxy } from '../support/proxies.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { visit, type Visit } from '../support/visit.ts'

const SERVERS = 2
const PHONES = 12

const why = whyNoPostgres() ?? (programOf('nginx') === undefined || programOf('openssl') === undefined ? 'this machine has no nginx, or no openssl' : undefined)

describe.skipIf(why !== undefined)(`a rolling upgrade${why === undefined ? '' : ` (${why})`}`, () => {
  let cluster: Cluster
  let servers: ServerProcess[]
  let proxy: Proxy
  let it: Visit
  beforeAll(async () => {
    cluster = await startPostgres()
    const env = { DATABASE_URL: (await cluster.database()).url, TRUST_PROXY: '1', LOG_LEVEL: 'error', METRICS_KEY: 'a-key-that-only-a-watcher-has' }
    servers = await Promise.all(Array.from({ length: SERVERS }, async () => spawnServer(env)))
    proxy = await startProxy('nginx', servers.map(({ port }) => port))
    it = visit(proxy.url)
  }, 120_000)
  afterAll(async () => {
    it.hangUp()
    await proxy.close()
    await Promise.all(servers.map(async (server) => server.close()))
    await cluster.remove()
  })

  test('F20 F43 each server of one session is stopped and started again under people on WebSockets and polling: every act is taken, once, and whoever leads sees all of them', async () => {
    const session = await it.openSession(planWith('check-in'))
    await it.move(session, 'start')
    const console = await it.facilitator(session, session.links.facilitator, { reconnects: true })
    // Each phone names its line, as the page does; a third of them polls.
    const phones: Line[] = []
    for (let i = 0; i < PHONES; i += 1) {
      const ticket = await it.join(session)
      phones.push(visit(`${proxy.url}/?line=rolling${String(i)}`).line({ auth: { v: PROTOCOL, door: 'phone', token: ticket.token, veil: ticket.veil }, reconnects: true, transports: [i % 3 === 0 ? 'polling' : 'websocket'] }))
    }
    await Promise.all(phones.map(async (phone) => phone.ready('everyone', 'mine')))
    const people = async () => Promise.all(servers.map(async ({ nobody }) => Number(/^gatherwell_people (\d+)$/mu.exec((await nobody('GET', '/metrics', undefined, { authorization: 'Bearer a-key-that-only-a-watcher-has' })).text)?.[1])))
    const spread = await people()
    expect(spread.reduce((sum, count) => sum + count, 0)).toBe(PHONES)
    expect(spread.filter((count) => count > 0).length).toBeGreaterThan(1)

    let next = 0
    for (const server of servers) {
      server.signal('SIGTERM')
      const acts = phones.slice(next, (next += PHONES / SERVERS)).map(async (phone) => phone.insist(undefined, { type: 'call.raise', what: 'slow-down' }))
      expect(await server.ended()).toBe(0)
      expect((await Promise.all(acts)).map(({ ok }) => ok)).toEqual(acts.map(() => true))
      await server.restart()
    }
    await until(() => Object.keys(console.view('facilitator')?.calls ?? {}).length === PHONES, 'the console to see everybody’s call', 20_000)
    for (const phone of phones) phone.close()
  }, 120_000)
})
