/** Whether new people may be sent to a server: what a load balancer asks. */
import { afterEach, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { failing } from '../../support/failing-log.ts'
import { planWith } from '../../support/kinds.ts'
import { numbersOf } from '../../support/numbers.ts'
import { until } from '../../support/until.ts'

let it: TestApp
afterEach(async () => { await it.close() })
const ready = async () => {
  const { status, body } = await it.nobody('GET', '/readyz')
  return [status, body as unknown]
}

test('F20 a server that drains takes nobody new by its own word, and serves whoever is here and whoever comes', async () => {
  it = await startApp()
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  const phone = await it.participant(session)
  expect(await ready()).toEqual([200, { ok: true }])
  it.app.drain()
  expect(await ready()).toEqual([503, { ok: false, why: 'draining' }])
  expect((await it.nobody('GET', '/healthz')).status).toBe(200)
  await phone.done(undefined, { type: 'call.raise', what: 'slow-down' })
  await (await it.participant(session)).done(undefined, { type: 'call.raise', what: 'slow-down' })
})

test('F19 a server whose storage refuses is not ready until it takes something again, also when nobody writes meanwhile', async () => {
  const disk = failing(['append', 'alone', 'setSetting'])
  it = await startApp({ around: disk.around })
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  const phone = await it.participant(session)
  disk.failAt(1, Infinity)
  await phone.act(undefined, { type: 'call.raise', what: 'slow-down' })
  expect(await ready()).toEqual([503, { ok: false, why: 'storage' }])
  phone.close()
  disk.heal()
  await until(async () => (await ready())[0] === 200, 'the server to try storage, and to be ready again')
})

test('F19 a server whose storage does not answer is not ready', async () => {
  const disk = failing(['healthy'])
  it = await startApp({ around: disk.around })
  const told = async () => numbersOf((await it.nobody('GET', '/metrics')).text).get('gatherwell_storage_up')
  expect(await told()).toBe(1)
  disk.failAt(1, Infinity)
  // Nobody asked whether it is ready, and nobody wrote.
  expect(await told()).toBe(0)
  expect(await ready()).toEqual([503, { ok: false, why: 'storage' }])
  disk.heal()
  expect(await ready()).toEqual([200, { ok: true }])
  expect(await told()).toBe(1)
})
