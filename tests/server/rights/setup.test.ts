/** F14 F15: a new server belongs to who sits at it or reads its terminal, not to the first who comes by over the network. */
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isFromThisMachine, newSetup, normaliseSetup, shownSetup } from '../../../server/access/setup.ts'
import { startApp, type TestApp } from '../../support/app.ts'

const PASSPHRASE = 'four words of my own'
let it: TestApp
let clock = 1_800_000_000_000
beforeEach(async () => { it = await startApp({ now: () => (clock += 1_000) }) })
afterEach(async () => { await it.close() })

const set = (remoteAddress: string, payload: object, host = 'hall.test:3000') => it.app.http.inject({ method: 'POST', url: '/api/host/passphrase', payload, remoteAddress, headers: { host } })
const state = async (remoteAddress: string, host = 'hall.test:3000') => (await it.app.http.inject({ method: 'GET', url: '/api/host', remoteAddress, headers: { host } })).json() as object

test('F14 RI9 from the network the first visit is asked for the code of the terminal, and refused without it, with another, or with none', async () => {
  expect(await state('192.168.1.7')).toMatchObject({ set: false, asksSetup: true })
  for (const payload of [{ passphrase: PASSPHRASE }, { passphrase: PASSPHRASE, setup: '' }, { passphrase: PASSPHRASE, setup: 'AAAA-BBBB' }]) {
    const reply = await set('192.168.1.7', payload)
    expect([reply.statusCode, reply.json().code, reply.headers['set-cookie']]).toEqual([401, 'wrong-setup', undefined])
  }
  expect(await state('192.168.1.7')).toMatchObject({ set: false })
  const reply = await set('192.168.1.7', { passphrase: PASSPHRASE, setup: shownSetup(it.app.deps.setup).toLowerCase().replace('-', ' ') })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['set-cookie']).toContain('gw_host=')
  expect(it.logged.join('')).not.toContain(it.app.deps.setup)
})

test('F14 RI9 guesses at it are slowed down like guesses at a passphrase, and tell nothing once it is set', async () => {
  const codes = []
  for (let i = 0; i < 12; i += 1) codes.push((await set('192.168.1.9', { passphrase: PASSPHRASE, setup: `WRONG${i}` })).json().code)
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('wrong-setup'))
  expect(codes).toContain('too-fast')
  expect((await set('127.0.0.1', { passphrase: PASSPHRASE }, 'localhost:3000')).statusCode).toBe(200)
  expect((await set('192.168.1.10', { passphrase: PASSPHRASE, setup: it.app.deps.setup })).json().code).toBe('already')
})

test('F14 RI9 at the machine itself nothing is asked', async () => {
  expect(await state('127.0.0.1', '127.0.0.1:3000')).toMatchObject({ asksSetup: false })
  expect((await set('::1', { passphrase: PASSPHRASE }, '[::1]:3000')).statusCode).toBe(200)
})

const here = { publicUrl: undefined, trustProxy: 0 } as unknown as Parameters<typeof isFromThisMachine>[1]
test.each([
  ['another address', '192.168.1.7', { host: 'localhost:3000' }, here],
  ['a name that another site may have made to mean this machine', '127.0.0.1', { host: 'evil.example:3000' }, here],
  ['a name that begins alike', '127.0.0.1', { host: 'localhost.evil.example' }, here],
  ['no name', '127.0.0.1', {}, here],
  ['a proxy on this machine', '127.0.0.1', { host: 'localhost:3000', 'x-forwarded-for': '203.0.113.5' }, here],
  ['a proxy on this machine that tells nothing, and closes', '127.0.0.1', { host: 'localhost:3000', connection: 'close' }, here],
  ['a proxy on this machine that passes WebSockets on, and tells nothing else', '127.0.0.1', { host: 'localhost:3000', connection: 'upgrade' }, here],
  ['a tunnel', '127.0.0.1', { host: 'localhost:3000', 'cf-connecting-ip': '203.0.113.5' }, here],
  ['a proxy that says so', '127.0.0.1', { host: 'localhost:3000', forwarded: 'for=203.0.113.5' }, here],
  ['a published server', '127.0.0.1', { host: 'localhost:3000' }, { ...here, publicUrl: 'https://learn.example.org' }],
  ['a server behind proxies', '127.0.0.1', { host: 'localhost:3000' }, { ...here, trustProxy: 1 }],
])('F14 RI9 a visit by %s is none from this machine', (_what, ip, headers, config) => {
  expect(isFromThisMachine({ ip, headers }, config)).toBe(false)
})

test('F14 RI9 a proxy on this machine that was told nothing but our address speaks HTTP/1.0, and is asked for the code', async () => {
  const { port } = it.app.http.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET /api/host HTTP/1.0\r\nHost: localhost:${port}\r\n\r\n`)
  const said = await text(socket)
  expect(said).toContain('"asksSetup":true')
  expect((await it.nobody('GET', '/api/host')).body).toMatchObject({ asksSetup: false })
})

test('F14 RI9 the code is another at every start, is read as it is typed, and holds no letters that are taken for others', () => {
  const codes = Array.from({ length: 200 }, newSetup)
  expect(new Set(codes).size).toBe(200)
  for (const code of codes) {
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/u)
    expect(normaliseSetup(` ${shownSetup(code).toLowerCase()}\n`)).toBe(code)
  }
})
