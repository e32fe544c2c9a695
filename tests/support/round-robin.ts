/**
 * A proxy for HTTP and WebSockets in front of several servers that gives each request to the next one, as simple balancers do; or, like
 * those of docs/operating, goes by what a page calls its line. It may pass no WebSockets. A server that is away is answered for by 502.
 */
import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface RoundRobin {
  url: string
  port: number
  /** From now on WebSockets pass, or are refused. */
  webSockets(pass: boolean): void
  /** The port of the server that the last request of a line went to. */
  lastOf(): number | undefined
  close(): Promise<void>
}

/** In front of servers on these ports of this machine. `byLine`: what has the same `line=` goes to the same one. */
export async function openRoundRobin(ports: readonly number[], { byLine = false }: { byLine?: boolean } = {}): Promise<RoundRobin> {
  const sockets = new Set<Socket>()
  let passes = true
  let turn = 0
  let last: number | undefined

  function portFor({ url = '' }: IncomingMessage): number {
    const line = new URL(url, 'http://proxy').searchParams.get('line')
    const place = byLine && line !== null ? [...line].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003, 7) : (turn += 1)
    const port = ports[place % ports.length] as number
    if (line !== null) last = port
    return port
  }

  const server = createServer((asked, reply) => {
    const to = request({ port: portFor(asked), host: '127.0.0.1', path: asked.url, method: asked.method, headers: asked.headers, agent: false }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    })
    to.on('error', () => (reply.headersSent ? reply.destroy() : reply.writeHead(502).end()))
    reply.on('close', () => to.destroy())
    asked.pipe(to)
  })
  server.on('upgrade', (asked: IncomingMessage, near: Socket, head: Buffer) => {
    near.on('error', () => near.destroy())
    if (!passes) return void near.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    const far = connect(portFor(asked), '127.0.0.1')
    far.on('error', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('close', () => far.destroy())
    const headers = Array.from({ length: asked.rawHeaders.length / 2 }, (_, i) => `${asked.rawHeaders[2 * i] ?? ''}: ${asked.rawHeaders[2 * i + 1] ?? ''}\r\n`)
    far.write(`GET ${asked.url ?? ''} HTTP/1.1\r\n${headers.join('')}\r\n`)
    far.write(head)
    far.pipe(near).pipe(far)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    webSockets: (pass) => (passes = pass),
    lastOf: () => last,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
