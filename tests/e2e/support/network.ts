/** A network between browsers and a server, as bad as halls have it: cut, silent in one direction, without WebSockets, or a portal that answers for everybody. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { TestServer } from './server.ts'

export interface Network {
  /** The same server, by way of this network. */
  readonly server: TestServer
  /** Ends every connection and takes no new one. */
  cut(): void
  /** Takes connections and passes everything, as in the beginning. Connections that went silent stay so. */
  heal(): void
  /** Open WebSockets go silent in one direction, and nobody is told; new ones are as before. */
  silence(direction: 'up' | 'down'): void
  /** Nothing passes up until the function that it returns is called; then everything does, in order. */
  hold(): () => void
  /** Loses the next frame from the server for which this is true, and nothing else. Resolves when it is gone. */
  lose(frame: (text: string) => boolean): Promise<void>
  /** Resolves when the server has given up a WebSocket that is open now. */
  gone(): Promise<void>
  /** From now on connections that ask for a WebSocket are refused, as some proxies do. */
  withoutWebSockets(): void
  /** From now on every request is answered by the sign-in page of a Wi-Fi. */
  portal(): void
  /** Everything that was passed up, as text: what a proxy's log could hold. */
  readonly sent: string[]
  close(): Promise<void>
}

interface Pipe {
  client: Socket
  up: Socket | undefined
  silent: Set<'up' | 'down'>
  /** Bytes of the server that are not a whole frame yet; only once the connection speaks WebSocket. */
  rest: Buffer | undefined
}

const PORTAL = '<!doctype html><title>Wi-Fi</title><h1>Please sign in to the Wi-Fi</h1>'

export async function openNetwork(server: TestServer): Promise<Network> {
  const pipes = new Set<Pipe>()
  const sent: string[] = []
  let way: 'open' | 'cut' | 'no-websockets' | 'portal' = 'open'
  let held: (() => void)[] | undefined
  let losing: { frame: (text: string) => boolean; lost: () => void } | undefined

  const listener = createServer((client) => {
    if (way === 'cut') return void client.destroy()
    const pipe: Pipe = { client, up: undefined, silent: new Set(), rest: undefined }
    pipes.add(pipe)
    client.on('error', () => client.destroy())
    client.on('close', () => {
      pipes.delete(pipe)
      if (!pipe.silent.has('up')) pipe.up?.destroy()
    })
    client.on('data', (chunk: Buffer) => heard(pipe, chunk))
  })

  function heard(pipe: Pipe, chunk: Buffer): void {
    const text = chunk.toString('latin1')
    const asksForSocket = /^GET [^\r]*\r\n/u.test(text) && /\r\nupgrade: websocket\r\n/iu.test(text)
    if (way === 'portal') return answer(pipe, '200 OK', PORTAL)
    if (way === 'no-websockets' && asksForSocket) return answer(pipe, '400 Bad Request', 'No WebSockets here')
    if (pipe.silent.has('up')) return
    sent.push(text)
    const up = (pipe.up ??= dial(pipe))
    if (asksForSocket) pipe.rest = Buffer.alloc(0)
    if (held === undefined) up.write(chunk)
    else held.push(() => up.write(chunk))
  }

  function dial(pipe: Pipe): Socket {
    const up = connect(server.port, '127.0.0.1')
    up.on('error', () => up.destroy())
    up.on('close', () => {
      if (!pipe.silent.has('down')) pipe.client.destroy()
    })
    up.on('data', (chunk: Buffer) => {
      if (pipe.silent.has('down')) return
      pipe.client.write(pipe.rest === undefined ? chunk : sifted(pipe, chunk))
    })
    return up
  }

  /** What is left of the server's bytes without the frame that is to be lost; only whole frames pass. */
  function sifted(pipe: Pipe, chunk: Buffer): Buffer {
    let rest = Buffer.concat([pipe.rest ?? Buffer.alloc(0), chunk])
    const out: Buffer[] = []
    if (rest.subarray(0, 5).toString('latin1') === 'HTTP/') {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) {
        pipe.rest = rest
        return Buffer.alloc(0)
      }
      out.push(rest.subarray(0, end + 4))
      rest = rest.subarray(end + 4)
    }
    for (let length = frameLength(rest); length !== undefined && rest.length >= length; length = frameLength(rest)) {
      const frame = rest.subarray(0, length)
      rest = rest.subarray(length)
      if (losing?.frame(frame.toString('utf8')) === true) {
        losing.lost()
        losing = undefined
      } else out.push(frame)
    }
    pipe.rest = rest
    return Buffer.concat(out)
  }

  function answer(pipe: Pipe, status: string, body: string): void {
    pipe.client.end(`HTTP/1.1 ${status}\r\ncontent-type: text/html\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`)
  }

  function dropAll(): void {
    for (const { client, up } of pipes) {
      client.destroy()
      up?.destroy()
    }
  }

  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port for the network')
  return {
    server: { ...server, origin: `http://127.0.0.1:${address.port}`, port: address.port },
    sent,
    cut() {
      way = 'cut'
      dropAll()
    },
    heal: () => (way = 'open'),
    silence(direction) {
      for (const pipe of pipes) if (pipe.rest !== undefined) pipe.silent.add(direction)
    },
    hold() {
      held = []
      return () => {
        for (const write of held ?? []) write()
        held = undefined
      }
    },
    lose: (frame) => new Promise((lost) => (losing = { frame, lost })),
    async gone() {
      const sockets = [...pipes].flatMap((pipe) => (pipe.rest === undefined || pipe.up === undefined ? [] : [pipe.up]))
      await Promise.race(sockets.map((up) => once(up, 'close')))
    },
    withoutWebSockets() {
      way = 'no-websockets'
      dropAll()
    },
    portal() {
      way = 'portal'
      dropAll()
    },
    async close() {
      listener.close()
      dropAll()
      await once(listener, 'close')
    },
  }
}

/** Bytes of the first frame of a server, with its head; undefined if not even its length is known yet. */
function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes.readUInt8(1) & 0x7f
  if (short < 126) return 2 + short
  if (short === 126) return bytes.length < 4 ? undefined : 4 + bytes.readUInt16BE(2)
  return bytes.length < 10 ? undefined : 10 + Number(bytes.readBigUInt64BE(2))
}
