/**
 * A Socket.IO client that costs little: Engine.IO v4 and Socket.IO v5 packets as plain strings over `ws`, WebSocket only, one
 * namespace. The load must cost less than what it measures, and socket.io-client costs three times as much.
 */
import { WebSocket } from 'ws'

const PATIENCE_MS = 30_000

/** Engine.IO's packet types, then Socket.IO's inside a message (4). */
const PING = '2'
const PONG = '3'
const CONNECT = '40'
const EVENT = '42'
const ACK = '43'
const CONNECT_ERROR = '44'

export class Client {
  /** Resolves when the server has let this client in; rejects when it has not, or the line broke before. */
  readonly ready: Promise<void>
  /** What has come in packets, bytes. */
  received = 0
  #socket: WebSocket
  #waiting = new Map<number, (answer: unknown) => void>()
  #acks = 0
  #in: (error?: Error) => void = () => undefined

  /** `heard` gets every event as its packet's text: `42["name",…]`. `lost` is told when the line ends. */
  constructor(origin: string, auth: unknown, heard: (packet: string) => void, options: { headers?: Record<string, string>; lost?: () => void } = {}) {
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#in(new Error('not let in in time')), PATIENCE_MS)
      this.#in = (error) => {
        clearTimeout(late)
        if (error === undefined) resolve()
        else reject(error)
      }
    })
    this.#socket = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      ...(options.headers === undefined ? {} : { headers: options.headers }),
    })
    this.#socket.on('message', (data: Buffer) => {
      this.received += data.length
      this.#took(data.toString(), auth, heard)
    })
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
    this.#socket.send(`${EVENT}${id}${JSON.stringify([event, payload])}`)
  }

  /** Sends an event that nobody answers. */
  tell(event: string, payload: unknown): void {
    this.#socket.send(EVENT + JSON.stringify([event, payload]))
  }

  /** Reads nothing any more, as a frozen phone, until `thaw`. */
  freeze(): void {
    this.#socket.pause()
  }

  thaw(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#socket.terminate()
  }

  #took(packet: string, auth: unknown, heard: (packet: string) => void): void {
    if (packet.startsWith(EVENT)) return heard(packet)
    if (packet.startsWith(ACK)) return this.#answered(packet)
    if (packet === PING) return this.#socket.send(PONG)
    if (packet.startsWith('0')) return this.#socket.send(CONNECT + JSON.stringify(auth))
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
