/**
 * What stands in front of two servers: a balancer of TCP connections that knows nothing of sessions and is not sticky. Each connection goes
 * to the next server that takes it. Bytes are passed as they are, and servers see the visitor's own address. Polling alone, and what
 * changes over from it, goes to one server as long as that lives: without that it fails, which has tests of its own (F43).
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Front {
  port: number
  close(): Promise<void>
}

const POLLS = /^(?:GET|POST) [^\r\n]*[?&](?:transport=polling|sid=)/u

/** Listens in front of servers on these ports of this machine. */
export async function openFront(ports: readonly number[]): Promise<Front> {
  const visitors = new Set<Socket>()
  let next = 0

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    visitors.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => visitors.delete(client))
    const turn = (next = (next + 1) % ports.length)
    void lead(client, ports.map((_, i) => ports[(turn + i) % ports.length] as number))
  })

  async function lead(client: Socket, order: readonly number[]): Promise<void> {
    // At once: a server has to know also of whoever says nothing.
    const far = await reach(client, order)
    if (far === undefined) return void client.destroy()
    client.once('data', (first: Buffer) => {
      client.pause()
      if (far.port === ports[0] || !POLLS.test(first.toString('latin1', 0, 512))) return join(client, far.socket, first)
      far.socket.removeAllListeners('close').destroy()
      void reach(client, ports).then((home) => (home === undefined ? client.destroy() : join(client, home.socket, first)))
    })
    client.once('end', () => far.socket.end())
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const client of visitors) client.destroy()
      await closed
    },
  }
}

/** The first of these servers that takes a connection; what ends on one side then ends on the other. */
async function reach(client: Socket, ports: readonly number[]): Promise<{ socket: Socket; port: number } | undefined> {
  for (const port of ports) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true, localAddress: (client.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/u, '') })
    const reached = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'close').then(() => false)]).catch(() => false)
    socket.on('error', () => socket.destroy())
    if (!reached) continue
    if (client.destroyed) socket.destroy()
    socket.on('close', () => client.destroy())
    client.on('close', () => socket.destroy())
    socket.pipe(client)
    return { socket, port }
  }
  return undefined
}

function join(client: Socket, far: Socket, first: Buffer): void {
  far.write(first)
  client.pipe(far)
}
