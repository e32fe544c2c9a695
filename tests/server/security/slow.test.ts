/** LI5, F33: whoever sends drop by drop, or nothing, holds no connection for long. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

test('LI5 every phase of a request has an end, and so has silence', () => {
  const { headersTimeout, requestTimeout, timeout } = it.app.http.server
  for (const [phase, bound] of Object.entries({ headersTimeout, requestTimeout, timeout })) {
    expect(bound, phase).toBeGreaterThan(0)
    expect(bound, phase).toBeLessThanOrEqual(60_000)
  }
  expect(headersTimeout).toBeLessThan(requestTimeout)
})

test('LI5 drops and silence are let go, while a phone that is in stays', async () => {
  const server = it.app.http.server
  // What a busy machine makes slow is done before time is short.
  const session = await it.openSession()
  const ticket = await it.join(session)
  server.timeout = 200
  server.requestTimeout = 200
  server.headersTimeout = 100
  const phone = await it.participant(session, ticket)
  const { port } = server.address() as { port: number }
  const held = (first: string): Socket => connect(port, '127.0.0.1', function (this: Socket) { if (first !== '') this.write(first) })
  const silent = held('')
  const drops = held('GET / HTTP/1.1\r\nHost: x\r\n')
  for (const one of [silent, drops]) one.resume().on('error', () => undefined)
  await Promise.all([once(silent, 'close'), once(drops, 'close')])
  expect(phone.socket.connected).toBe(true)
}, 20_000)
