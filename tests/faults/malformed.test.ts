/** F34: ten seconds of packets that no client sends. The process lives, and somebody who takes part notices nothing. */
import { randomInt } from 'node:crypto'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'

const FOR_MS = 10_000
const SIDE_BY_SIDE = 24

let server: ServerProcess
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => { await server.close() })

/** Packets that are almost right, and some that are not at all. */
const PACKETS = [
  '', '0', '1', '2', '2probe', '3', '4', '40', '41', '42', '43', '44', '45', '46', '47', '49', '4x', '9', '5', '6',
  '42[]', '42[""]', '42["act"]', '42["act",{}]', '420["act"]', '42["connect"]', '42["disconnect"]', '42["disconnecting"]', '42["error",{}]', '42["error"]', '42["newListener"]', '42["__proto__"]', '42["constructor"]', '42["hasOwnProperty",1]',
  '42[1]', '42[null]', '42{}', '42"act"', '42null', '42[["act"]]', '42["act"', '43[]', '430[]', '431[{}]', '4399999999999999999999[]', '42999999999999999999["act",{}]', '44{"message":"no"}', '44', '41,', '40/other,{}', '40{"v":1}', '40null', '40[]', '40"x"', '42/other,["act"]',
  '451-["act",{"_placeholder":true,"num":0}]', '4510-["act"]', '45-["act"]', '45-1-["act"]', '451-["act",{"_placeholder":true,"num":99}]', '451-["act",{"_placeholder":true,"num":-1}]', '46', '461-1[{"_placeholder":true,"num":0}]', 'bAAAA', 'b', 'b!!!!',
  `42${'['.repeat(2_000)}${']'.repeat(2_000)}`, `42["act",${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}]`, `42["act","${'\\u0000'.repeat(500)}"]`, '42["act","\ud800"]', '\u0000\u0001\u0002', '\u001e\u001e\u001e', '40\u001e42["act"]\u001e41',
]

const any = <T>(things: readonly T[]): T => things[randomInt(things.length)] as T

/** A packet with a byte changed, left out or doubled. */
function mutated(packet: string): string {
  if (packet === '' || randomInt(3) === 0) return packet
  const at = randomInt(packet.length)
  const byte = String.fromCharCode(randomInt(256))
  return any([packet.slice(0, at) + byte + packet.slice(at + 1), packet.slice(0, at) + packet.slice(at + 1), packet.slice(0, at) + packet.slice(at) + packet.slice(at), packet.slice(0, at)])
}

/** One WebSocket frame; a client's is masked unless it is none of ours. */
function frame(payload: Buffer): Buffer {
  const opcode = any([1, 1, 1, 1, 1, 2, 2, 0, 8, 9, 10, 3, 15])
  const flags = any([0x80, 0x80, 0x80, 0x80, 0x00, 0xc0, 0xf0])
  const masked = randomInt(12) > 0
  const length = payload.length < 126 ? Buffer.from([payload.length]) : Buffer.from([126, payload.length >> 8, payload.length & 255])
  length[0] = (length[0] ?? 0) | (masked ? 0x80 : 0)
  return Buffer.concat([Buffer.from([flags | opcode]), length, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
}

const payload = () => (randomInt(10) === 0 ? Buffer.from(Array.from({ length: randomInt(200) }, () => randomInt(256))) : Buffer.from(mutated(any(PACKETS)), any(['utf8', 'utf8', 'latin1'])).subarray(0, 16_000))

/** One raw connection that upgrades, says a dozen wrong things at once and hangs up. */
function wrongSocket(port: number, hello: string[]): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const eio = any(['4', '4', '4', '4', '3', 'x', ''])
    socket.write(`GET /socket.io/?EIO=${eio}&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`)
    let sent = 0
    socket.once('data', () => {
      for (const packet of randomInt(2) === 0 ? hello : []) socket.write(frame(Buffer.from(packet)))
      for (; sent < 12; sent += 1) socket.write(frame(payload()))
      socket.end()
    })
    socket.resume()
    // Whoever is still kept on the line has been heard.
    socket.setTimeout(60, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(sent))
  })
}

async function wrongPolling(url: string): Promise<number> {
  const query = any(['EIO=4&transport=polling', 'EIO=3&transport=polling', 'EIO=4&transport=carrier-pigeon', 'EIO=4', 'transport=polling&EIO=4&sid=../../x', 'EIO=4&transport=polling&j=1', 'EIO=4&EIO=3&transport=polling&transport=websocket', '%00'])
  const opened = await fetch(`${url}/socket.io/?${query}`).then((answer) => answer.text(), () => '')
  const sid = /"sid":"([^"]+)"/u.exec(opened)?.[1] ?? 'nobody'
  for (let i = 0; i < 3; i += 1) {
    await fetch(`${url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: any(['POST', 'POST', 'PUT', 'OPTIONS', 'GET', 'DELETE']), signal: AbortSignal.timeout(300) }).catch(() => undefined)
    await fetch(`${url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: Array.from({ length: randomInt(1, 6) }, () => mutated(any(PACKETS))).join('\u001e'), headers: { 'content-type': any(['text/plain;charset=UTF-8', 'application/octet-stream', 'application/json']) }, signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
  }
  return 7
}

test('BI10 ten seconds of malformed packets on every transport leave the process alive and a participant undisturbed', async () => {
  const session = await server.openSession(planWith('check-in'))
  await server.move(session, 'start')
  const steady = await server.participant(session)
  const stranger = await server.join(session)
  const hello = [`40${JSON.stringify(server.phone(stranger))}`]
  const port = Number(new URL(server.url).port)
  const last = performance.now() + FOR_MS
  let sent = 0
  const attack = async (once: () => Promise<number>) => {
    while (performance.now() < last) {
      const more = await once()
      sent += more
    }
  }
  const attackers = [...Array.from({ length: SIDE_BY_SIDE }, () => attack(() => wrongSocket(port, hello))), ...Array.from({ length: 4 }, () => attack(() => wrongPolling(server.url)))]

  let slowest = 0
  for (let i = 0; performance.now() < last; i += 1) {
    const began = performance.now()
    await steady.done('step', { type: 'answer', weather: i % 2 === 0 ? 'foggy' : 'rainy' })
    slowest = Math.max(slowest, performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 300)) // a person's pace, below the limit
  }
  await Promise.all(attackers)
  expect(sent).toBeGreaterThan(5_000)
  expect(slowest).toBeLessThan(2_000)
  expect(steady.lost).toBeUndefined()
  expect((await server.nobody('GET', '/healthz')).status).toBe(200)
  await until(async () => (await server.host('GET', `/api/sessions/${session.id}`)).body.here === 1, 'the strangers to be gone', 60_000)
  expect(server.said()).not.toContain('Unhandled')
  expect(server.said()).not.toMatch(/a listener failed|a rule or a view failed/u)
}, 120_000)
