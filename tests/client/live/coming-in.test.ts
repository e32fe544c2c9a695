/** VW4, TI1, RI5 (F1, F3): what a page makes of what the server sends. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { createJournal } from '../../../client/live/journal.svelte.ts'
import { LiveSession } from '../../../client/live/session.svelte.ts'
import { memoryStorage } from '../../../client/live/storage.ts'
import { FakeLine, wire } from './fake-line.ts'

let line: FakeLine
let page: LiveSession
vi.mock('socket.io-client', () => ({ io: () => wire.line }))

beforeEach(() => {
  wire.line = line = new FakeLine()
  const storage = memoryStorage()
  page = new LiveSession({ audience: 'everyone', session: 's1', auth: { v: PROTOCOL, door: 'phone', token: 't', veil: 'v' }, storage, journal: createJournal(storage, 's1'), lang: () => 'en' })
  line.connect()
})
afterEach(() => page.close())

const view = (at: number, view: object) => line.say('view', { audience: 'everyone', at, view })
const own = (view: object = {}) => line.say('view', { audience: 'mine', at: 1, view })

test('VW4 a patch that does not fit asks for the whole view; an old one is passed over', () => {
  own()
  view(3, { phase: 'open' })
  line.say('patch', { audience: 'everyone', from: 3, at: 5, patch: { phase: 'live' } })
  expect(page.view).toEqual({ phase: 'live' })
  line.say('patch', { audience: 'everyone', from: 1, at: 3, patch: { phase: 'draft' } })
  expect(page.view).toEqual({ phase: 'live' })
  expect(line.asked).toEqual([])
  line.say('patch', { audience: 'everyone', from: 7, at: 8, patch: { phase: 'ended' } })
  expect(page.view).toEqual({ phase: 'live' })
  expect(line.asked).toEqual([['view', 'everyone']])
  view(8, { phase: 'ended' })
  expect(page.view).toEqual({ phase: 'ended' })
})

test('F1 a phone shows the room once it has one’s own words too: a step without them would look lost', () => {
  view(3, { phase: 'open' })
  expect(page.view).toBeUndefined()
  own({ steps: {} })
  expect(page.view).toEqual({ phase: 'open' })
})

test('VW4 a heartbeat of another version asks for the whole view; a server behind us is believed', () => {
  own()
  view(9, { phase: 'live' })
  line.say('beat', { now: Date.now(), at: { everyone: 9 } })
  expect(line.asked).toEqual([])
  line.say('beat', { now: Date.now(), at: { everyone: 4 } })
  expect(line.asked).toEqual([['view', 'everyone']])
  view(4, { phase: 'open' })
  expect(page.view).toEqual({ phase: 'open' })
})

test('TI1 the clock is the server’s, whatever the device believes', () => {
  const DAYS = 3 * 24 * 3_600_000
  line.say('hello', { protocol: PROTOCOL, session: 's1', now: Date.now() + DAYS })
  expect(Math.abs(page.now() - (Date.now() + DAYS))).toBeLessThan(2_000)
})

test('RI5 a goodbye is final: the page makes no new line by itself', () => {
  line.say('bye', 'revoked')
  page.retry()
  window.dispatchEvent(new Event('online'))
  expect(line.connected).toBe(false)
  expect(page.connection.bye).toBe('revoked')
})
