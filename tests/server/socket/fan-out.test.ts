/** LI6 LI7: what goes to a whole room past Socket.IO's own way arrives whole and in order, over every kind of line, however slow. */
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { random } from '#shared/random.ts'
import { decideSession } from '#shared/session/decide.ts'
import type { Patch } from '#shared/wire/merge-patch.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { FanOut, type Conn } from '../../../server/socket/fan-out.ts'
import { startApp } from '../../support/app.ts'
import { Client } from '../../support/cheap-client.ts'
import { planWith } from '../../support/kinds.ts'
import { until, untilSame } from '../../support/until.ts'

/** Between two changes of a room that is busy, ms. */
const PACE = 5
const CHANNEL = 'session/everyone'
const BIG = 'ü'.repeat(40_000)

const closing: (() => unknown)[] = []
afterEach(async () => { for (const close of closing.splice(0).reverse()) await close() })

interface Bare {
  url: string
  fanOut: FanOut
  sockets: Socket[]
}

/** Socket.IO with nothing but the fan-out: everybody who comes is in the channel. */
async function bare(): Promise<Bare> {
  const http: HttpServer = createServer()
  const io = new Server(http, { serveClient: false, perMessageDeflate: false })
  const fanOut = new FanOut()
  const sockets: Socket[] = []
  io.on('connection', (socket) => {
    sockets.push(socket)
    fanOut.join(CHANNEL, connOf(socket))
    socket.on('disconnect', () => fanOut.leave(CHANNEL, connOf(socket)))
    socket.on('act', (_act: unknown, answer: (n: number) => void) => answer(0))
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  closing.push(() => io.close())
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, fanOut, sockets }
}

const connOf = (socket: Socket) => socket.conn as unknown as Conn

/** The numbers that a client heard, in the order in which they came. */
async function listener(it: Bare): Promise<{ heard: number[]; client: Client; socket: Socket }> {
  const heard: number[] = []
  const client = new Client(it.url, {}, (packet) => {
    const [, message] = JSON.parse(packet.slice(2)) as [string, { at: number } | number]
    heard.push(typeof message === 'number' ? message : message.at)
  })
  closing.push(() => client.close())
  const before = it.sockets.length
  await client.ready
  return { heard, client, socket: await until(() => it.sockets[before]) }
}

const patch = (at: number, text = '') => ({ audience: 'everyone' as const, from: at - 1, at, patch: { text } as Patch })
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

test.each([1, 2, 3])('LI6 whatever is sent in whichever way comes in that order, also to who stops reading for a while (seed %i)', async (seed) => {
  const it = await bare()
  const dice = random(`fan-out/${seed}`)
  const all = [await listener(it), await listener(it), await listener(it)]
  let n = 0
  for (let round = 0; round < 60; round += 1) {
    const slow = all[dice.below(2)]
    if (dice.below(4) === 0) slow?.client.freeze()
    if (dice.below(4) === 0) slow?.client.thaw()
    for (let i = dice.below(8); i > 0; i -= 1) {
      const at = n++
      const text = dice.below(5) === 0 ? BIG : 'x'.repeat(dice.below(300))
      if (dice.below(3) === 0) it.fanOut.hold(CHANNEL)
      switch (dice.below(4)) {
        case 0:
          // As answers and goodbyes go.
          for (const { socket } of all) socket.emit('here', at)
          break
        case 1:
          for (const { socket } of all) it.fanOut.send(connOf(socket), 'patch', patch(at, text))
          break
        default:
          expect(it.fanOut.tell(CHANNEL, 'patch', patch(at, text))).toBe(all.length)
      }
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const { client } of all) client.thaw()
  for (const { heard } of all) {
    await until(() => heard.length >= n, 'everything to come')
    expect(heard).toEqual(upTo(n))
  }
})

test('LI6 a line that keeps up costs one write a message, one that does not is left to the buffer by which it is cut', async () => {
  const it = await bare()
  const [quick, stuck] = [await listener(it), await listener(it)]
  const created = new Map<Socket, number>([[quick.socket, 0], [stuck.socket, 0]])
  for (const socket of created.keys()) socket.conn.on('packetCreate', ({ type }: { type: string }) => type === 'message' && created.set(socket, (created.get(socket) ?? 0) + 1))
  stuck.client.freeze()
  let n = 0
  const waiting = () => connOf(stuck.socket).writeBuffer.length
  while (waiting() < 20) {
    it.fanOut.tell(CHANNEL, 'patch', patch(n++, BIG))
    await until(() => quick.heard.length === n)
  }
  expect(created.get(quick.socket)).toBe(0)
  // Below that buffer there is one write of each kind at most, however long nobody reads.
  const { _socket: raw } = connOf(stuck.socket).transport.socket ?? {}
  expect(raw?.writableLength).toBeLessThan(3 * Buffer.byteLength(BIG))
  expect(created.get(stuck.socket)).toBeGreaterThanOrEqual(20)
  stuck.client.thaw()
  await until(() => stuck.heard.length === n)
  expect(stuck.heard).toEqual(upTo(n))
})

test('LI6 what is held leaves as one when the turn ends, with what was answered meanwhile', async () => {
  const it = await bare()
  const { socket, heard } = await listener(it)
  const raw = connOf(socket).transport.socket?._socket
  const written = raw?.bytesWritten ?? 0
  it.fanOut.hold(CHANNEL)
  it.fanOut.tell(CHANNEL, 'patch', patch(0))
  await Promise.resolve()
  socket.emit('here', 1)
  it.fanOut.send(connOf(socket), 'patch', patch(2))
  expect(raw?.writableCorked).toBe(1)
  expect(raw?.writableLength).toBeGreaterThan(0)
  await until(() => heard.length === 3)
  expect(heard).toEqual([0, 1, 2])
  expect(raw?.writableCorked).toBe(0)
  expect((raw?.bytesWritten ?? 0) - written).toBeGreaterThan(0)
})

test.each([0, 20, 80, 125, 126, 127, 65_400, 65_535, 65_536, 70_000])('LI6 a message with %i more bytes comes as it was sent', async (bytes) => {
  const it = await bare()
  let got = ''
  const client = new Client(it.url, {}, (packet) => (got = packet))
  closing.push(() => client.close())
  await client.ready
  await until(() => it.sockets.length === 1)
  for (const text of [`${'é'.repeat(bytes >> 1)}`, '🌧 "quoted"\n'.padEnd(bytes, '.')]) {
    it.fanOut.tell(CHANNEL, 'patch', patch(1, text))
    await until(() => got !== '')
    expect(JSON.parse(got.slice(2))).toEqual(['patch', patch(1, text)])
    got = ''
  }
})

test('LI6 lines that break in the middle of it take nothing from the others, and nobody is left behind in the channel', async () => {
  const it = await bare()
  const steady = await listener(it)
  const leaving = []
  for (let i = 0; i < 20; i += 1) leaving.push(await listener(it))
  let n = 0
  for (const { client, socket } of leaving) {
    it.fanOut.hold(CHANNEL)
    it.fanOut.tell(CHANNEL, 'patch', patch(n++))
    if (n % 3 === 0) client.close()
    else if (n % 3 === 1) socket.disconnect(true)
    else socket.conn.close()
    it.fanOut.tell(CHANNEL, 'patch', patch(n++))
    if (n % 4 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => steady.heard.length === n)
  expect(steady.heard).toEqual(upTo(n))
  await until(() => it.fanOut.tell(CHANNEL, 'patch', patch(n++)) === 1, 'the others to be out')
})

test('LI7 phones by WebSocket, by polling, and on their way from one to the other see the same room, with nothing missed and nothing asked for twice', async () => {
  const it = await startApp()
  closing.push(() => it.close())
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  const { room } = (await it.app.deps.rooms.get(session.id)) ?? {}
  let busy = true
  // Also where this fails: a loop that nobody ends keeps the whole run.
  closing.push(() => { busy = false })
  const changing = (async () => {
    for (let paused = true; busy; paused = !paused) {
      await room?.submit({ sender: 'facilitator', decide: (state, context) => decideSession(state, { type: 'pause.set', paused }, context) })
      // A phone that comes has its turn too, however busy the machine is.
      await new Promise((resolve) => setTimeout(resolve, PACE))
    }
  })()
  // They come while the room changes: a whole view, and each patch after it fits.
  const lines = await Promise.all((['websocket', 'polling', 'both', 'websocket', 'both', 'polling'] as const).map((way) =>
    it.participant(session, {}, { transports: way === 'both' ? ['polling', 'websocket'] : [way] })))
  await until(() => lines.filter((line) => line.socket.io.engine.transport.name === 'websocket').length === 4, 'two to change over')
  busy = false
  await changing
  const newcomer = await it.participant(session)
  for (const line of lines) {
    await untilSame(() => line.view('everyone'), () => newcomer.view('everyone'))
    expect(line.wholes).toBe(2)
    expect(line.hello?.session).toBe(session.id)
  }
})

test('LI7 a phone that leaves and comes in again over the same line has the whole room, and each change of it once', async () => {
  const it = await startApp()
  closing.push(() => it.close())
  const session = await it.openSession(planWith('check-in'))
  const { token, veil } = await it.join(session)
  const heard: string[] = []
  const line = new WebSocket(`${it.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  closing.push(() => line.terminate())
  line.on('message', (data) => heard.push(String(data)))
  const count = (start: string) => heard.filter((packet) => packet.startsWith(start)).length
  await until(() => count('0') === 1)
  const leave = async () => {
    line.send('41')
    await until(() => it.app.gateway.here(session.id) === 0, 'them to be out')
  }
  for (const time of [1, 2, 3]) {
    line.send(`40${JSON.stringify({ v: PROTOCOL, door: 'phone', token, veil })}`)
    await until(() => count('42["view"') === 2 * time, 'both views')
    if (time < 3) await leave()
  }
  expect(it.app.gateway.here(session.id)).toBe(1)
  await it.move(session, 'start')
  await until(() => heard.some((packet) => packet.includes('"phase":"live"')))
  expect(count('42["patch",{"audience":"everyone"')).toBe(1)
  // Whoever has no right to come in is told so over this line, too.
  await leave()
  line.send(`40${JSON.stringify({ v: PROTOCOL, door: 'console', session: session.id })}`)
  await until(() => count('44') === 1, 'the refusal')
})

test('LI7 whole views that many are sent are kept ready up to a bound, and are the ones of now', async () => {
  const it = await bare()
  let got: number[] = []
  const client = new Client(it.url, {}, (packet) => got.push((JSON.parse(packet.slice(2)) as [string, { at: number }])[1].at))
  closing.push(() => client.close())
  await client.ready
  const [socket] = await until(() => it.sockets.length === 1 && it.sockets)
  // Three times what is kept.
  const views = upTo(300).map((at) => ({ audience: 'everyone' as const, at, view: { text: BIG } }))
  for (const round of [views, views.slice(0, 3), views.slice(-3)]) {
    got = []
    for (const message of round) {
      it.fanOut.sendShared(connOf(socket as Socket), message)
      await until(() => got.at(-1) === message.at)
    }
    expect(got).toEqual(round.map(({ at }) => at))
  }
})
