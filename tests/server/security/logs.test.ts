/** F54: what the log tells. Attacks, and what hosts do; never what anybody says, who they are or what they hold. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLogger } from '../../../server/logger.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { until } from '../../support/until.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'

let app: TestApp
beforeEach(async () => { app = await startApp() })
afterEach(async () => { await app.close() })

type Line = Record<string, unknown>
const lines = () => app.logged.map((line) => JSON.parse(line) as Line)
const line = (event: string, outcome: string) => until(() => lines().find((one) => one.event === event && one.outcome === outcome), `the log to tell of ${event} ${outcome}`)

describe('F54 the log tells of', () => {
  test('a passphrase that was wrong, with the time in UTC and a network instead of an address', async () => {
    await app.nobody('POST', '/api/host/sign-in', { passphrase: 'canary wrong passphrase' })
    const told = await line('POST /api/host/sign-in', 'wrong-passphrase')
    expect(told).toMatchObject({ level: 'warn', from: 'this machine', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u), ms: expect.any(Number) })
    expect(app.logged.join('')).not.toContain('canary')
  })

  test('a request without a right, by the pattern of its route', async () => {
    await app.nobody('GET', '/api/sessions/canary-of-an-id')
    expect(await line('GET /api/sessions/:id', 'not-signed-in')).toMatchObject({ level: 'warn' })
    expect(app.logged.join('')).not.toContain('canary')
  })

  test('a page of another origin, over HTTP and over a line', async () => {
    await app.nobody('POST', '/api/host/sign-in', { passphrase: 'x' }, { origin: 'http://evil.example' })
    await line('POST /api/host/sign-in', 'foreign-origin')
    app.line({ auth: {}, headers: { origin: 'http://evil.example' } })
    await line('handshake', 'foreign-origin')
  })

  test('a line that shows no key', async () => {
    app.line({ auth: { v: PROTOCOL, door: 'phone', token: 'canary-token-of-nobody-at-all', veil: 'v'.repeat(30) } })
    await line('handshake', 'unknown')
    expect(app.logged.join('')).not.toContain('canary')
  })

  test('an act that its sender has no right to, by a name of the room that is nobody else’s', async () => {
    const session = await app.openSession()
    const phone = await app.participant(session)
    await phone.act(undefined, { type: 'session.end' })
    const { room } = await line('act', 'not-permitted')
    expect(room).toMatch(/^[\w-]{8}$/u)
    expect(app.logged.join('')).not.toContain(session.id)
  })

  test('what a host makes and takes away', async () => {
    const session = await app.openSession()
    await line('POST /api/sessions', 'done')
    await app.host('DELETE', `/api/sessions/${session.id}`)
    await line('DELETE /api/sessions/:id', 'done')
  })
})

test('F54 the log tells of nobody who joins, and of no act that is taken', async () => {
  const session = await app.openSession()
  const before = app.logged.length
  const phone = await app.participant(session, { name: 'Canary Name' })
  await app.move(session, 'start')
  expect((await phone.act(undefined, { type: 'call.raise', what: 'slow-down' })).ok).toBe(true)
  const told = app.logged.slice(before).map((text) => JSON.parse(text) as Line)
  expect(told.map(({ event }) => event)).toEqual(['POST /api/sessions/:id/start'])
})

test('F54 no line can be forged, and no field is written that is not allowed', () => {
  const written: string[] = []
  const logger = openLogger('info', (text) => void written.push(text), () => 0)
  logger.info({ event: 'a\n{"event":"forged"}', token: 'canary' } as never, 'said')
  expect(written).toHaveLength(1)
  expect(written[0]?.split('\n')).toHaveLength(2)
  expect(written[0]).not.toContain('canary')
})

test('F34 F54 who asks without end fills no drive with lines: of those that are alike one in a second is written, and tells of the others', () => {
  const written: Line[] = []
  let clock = 0
  const logger = openLogger('info', (text) => void written.push(JSON.parse(text) as Line), () => clock)
  const ask = (i: number) => logger.warn({ event: 'GET /api/sessions/:id', outcome: 'not-signed-in', from: '10.0.x.x', room: `room-${i}` }, 'refused')
  for (let i = 0; i < 10_000; i += 1) ask(i)
  expect(written).toHaveLength(100)
  logger.warn({ event: 'POST /api/host/sign-in', outcome: 'wrong-passphrase', from: '10.0.x.x' }, 'refused')
  expect(written.at(-1)).toMatchObject({ outcome: 'wrong-passphrase' })
  for (let i = 0; i < 10_000; i += 1) {
    clock += 1
    ask(i)
  }
  const told = written.filter(({ outcome }) => outcome === 'not-signed-in')
  expect(told).toHaveLength(110)
  expect(told.reduce((sum, { withheld }) => sum + 1 + Number(withheld ?? 0), 0)).toBe(20_000)
})
