/** What the server tells of itself in numbers: to whom, in what form, and nothing of anybody. */
import { afterEach, expect, test } from 'vitest'
import { startApp, type StartOptions, type TestApp } from '../../support/app.ts'
import { failing } from '../../support/failing-log.ts'
import { planWith } from '../../support/kinds.ts'
import { numbersOf, type Numbers } from '../../support/numbers.ts'
import { until } from '../../support/until.ts'
import { HOST_KEY } from '../../support/visit.ts'

const KEY = 'a-key-that-only-a-watcher-has'
let it: TestApp
const start = async (options: StartOptions = {}) => (it = await startApp(options))
afterEach(async () => { await it.close() })

const numbers = async (): Promise<Numbers> => numbersOf((await it.nobody('GET', '/metrics')).text)

test('without METRICS_KEY a program on the machine itself reads the numbers, and nobody through a proxy, whatever they show', async () => {
  await start()
  const reply = await it.nobody('GET', '/metrics')
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  for (const headers of [{ 'x-forwarded-for': '10.0.0.1' }, { 'x-forwarded-for': '127.0.0.1', authorization: `Bearer ${HOST_KEY}` }, { via: '1.1 proxy' }]) {
    expect((await it.nobody('GET', '/metrics', undefined, headers as unknown as Record<string, string>)).status).toBe(401)
  }
})

test('with METRICS_KEY whoever shows it reads the numbers from wherever they are, and nobody else: not the host, not the machine itself', async () => {
  await start({ env: { METRICS_KEY: KEY, PUBLIC_URL: 'https://learn.example.org', TRUST_PROXY: '1' } })
  const statuses = async (authorization?: string) => (await it.nobody('GET', '/metrics', undefined, { 'x-forwarded-for': '203.0.113.7', ...(authorization === undefined ? {} : { authorization }) })).status
  expect([await statuses(`Bearer ${KEY}`), await statuses(), await statuses(`Bearer ${HOST_KEY}`), await statuses(`Bearer ${KEY}x`), await statuses('Bearer ')]).toEqual([200, 401, 401, 401, 401])
  expect((await it.nobody('GET', '/metrics')).status).toBe(401)
  // It opens nothing else.
  expect((await it.nobody('GET', '/api/sessions', undefined, { authorization: `Bearer ${KEY}` })).status).toBe(401)
})

test('who is here and what runs is told as counts, by door, carrier and phase', async () => {
  await start()
  const session = await it.openSession(planWith('check-in'))
  const phones = [await it.participant(session), await it.participant(session), await it.participant(session, {}, { transports: ['polling'] })]
  await it.screen(session)
  await it.facilitator(session)
  const told = await numbers()
  expect(told.get('gatherwell_people')).toBe(3)
  expect(['phone/websocket', 'phone/polling', 'console/websocket', 'screen/websocket', 'screen/polling'].map((line) => told.get(`gatherwell_lines{door="${line.split('/')[0]}",transport="${line.split('/')[1]}"}`))).toEqual([2, 1, 1, 1, 0])
  expect(told.get('gatherwell_sessions{phase="open"}')).toBe(1)
  expect(told.get('gatherwell_info{version="0.1.0",log="sqlite"}')).toBe(1)
  // Alone, there is no channel that could be up or down.
  expect([...told.keys()].filter((name) => name.includes('channel'))).toEqual([])
  phones[0]?.close()
  await until(async () => (await numbers()).get('gatherwell_people') === 2, 'the one who left to be counted out')
})

test('acts, commits, patches and bytes are counted as they happen, and a refusal by its code', async () => {
  await start()
  const session = await it.openSession(planWith('check-in'))
  const phones = await Promise.all(Array.from({ length: 4 }, () => it.participant(session)))
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'session.start' })
  const before = await numbers()
  const since = (after: Numbers, name: string) => (after.get(name) ?? NaN) - (before.get(name) ?? NaN)
  for (const phone of phones) await phone.done(undefined, { type: 'call.raise', what: 'slow-down' })
  expect((await phones[0]?.act(undefined, { type: 'session.end' }))?.ok).toBe(false)
  await until(() => Object.keys(console.view('facilitator')?.calls ?? {}).length === 4, 'the console to see the calls')
  const after = await numbers()
  expect(since(after, 'gatherwell_acks_total{outcome="ok"}')).toBe(4)
  expect(since(after, 'gatherwell_acks_total{outcome="not-permitted"}')).toBe(1)
  expect(since(after, 'gatherwell_ack_seconds_count')).toBe(5)
  expect(since(after, 'gatherwell_commit_seconds_count')).toBe(4)
  expect(since(after, 'gatherwell_commit_events_sum')).toBe(4)
  expect(since(after, 'gatherwell_flush_seconds_count')).toBeGreaterThan(0)
  expect(since(after, 'gatherwell_patches_total')).toBeGreaterThan(0)
  expect(since(after, 'gatherwell_patch_deliveries_total')).toBeGreaterThanOrEqual(since(after, 'gatherwell_patches_total'))
  expect(since(after, 'gatherwell_sent_bytes_total')).toBeGreaterThan(500)
  expect(since(after, 'gatherwell_received_bytes_total')).toBeGreaterThan(500)
  expect(since(after, 'gatherwell_http_requests_total{status="2xx"}')).toBeGreaterThan(0)
  expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
  expect(Math.abs((after.get('process_start_time_seconds') ?? 0) - Date.now() / 1_000)).toBeLessThan(3_600)
  await until(async () => ((await numbers()).get('gatherwell_loop_late_seconds_count') ?? 0) > 0, 'the loop to be looked at')
})

test('F19 a storage that refuses is counted, told of once in the log, and so is that it is well again', async () => {
  const disk = failing(['append', 'alone', 'setSetting'])
  await start({ around: disk.around })
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  const phone = await it.participant(session)
  const told = (outcome: string) => it.logged.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.event === 'storage' && line.outcome === outcome)
  disk.failAt(1, Infinity)
  for (let i = 0; i < 3; i += 1) expect((await phone.act(undefined, { type: 'call.raise', what: 'slow-down' })).ok).toBe(false)
  expect((await numbers()).get('gatherwell_storage_refusals_total')).toBeGreaterThanOrEqual(3)
  expect((await numbers()).get('gatherwell_acks_total{outcome="storage"}')).toBe(3)
  expect([told('refused').length, told('healed').length]).toEqual([1, 0])
  disk.heal()
  await phone.done(undefined, { type: 'call.raise', what: 'slow-down' })
  expect([told('refused').length, told('healed').length]).toEqual([1, 1])
  expect(told('healed')[0]?.ms).toBeGreaterThanOrEqual(0)
})

test('F54 no name, title, word, id, code, key or address is in any number or line about them', async () => {
  await start()
  const session = await it.openSession(planWith('board', { anonymous: true }))
  const phone = await it.participant(session, { name: 'Canary Name', department: 'Canary Department' })
  await it.move(session, 'start')
  await phone.act('step', { type: 'write', text: 'canary word', kind: 'thought', lang: 'en' })
  await it.screen(session)
  const { text } = await it.nobody('GET', '/metrics')
  for (const secret of [session.id, session.code, session.joinToken, phone.ticket.person, phone.ticket.token, phone.ticket.veil, 'anary', '127.0.0.1', 'SMART']) expect(text).not.toContain(secret)
  // However many rooms and people there are, there are as many lines.
  const lines = (all: string) => all.split('\n').length
  for (let i = 0; i < 3; i += 1) await it.participant(await it.openSession(planWith('check-in')))
  expect(lines((await it.nobody('GET', '/metrics')).text)).toBe(lines(text))
})
