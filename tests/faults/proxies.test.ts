/** F40 F8: what docs/operating ships for nginx and Caddy, really run: whatever people do goes through it as it goes without it. */
import { request } from 'node:https'
import { nanoid } from 'nanoid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FRAME_BYTES } from '#shared/wire/protocol.ts'
import { planWith } from '../support/kinds.ts'
import { programOf, startProxy, type Proxy, type ProxyName } from '../support/proxies.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { visit, type Visit } from '../support/visit.ts'

const PROXIES: readonly ProxyName[] = ['nginx', 'caddy']
/** What an address may try at once before it has to wait. */
const FREE_TRIES = 5
/** All of them at one of two servers by chance: once in eight million. */
const LINES = 24

const call = { type: 'call.raise', what: 'slow-down' }

const found = PROXIES.filter((name) => programOf(name) !== undefined && programOf('openssl') !== undefined)
let server: ServerProcess
let other: ServerProcess
beforeAll(async () => {
  if (found.length > 0) [server, other] = await Promise.all([spawnServer({ TRUST_PROXY: '1', LOG_LEVEL: 'error' }), spawnServer({ TRUST_PROXY: '1', LOG_LEVEL: 'error' })])
})
afterAll(async () => {
  if (found.length > 0) await Promise.all([server.close(), other.close()])
})

