/** F30, F33: bots that flood a room, and hundreds of connections that only drip: whoever is honest is served meanwhile. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'

const BOTS = 30
const EACH = 120
const HONEST = 10
const DRIPPING = 400
/** What nobody should wait for longer, ms: far above what is usual, since it guards against being shut out. */
const PATIENCE = 5_000

let server: ServerProcess
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => { await server.close() })

const wall = planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } })
const post = (text: string) => ({ id: nanoid(), step: 'step', do: { type: 'write', text, lang: 'en' } })

test('F30 bots who post without end are slowed down one by one; honest phones are saved at once, and two taps end it', async () => {
  const session = await server.openSession(wall)
  await server.move(session, 'start')
  const console = await server.facilitator(session)
  const honest = await Promise.all(Array.from({ length: HONEST }, (_, i) => server.participant(session, { name: `Honest ${i}` })))
  const bots = await Promise.all(Array.from({ length: BOTS }, (_, i) => server.participant(session, { name: `Bot ${i}` })))
  let slowest = 0
  const answers: Record<string, number> = {}
  const flood = Promise.all(bots.map((bot, b) => Promise.all(Array.from({ length: EACH }, async (_, i) => {
    const answer = await bot.send(post(`spam ${b} ${i}`))
    const how = answer.ok ? 'ok' : answer.code
    answers[how] = (answers[how] ?? 0) + 1
  }))))
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(honest.map(async (phone, i) => {
      const began = performance.now()
      expect(await phone.send(post(`honest ${i} ${round}`))).toMatchObject({ ok: true })
      slowest = Math.max(slowest, performance.now() - began)
    }))
  }
  await flood
  expect(slowest).toBeLessThan(PATIENCE)
  expect(answers['too-fast']).toBeGreaterThan(BOTS * EACH / 4)
  // One tap: nobody new comes in. Another for each bot: it is gone, and what it said with it.
  await console.done(undefined, { type: 'doors.lock', locked: true })
  expect((await server.nobody('POST', '/api/join', { token: session.joinToken, name: 'Bot again' })).status).toBe(409)
  const [first] = bots
  await console.done(undefined, { type: 'person.erase', person: first?.ticket.person ?? '' })
  await until(() => first?.byes.includes('removed'), 'the bot to be gone')
  await console.done('step', { type: 'reveal' })
  const wallNow = () => JSON.stringify(console.view('facilitator')?.step?.activity)
  await until(() => wallNow().includes('"revealed":true') && !wallNow().includes('spam 0 '), 'the wall without what the bot said')
  expect(wallNow()).toContain('honest 0 0')
  expect(wallNow()).toContain('spam 1 ')
}, 60_000)

test('F30 CA9 one press holds the wall while bots write: nobody sees any of it, who leads takes them out and lets the others through, over a restart', async () => {
  const session = await server.openSession(wall)
  await server.move(session, 'start')
  const console = await server.facilitator(session, session.links.facilitator, { reconnects: true })
  const [ana, bot] = [await server.participant(session, { name: 'Ana' }, { reconnects: true }), await server.participant(session, { name: 'Bot' }, { reconnects: true })]
  const screen = await server.screen(session, { reconnects: true })
  await ana.done('step', { type: 'write', text: 'said before', lang: 'en' })
  await console.done('step', { type: 'reveal' })
  await console.done('step', { type: 'hold', on: true })
  for (let i = 0; i < 4; i += 1) await bot.done('step', { type: 'write', text: `spam ${i}`, lang: 'en' })
  await ana.done('step', { type: 'write', text: 'said meanwhile', lang: 'en' })
  const seenBy = (line: Line) => JSON.stringify([line.view('screen'), line.view('everyone'), line.view('facilitator')?.step])
  await until(() => /spam 3/u.test(seenBy(console)) && seenBy(console).includes('said meanwhile'), 'the console to read what waits')
  await server.restart()
  await until(() => [console, ana, bot, screen].every(({ socket }) => socket.connected), 'everybody to be back')
  await ana.done('step', { type: 'write', text: 'said after the restart', lang: 'en' })
  for (const line of [screen, ana]) {
    expect(seenBy(line)).toContain('said before')
    expect(seenBy(line)).not.toMatch(/spam|meanwhile|restart/u)
  }
  expect(JSON.stringify(ana.view('mine'))).toContain('said meanwhile')
  await console.done(undefined, { type: 'person.erase', person: bot.ticket.person })
  await console.done('step', { type: 'hold', on: false })
  for (const line of [screen, ana]) {
    await until(() => seenBy(line).includes('said meanwhile') && seenBy(line).includes('said after the restart'), 'what waited to come')
    expect(line.frames.join('')).not.toContain('spam')
  }
}, 60_000)

test('F33 hundreds of connections that drip, or say nothing, keep nobody from joining and taking part', async () => {
  const session = await server.openSession(wall)
  await server.move(session, 'start')
  const { hostname, port } = new URL(server.url)
  const ways = ['', 'GET / HTTP/1.1\r\nHost: x\r\nX-A', 'POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"', 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n']
  const held: Socket[] = await Promise.all(Array.from({ length: DRIPPING }, async (_, i) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(ways[i % ways.length] ?? '')
    return socket
  }))
  const drip = setInterval(() => { for (const socket of held) if (!socket.destroyed) socket.write('a') }, 500)
  let slowest = 0
  for (let i = 0; i < 20; i += 1) {
    const began = performance.now()
    const phone = await server.participant(session, { name: `Honest ${i}` })
    expect(await phone.send(post(`word ${i}`))).toMatchObject({ ok: true })
    slowest = Math.max(slowest, performance.now() - began)
  }
  clearInterval(drip)
  for (const socket of held) socket.destroy()
  expect(slowest).toBeLessThan(PATIENCE)
  expect((await server.nobody('GET', '/healthz')).status).toBe(200)
}, 60_000)
