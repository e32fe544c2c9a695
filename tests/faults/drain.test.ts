/** F20: asked to stop, a server tells the load balancer first, serves on for a while, and tells its log what it does. */
import { afterEach, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'

let server: ServerProcess
afterEach(async () => { await server.close() })

const lines = () => server.said().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
const told = () => lines().filter(({ event }) => event === 'server').map(({ outcome }) => outcome)

test('F20 with DRAIN_SECONDS a server that is asked to stop says that it takes nobody new and serves on; asked again it ends at once, and well', async () => {
  server = await spawnServer({ DRAIN_SECONDS: '300' })
  const session = await server.openSession(planWith('check-in'))
  await server.move(session, 'start')
  const phone = await server.participant(session)
  const ready = async () => (await server.nobody('GET', '/readyz')).status
  expect(await ready()).toBe(200)
  server.signal('SIGTERM')
  await until(async () => (await ready()) === 503, 'the server to say that it takes nobody new')
  await phone.done(undefined, { type: 'call.raise', what: 'slow-down' })
  await (await server.participant(session)).done(undefined, { type: 'call.raise', what: 'slow-down' })
  expect(told()).toEqual(['ready', 'draining'])
  server.signal('SIGTERM')
  expect(await server.ended()).toBe(0)
  expect(told()).toEqual(['ready', 'draining', 'stopping', 'stopped'])
  // Not a goodbye: who was here comes back by themselves.
  expect(phone.byes).toEqual([])
})

test('F20 after the time that it was given it ends by itself, and Ctrl-C waits for none', async () => {
  server = await spawnServer({ DRAIN_SECONDS: '1' })
  server.signal('SIGTERM')
  expect(await server.ended()).toBe(0)
  expect(told()).toEqual(['ready', 'draining', 'stopping', 'stopped'])
  await server.restart()
  server.signal('SIGINT')
  expect(await server.ended()).toBe(0)
  expect(told().slice(4)).toEqual(['ready', 'stopping', 'stopped'])
})
