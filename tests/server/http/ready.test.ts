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
  await until(async () => (await told()) === 0, 'the numbers to tell of it')
  expect(await ready()).toEqual([503, { ok: false, why: 'storage' }])
  disk.heal()
  await until(async () => (await told()) === 1, 'the numbers to tell that it is well')
  expect(await ready()).toEqual([200, { ok: true }])
})

test('F19 storage is asked once for all who want to know at a time, however many they are', async () => {
  const disk = failing(['healthy'])
  it = await startApp({ around: disk.around })
  disk.failAt(1, 1)
  const asked = ['/readyz', '/healthz', '/metrics'].flatMap((path) => Array.from({ length: 10 }, () => it.nobody('GET', path)))
  const answers = (await Promise.all(asked)).map(({ status }) => status)
  expect(disk.calls()).toBe(1)
  expect(answers.slice(0, 20)).toEqual(answers.slice(0, 20).map(() => 503))
  await until(async () => (await ready())[0] === 200, 'it to be asked again')
})
