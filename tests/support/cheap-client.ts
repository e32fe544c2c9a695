/**
 * A Socket.IO client that costs little: Engine.IO v4 and Socket.IO v5 packets as plain strings in WebSocket frames of our own reading and
 * writing, one namespace. The load must cost less than what it measures: socket.io-client costs three times the processor, and even `ws`
 * most of what is left, in streams and buffers.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

const PATIENCE_MS = 30_000

/** Engine.IO's packet types, then Socket.IO's inside a message (4). */
const PING = '2'
const PONG = '3'
const CONNECT = '40'
const EVENT = '42'
const ACK = '43'
const CONNECT_ERROR = '44'

/** WebSocket's. */
const TEXT = 1
const CLOSE = 8
const PING_FRAME = 9

/** All clients read into the same memory, one after the other: each reads what has come before the next one does. */
const READ = Buffer.allocUnsafe(256 * 1024)
const NOTHING = Buffer.alloc(0)

export class Client {
  /** Resolves when the server has let this client in; rejects when it has not, or the line broke before. */
  readonly ready: Promise<void>
  /** What has come in packets, bytes. */
  received = 0
  #socket: Socket
  #waiting = new Map<number, (answer: unknown) => void>()
  #acks = 0
  #in: (error?: Error) => void = () => undefined
  #auth: unknown
  #heard: (packet: string) => void
  /** Begun, and not yet whole. */
  #rest: Buffer = NOTHING
  #upgraded = false

  /** `heard` gets every event as its packet's text: `42["name",…]`. `lost` is told when the line ends. */
  constructor(origin: string, auth: unknown, heard: (packet: string) => void, options: { headers?: Record<string, string>; lost?: () => void } = {}) {
    this.#auth = auth
    this.#heard = heard
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#in(new Error('not let in in time')), PATIENCE_MS)
      this.#in = (error) => {
        clearTimeout(late)
        if (error === undefined) resolve()
        else reject(error)
      }
    })
    const { hostname, port, host } = new URL(origin)
    this.#socket = connect({
      host: hostname,
      port: Number(port === '' ? 80 : port),
      noDelay: true,
      onread: {
        buffer: READ,
        callback: (bytes) => {
          this.#read(bytes)
          return true
        },
      },
    })
    const headers = { host, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64'), ...options.headers }
    this.#socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    this.#socket.on('error', (error) => this.#in(error))
    this.#socket.on('close', () => {
      this.#in(new Error('the line closed'))
      options.lost?.()
    })
  }

  /** Sends an event; `answered` gets the acknowledgement's first argument. */
  ask(event: string, payload: unknown, answered: (answer: unknown) => void): void {
    const id = this.#acks++
    this.#waiting.set(id, answered)
    this.#send(`${EVENT}${id}${JSON.stringify([event, payload])}`)
  }

  /** Sends an event that nobody answers. */
  tell(event: string, payload: unknown): void {
    this.#send(EVENT + JSON.stringify([event, payload]))
  }

  /** Reads nothing any more, as a frozen phone, until `thaw`. */
  freeze(): void {
    this.#socket.pause()
  }

  thaw(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#socket.destroy()
  }

  #send(text: string): void {
    this.#socket.write(frame(TEXT, Buffer.from(text)))
  }

  #read(bytes: number): void {
    const came = READ.subarray(0, bytes)
    let data = this.#rest.length === 0 ? came : Buffer.concat([this.#rest, came])
    this.#rest = NOTHING
    if (!this.#upgraded) {
      const end = data.indexOf('\r\n\r\n')
      if (end >= 0 && !data.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) return this.#refused(data.toString('latin1', 0, data.indexOf('\r\n')))
      this.#upgraded = end >= 0
      data = this.#upgraded ? data.subarray(end + 4) : data
    }
    const used = this.#upgraded ? this.#frames(data) : 0
    // What is kept must not lie in the memory that the next client reads into.
    if (used < data.length && !this.#socket.destroyed) this.#rest = Buffer.from(data.subarray(used))
  }

  /** Takes every whole frame; answers how many bytes they were. Servers do not mask, and ours send each message in one piece. */
  #frames(data: Buffer): number {
    let at = 0
    while (data.length - at >= 2) {
      const short = (data[at + 1] as number) & 127
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (data.length - at < head) break
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2))
      if (data.length - at < head + length) break
      const first = data[at] as number
      const begin = at + head
      at = begin + length
      if (first === (0x80 | TEXT)) {
        this.received += length
        this.#took(data.toString('utf8', begin, at))
      } else if (first === (0x80 | PING_FRAME)) {
        this.#socket.write(frame(PING_FRAME + 1, data.subarray(begin, at)))
      } else if (first === (0x80 | CLOSE)) {
        this.#socket.end()
      } else {
        this.#socket.destroy(new Error(`a frame that nobody expected: ${first}`))
      }
    }
    return at
  }

  #refused(status: string): void {
    this.#in(new Error(status))
    this.#socket.destroy()
  }

  #took(packet: string): void {
    if (packet.startsWith(EVENT)) return this.#heard(packet)
    if (packet.startsWith(ACK)) return this.#answered(packet)
    if (packet === PING) return this.#send(PONG)
    if (packet.startsWith('0')) return this.#send(CONNECT + JSON.stringify(this.#auth))
    if (packet.startsWith(CONNECT)) return this.#in()
    if (packet.startsWith(CONNECT_ERROR)) this.#in(new Error(packet.slice(2)))
  }

  #answered(packet: string): void {
    const bracket = packet.indexOf('[')
    const id = Number(packet.slice(2, bracket))
    const answered = this.#waiting.get(id)
    this.#waiting.delete(id)
    answered?.((JSON.parse(packet.slice(bracket)) as unknown[])[0])
  }
}

/** One frame of a client: masked, as it must be, with a mask of zeros, which changes nothing. */
function frame(kind: number, payload: Buffer): Buffer {
  const { length } = payload
  const head = length < 126 ? Buffer.from([0x80 | kind, 0x80 | length, 0, 0, 0, 0]) : length < 65_536 ? Buffer.from([0x80 | kind, 0xfe, length >> 8, length & 255, 0, 0, 0, 0]) : undefined
  if (head === undefined) throw new Error('A client sends no frame of 64 KB')
  return Buffer.concat([head, payload])
}
