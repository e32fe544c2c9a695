/** F24: another site's page gets nowhere, on any transport, whatever it calls itself. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import type { Hosted } from '../../support/visit.ts'

const PUBLIC_URL = 'https://learn.example.org'
let it: TestApp
let session: Hosted
let host: string
let cookie: string
let mutating: { method: string; path: string }[]
beforeAll(async () => {
  it = await startApp({ env: { PUBLIC_URL } })
  session = await it.openSession()
  host = new URL(it.url).host
  cookie = await it.cookieFor(session.links.facilitator)
  const { paths } = (await it.nobody('GET', '/docs/json')).body as { paths: Record<string, object> }
  mutating = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).filter((method) => method !== 'get').map((method) => ({ method: method.toUpperCase(), path: path.replace('{id}', session.id).replace('{handle}', 'x') })))
})
afterAll(async () => { await it.close() })

const port = () => host.split(':')[1] ?? ''
/** What a browser, or somebody who writes headers by hand, may call where the page came from. */
const FOREIGN: [string, () => string][] = [
  ['null', () => 'null'],
  ['nothing at all', () => ''],
  ['another site', () => 'https://evil.example'],
  ['a subdomain of the published one', () => 'https://a.learn.example.org'],
  ['a parent of it', () => 'https://example.org'],
  ['it as a prefix of another', () => 'https://learn.example.org.evil.example'],
  ['it as a suffix of another', () => 'https://evil-learn.example.org'],
  ['it without its dots', () => 'https://learnxexample.org'],
  ['it over plain HTTP', () => 'http://learn.example.org'],
  ['it at another port', () => 'https://learn.example.org:8443'],
  ['it with a port that goes without saying', () => 'https://learn.example.org:443'],
  ['it with a slash', () => 'https://learn.example.org/'],
  ['it with a path', () => 'https://learn.example.org/evil'],
  ['it with a user before it', () => 'https://learn.example.org@evil.example'],
  ['it in capitals', () => 'HTTPS://LEARN.EXAMPLE.ORG'],
  ['it with a look-alike letter', () => 'https://xn--lern-63d.example.org'],
  ['it twice', () => 'https://learn.example.org https://evil.example'],
  ['it after a comma', () => 'https://evil.example, https://learn.example.org'],
  ['this machine by another name', () => `http://localhost:${port()}`],
  ['this machine by another address', () => `http://127.0.0.2:${port()}`],
  ['this machine at another port', () => 'http://127.0.0.1:1'],
  ['this machine by another scheme', () => `ws://${host}`],
  ['this machine without a scheme', () => host],
  ['a file', () => 'file://'],
]
const OWN: [string, () => string][] = [['the published address', () => PUBLIC_URL], ['the address that was asked', () => `http://${host}`], ['the same behind TLS', () => `https://${host}`]]

/** The status of a handshake, as a browser would begin it. */
function handshake(transport: 'polling' | 'websocket', headers: Record<string, string>): Promise<number> {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
  return new Promise((resolve, reject) => {
    const asked = request(`${it.url}/socket.io/?EIO=4&transport=${transport}`, { headers: { ...(transport === 'websocket' ? upgrade : {}), ...headers } })
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe.each(['polling', 'websocket'] as const)('%s', (transport) => {
  const [open, refused] = transport === 'polling' ? [200, 403] : [101, 400]

  test.each(FOREIGN)('OR1 is refused to a page of %s', async (_what, origin) => {
    for (const more of [{}, { cookie }]) expect(await handshake(transport, { origin: origin(), ...more })).toBe(refused)
  })

  test.each(OWN)('OR2 is open to our own page at %s', async (_what, origin) => {
    expect(await handshake(transport, { origin: origin(), cookie })).toBe(open)
  })

  test('OR3 without an Origin it is open to programs that show a token; to a cookie only for the GETs of polling, which browsers send so', async () => {
    expect(await handshake(transport, {})).toBe(open)
    expect(await handshake(transport, { cookie })).toBe(transport === 'polling' ? open : refused)
  })
})

describe('what changes something over HTTP', () => {
  test.each(FOREIGN)('OR4 is refused to a page of %s, on every route, with whatever it shows', async (_what, origin) => {
    for (const { method, path } of mutating) {
      for (const shown of [{}, { cookie }, { authorization: 'Bearer a-key-for-scripts-that-no-one-guesses' }]) {
        const reply = await it.nobody(method, path, method === 'DELETE' ? undefined : {}, { origin: origin(), ...shown })
        expect(`${method} ${path} ${reply.status} ${reply.body?.code}`).toBe(`${method} ${path} 403 foreign-origin`)
      }
    }
  })

  test('OR4 is refused to a cookie without an Origin', async () => {
    for (const { method, path } of mutating) expect((await it.nobody(method, path, undefined, { cookie })).body.code, `${method} ${path}`).toBe('foreign-origin')
  })

  test.each(OWN)('OR5 is open to our own page at %s', async (_what, origin) => {
    expect((await it.nobody('POST', `/api/sessions/${session.id}/links`, { role: 'screen' }, { origin: origin(), cookie })).status).toBe(201)
  })

  test('OR6 takes JSON only: a form of another site is not understood', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp']) {
      const reply = await fetch(`${it.url}/api/join`, { method: 'POST', headers: { 'content-type': type }, body: '{"code":"12345678"}' })
      expect(reply.status, type).toBe(415)
    }
  })
})

test('OR7 nothing of the API may be read by another site, and every answer says what a browser must not do', async () => {
  for (const path of ['/', '/host', '/screen', '/api/host', `/api/sessions/${session.id}`, '/no-such-page']) {
    const { headers } = await it.nobody('GET', path, undefined, { origin: 'https://evil.example' })
    expect(headers.get('access-control-allow-origin'), path).toBeNull()
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
  }
})
