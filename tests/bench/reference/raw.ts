/**
 * What `ws` alone does with the same load: a command is acknowledged and sent on to everybody, one packet each, its frame made once
 * and written to every socket as it is. It writes Socket.IO's packets by hand, so that the same clients can load it.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

const http = createServer()
const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const room = new Set<Duplex>()
let at = 0

http.on('upgrade', (request: IncomingMessage, line: Duplex, head: Buffer) => {
  server.handleUpgrade(request, line, head, (socket) => {
    // Engine.IO says what it offers, Socket.IO lets in, and from then on it is one packet for each event.
    line.write(framed('0{"sid":"raw","upgrades":[],"pingInterval":20000,"pingTimeout":20000,"maxPayload":1000000}'))
    socket.on('message', (data: Buffer) => {
      const packet = data.toString()
      if (packet.startsWith('42')) return act(line, packet)
      if (!packet.startsWith('40')) return
      line.write(framed('40{"sid":"raw"}'))
      room.add(line)
    })
    socket.on('close', () => room.delete(line))
  })
})

function act(line: Duplex, packet: string): void {
  const bracket = packet.indexOf('[')
  const [, { id, text }] = JSON.parse(packet.slice(bracket)) as [string, { id: string; text: string }]
  const from = at++
  line.write(framed(`43${packet.slice(2, bracket)}[${JSON.stringify({ ok: true, at })}]`))
  const frame = framed(`42${JSON.stringify(['said', { from, at, id, text }])}`)
  for (const other of room) other.write(frame)
}

/** A text frame as servers send it: not masked, in one piece, up to 64 KB. */
function framed(text: string): Buffer {
  const payload = Buffer.from(text)
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
  return Buffer.concat([head, payload])
}

http.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('Reference is ready'))
process.once('SIGTERM', () => process.exit(0))