describe.each(PROXIES)('through %s', (name) => {
  if (!found.includes(name)) return test.skip(`this machine has no ${name}, or no openssl`)

  let proxy: Proxy
  let it: Visit
  beforeAll(async () => {
    proxy = await startProxy(name, [server.port])
    it = visit(proxy.url)
  })
  afterAll(async () => {
    it.hangUp()
    await proxy.close()
  })

  test.each(['websocket', 'polling'] as const)('F40 a phone joins, acts and hears by %s, also with the largest frame and body', async (transport) => {
    const session = await it.openSession(planWith('check-in'))
    await it.move(session, 'start')
    const phone = await it.participant(session, {}, { transports: [transport] })
    const console = await it.facilitator(session, session.links.facilitator, { transports: [transport] })
    expect(phone.socket.io.engine.transport.name).toBe(transport)
    await phone.done(undefined, call)
    await until(() => Object.keys(console.view('facilitator')?.calls ?? {}).length === 1, 'the console to hear of it')
    // Refused by the rules and not on the way: the whole of it has come.
    expect(await phone.send({ id: nanoid(), do: { type: 'no-such', pad: 'x'.repeat(FRAME_BYTES - 200) } })).toMatchObject({ ok: false, code: 'bad-shape' })
    expect((await it.host('POST', '/api/sessions', { template: 'smart-goals', title: 'x'.repeat(60_000) })).body).toMatchObject({ code: expect.any(String) })
    expect((await it.host('POST', '/api/sessions', { template: 'smart-goals', title: 'x'.repeat(70_000) })).status).toBe(413)
  })

  test('people come by TLS and the server knows it; numbers are not for those who come this way', async () => {
    const reply = await it.nobody('GET', '/readyz')
    expect([reply.status, reply.headers.get('strict-transport-security')]).toEqual([200, expect.stringContaining('max-age')])
    const session = await it.openSession()
    const cookie = (await it.nobody('POST', '/api/keys/exchange', { key: session.links.screen.split('#')[1] })).headers.getSetCookie()[0]
    expect(cookie).toContain('Secure')
    const numbers = await it.nobody('GET', '/metrics')
    expect([numbers.status, numbers.text.includes('gatherwell_')]).toEqual([404, false])
  })

  test('F8 limits are of the visitor’s own address, whatever address a visitor claims', async () => {
    const body = JSON.stringify({ passphrase: 'not the right one' })
    const [one, another] = name === 'nginx' ? ['127.0.0.2', '127.0.0.3'] : ['127.0.0.4', '127.0.0.5']
    const tryAt = (localAddress: string, claimed: string): Promise<number> => new Promise((resolve, reject) => {
      const asked = request(`${proxy.url}/api/host/sign-in`, { method: 'POST', localAddress, agent: false, headers: { 'content-type': 'application/json', 'content-length': body.length, 'x-forwarded-for': claimed } }, (reply) => {
        reply.resume()
        resolve(reply.statusCode ?? 0)
      })
      asked.on('error', reject)
      asked.end(body)
    })
    for (let i = 0; i < FREE_TRIES; i += 1) expect(await tryAt(one, `10.0.0.${String(i)}`)).toBe(401)
    expect(await tryAt(one, '10.0.0.99')).toBe(429)
    expect(await tryAt(another, one)).toBe(401)
  })

  test('F20 the server behind it is killed and started again: whoever was here comes back through it and goes on', async () => {
    const session = await it.openSession(planWith('check-in'))
    await it.move(session, 'start')
    const phone = await it.participant(session, {}, { reconnects: true })
    const poller = await it.participant(session, {}, { reconnects: true, transports: ['polling'] })
    await server.kill()
    await until(() => !phone.socket.connected, 'the phone to lose its line')
    await server.restart()
    expect([await phone.insist(undefined, call), await poller.insist(undefined, call)]).toMatchObject([{ ok: true }, { ok: true }])
  })

  test('F20 F42 the only server takes nobody new, or is gone: whoever comes is served as long as it lives, and the proxy writes down nobody whom it could not serve', async () => {
    const last = await spawnServer({ TRUST_PROXY: '1', LOG_LEVEL: 'error', DRAIN_SECONDS: '60' })
    const front = await startProxy(name, [last.port])
    const through = visit(front.url)
    const session = await through.openSession(planWith('check-in'))
    last.signal('SIGTERM')
    await until(async () => (await last.nobody('GET', '/readyz')).text.includes('draining'), 'the server to drain')
    // nginx asks nobody. Caddy then waits five seconds for another server, once for each request.
    if (name === 'caddy') await until(() => front.said().includes('out of tolerances'), 'Caddy to have asked', 20_000)
    for (let i = 0; i < 2; i += 1) expect((await through.join(session)).token).toBeTruthy()
    last.signal('SIGTERM')
    await last.ended()
    const status = await new Promise((resolve, reject) => request(`${front.url}/api/host`, { localAddress: '127.0.0.77', agent: false }, (reply) => resolve(reply.resume().statusCode)).on('error', reject).end())
    expect([502, 503]).toContain(status)
    expect(front.said()).not.toContain('127.0.0.77')
    await front.close()
    await last.close()
  }, 90_000)

  test('F43 with several servers a line by polling stays with the one that it began with, and lines are spread', async () => {
    const both = await startProxy(name, [server.port, other.port])
    try {
      const homes = new Set<string>()
      await Promise.all(Array.from({ length: LINES }, async (_, i) => homes.add(await polled(both.url, `line${String(i)}`))))
      expect(homes.size).toBe(2)
    } finally {
      await both.close()
    }
  })

  /** A line of Engine.IO as a phone begins it, some requests long; answers which server it was at. Throws if one of them knew nothing of it. */
  async function polled(url: string, line: string): Promise<string> {
    const at = `${url}/socket.io/?EIO=4&transport=polling&line=${line}`
    const first = await fetch(at)
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0]
    const headers = cookie === undefined ? {} : { cookie }
    const { sid } = JSON.parse((await first.text()).slice(1)) as { sid: string }
    for (let i = 0; i < 4; i += 1) {
      const sent = await fetch(`${at}&sid=${sid}`, { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: '3' })
      if (sent.status !== 200) throw new Error(`${String(sent.status)} ${await sent.text()}`)
    }
    const known = await Promise.all([server, other].map(async (one) => (await fetch(`${one.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '3' })).status === 200))
    return known.join()
  }
})
