/** F43: two server processes on one PostgreSQL behind a proxy that is not sticky, and phones whose networks block WebSockets. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LiveSession } from '../../client/live/session.svelte.ts'
import { planWith } from '../support/kinds.ts'
import { openPhone } from '../support/phone.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../support/postgres.ts'
import { openRoundRobin, type RoundRobin } from '../support/round-robin.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { visit, type Hosted } from '../support/visit.ts'

/** Every third try goes elsewhere, by chance to the server that lives; each waits up to six seconds. */
const PATIENCE = 120_000
const STRAYED = '"outcome":"strayed"'

describe.skipIf(whyNoPostgres() !== undefined)('two servers behind a proxy', () => {
  let cluster: Cluster
  let servers: ServerProcess[]
  let proxy: RoundRobin
  let phone: LiveSession | undefined
  beforeAll(async () => {
    cluster = await startPostgres()
    const env = { DATABASE_URL: (await cluster.database()).url, LOG_LEVEL: 'warn' }
    servers = await Promise.all([spawnServer(env), spawnServer(env)])
  }, 120_000)
  afterEach(async () => {
    phone?.close()
    await proxy.close()
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()))
    await cluster.remove()
  })

  const call = (what: string) => ({ type: 'call.raise', what })
  const one = () => servers[0] as ServerProcess

  /** A session, and somebody's phone with the page's own code, by way of the proxy. */
  async function comes(): Promise<{ session: Hosted; made: LiveSession }> {
    const session = await one().openSession(planWith('check-in'))
    await one().move(session, 'start')
    const ticket = await visit(proxy.url).join(session)
    return { session, made: (phone = openPhone(proxy.url, ticket)) }
  }

  /** Sentences about strays in both logs, and whether /healthz of one of them warns. */
  const said = () => servers.reduce((sum, server) => sum + server.said().split(STRAYED).length - 1, 0)
  const warned = async () => (await Promise.all(servers.map(({ nobody }) => nobody('GET', '/healthz')))).some(({ status, body }) => status === 200 && JSON.stringify(body).includes('strayed-lines'))

  test('F43 F40 one that gives each request to the next server: by WebSocket everybody is in, on whichever server, nothing strays; when it lets none through, /healthz and the log say why nobody gets in, and once it does, they are in with what they wrote', async () => {
    proxy = await openRoundRobin(servers.map(({ port }) => port))
    const { session, made } = await comes()
    const consoles = await Promise.all(servers.map((server) => server.facilitator(session)))
    const calls = (n: number) => until(() => consoles.every((console) => Object.keys(console.view('facilitator')?.calls ?? {}).length === n), 'whoever leads, at either server, to hear of it', PATIENCE)
    await until(() => made.view !== undefined, 'the phone to be in', PATIENCE)
    expect(await made.act(undefined, call('slow-down'))).toMatchObject({ ok: true })
    await calls(1)
    expect([said(), await warned()]).toEqual([0, false])

    proxy.webSockets(false)
    made.connection.renew()
    const written = made.act(undefined, call('find-me'))
    await until(() => said() > 0, 'the log to say why', PATIENCE)
    expect(await warned()).toBe(true)
    expect(made.waiting).toBe(1)

    proxy.webSockets(true)
    expect(await written).toMatchObject({ ok: true })
    await calls(2)
    // Each server says it once, however often it happens.
    expect(said()).toBeLessThanOrEqual(servers.length)
  }, 2 * PATIENCE)

  test('F43 F40 one that goes by what the page calls its line: a phone that can only poll is in and stays in, and when its server dies it is in at the other one', async () => {
    proxy = await openRoundRobin(servers.map(({ port }) => port), { byLine: true })
    proxy.webSockets(false)
    const before = said()
    const { made } = await comes()
    await until(() => made.view !== undefined, 'the phone to be in', PATIENCE)
    expect(await made.act(undefined, call('slow-down'))).toMatchObject({ ok: true })
    const home = servers.find(({ port }) => port === proxy.lastOf()) as ServerProcess
    await home.kill()
    expect(await made.act(undefined, call('find-me'))).toMatchObject({ ok: true })
    expect(proxy.lastOf()).not.toBe(home.port)
    await home.restart()
    expect(said()).toBe(before)
  }, 2 * PATIENCE)
})
