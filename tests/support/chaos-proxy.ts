/**
 * A network between people and a server, as bad as halls have it: cut, reset, half-open, silent or still in one direction, slow, in
 * crumbs, without WebSockets, losing or doubling one frame, or a portal that answers for everybody. What it draws, it draws by seed.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { random } from '#shared/random.ts'
import { openSieve, type Sieve } from './chaos-proxy-frames.ts'
import { openLine, type Line, type Weather } from './chaos-proxy-line.ts'

export type Direction = 'up' | 'down'

/** What stands behind the network. */
export interface Origin {
  readonly origin: string
  readonly port: number
}

export interface Network<S extends Origin = Origin> {
  /** The same server, by way of this network. */
  readonly server: S
  /** Ends every connection and takes no new one. */
  cut(): void
  /** Takes connections and passes everything, as in the beginning. Connections that went silent stay so. */
  heal(): void
  /** Ends every connection with a reset; new ones pass. */
  reset(): void
  /** Ends every connection on the side of the people, takes no new one, and the server is not told: to it they stay open. */
  strand(): void
  /** The server learns of all that `strand` kept from it. */
  unstrand(): void
  /** Nobody listens any more: connections are refused by the system, until the function that it returns is called. */
  away(): Promise<() => Promise<void>>
  /** Open WebSockets go silent in one direction for ever, and nobody is told; new ones are as before. */
  silence(direction: Direction): void
  /** Nothing passes in this direction until the function that it returns is called; then everything does, in order. */
  stall(direction: Direction): () => void
  /** The same for what passes up. */
  hold(): () => void
  /** Loses the next frame from the server for which this is true, and nothing else. Resolves when it is gone. */
  lose(frame: (text: string) => boolean): Promise<void>
  /** Passes that frame twice. Resolves when it has. */
  double(frame: (text: string) => boolean): Promise<void>
  /** Loses every frame from the server for which this is true, until it is told otherwise. */
  loseAll(frame: ((text: string) => boolean) | undefined): void
  /** How it passes what it passes, from now on. */
  weather(weather: Weather): void
  /** Resolves when the server has given up a WebSocket that is open now. */
  gone(): Promise<void>
  /** From now on connections that ask for a WebSocket are refused, as some proxies do. */
  withoutWebSockets(): void
  /** The same, but whoever asks for a WebSocket is never answered at all. */
  swallowsWebSockets(): void
  /** What `lose` and `double` have not met by now they meet no more. */
  spare(): void
  /** From now on a WebSocket ends as soon as it is one, before the server's first word. Resolves when that has happened to one. */
  endsOpening(): Promise<void>
  /** From now on every request is answered by the sign-in page of a Wi-Fi. */
  portal(): void
  /** Everything that was passed up, as text: what a proxy's log could hold. Empty where nothing is kept. */
  readonly sent: string[]
  close(): Promise<void>
}

interface Pipe {
  client: Socket
  up: Socket | undefined
  lines: Record<Direction, Line>
  silent: Set<Direction>
  /** Only once the connection speaks WebSocket. */
  sieve: Sieve | undefined
}

const PORTAL = '<!doctype html><title>Wi-Fi</title><h1>Please sign in to the Wi-Fi</h1>'

export async function openNetwork<S extends Origin>(server: S, { seed = 'network', keeps = true }: { seed?: string; keeps?: boolean } = {}): Promise<Network<S>> {
  const dice = random(seed)
  const pipes = new Set<Pipe>()
  /** Also those that went silent, whose other end has gone without their being told. */
  const clients = new Set<Socket>()
  const sent: string[] = []
  const still: Record<Direction, number> = { up: 0, down: 0 }
  const chosen: { frame: (text: string) => boolean; copies: number; done: () => void }[] = []
  let lost: ((text: string) => boolean) | undefined
  let way: 'open' | 'cut' | 'no-websockets' | 'swallowed' | 'ends-opening' | 'portal' = 'open'
  let ended: () => void = () => undefined
  let weather: Weather = {}

  const listener = createServer({ noDelay: true }, (client) => {
    if (way === 'cut') return void client.destroy()
    const pipe: Pipe = { client, up: undefined, silent: new Set(), sieve: undefined, lines: { up: openLine(() => pipe.up ?? client, () => weather, dice), down: openLine(() => client, () => weather, dice) } }
    for (const direction of ['up', 'down'] as const) if (still[direction] > 0) pipe.lines[direction].stall()
    pipes.add(pipe)
    clients.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => {
      clients.delete(client)
      if (pipe.silent.has('up')) return
      pipe.lines.up.afterwards(() => pipe.up?.destroy())
      if (pipe.up === undefined) pipes.delete(pipe)
    })
    client.on('data', (chunk: Buffer) => heard(pipe, chunk))
  })

  function heard(pipe: Pipe, chunk: Buffer): void {
    if (way === 'portal') return answer(pipe, '200 OK', PORTAL)
    if (pipe.sieve === undefined) {
      const text = chunk.toString('latin1')
      const asksForSocket = /^GET [^\r]*\r\n/u.test(text) && /\r\nupgrade: websocket\r\n/iu.test(text)
      if (way === 'no-websockets' && asksForSocket) return answer(pipe, '400 Bad Request', 'No WebSockets here')
      if (way === 'swallowed' && asksForSocket) return void pipe.silent.add('up').add('down')
      if (asksForSocket) pipe.sieve = openSieve(copies)
    }
    if (pipe.silent.has('up')) return
    if (keeps) sent.push(chunk.toString('latin1'))
    pipe.up ??= dial(pipe)
    pipe.lines.up.send(chunk)
  }

  function dial(pipe: Pipe): Socket {
    const up = connect({ port: server.port, host: '127.0.0.1', noDelay: true })
    up.on('error', () => up.destroy())
    up.on('close', () => {
      // What it said last may still be on its way.
      pipe.lines.down.afterwards(() => {
        pipes.delete(pipe)
        if (!pipe.silent.has('down')) pipe.client.destroy()
      })
    })
    up.on('data', (chunk: Buffer) => {
      if (way === 'ends-opening' && pipe.sieve !== undefined) {
        const head = chunk.indexOf('\r\n\r\n')
        if (head >= 0) pipe.client.end(chunk.subarray(0, head + 4), () => (up.destroy(), ended()))
        return
      }
      const bytes = pipe.sieve === undefined ? chunk : pipe.sieve.sift(chunk)
      if (!pipe.silent.has('down') && bytes.length > 0) pipe.lines.down.send(bytes)
    })
    return up
  }

  function copies(text: string): number {
    const at = chosen.findIndex(({ frame }) => frame(text))
    const [found] = at < 0 ? [] : chosen.splice(at, 1)
    found?.done()
    return found?.copies ?? (lost?.(text) === true ? 0 : 1)
  }

  const choose = (frame: (text: string) => boolean, times: number) => new Promise<void>((done) => chosen.push({ frame, copies: times, done }))

  function answer(pipe: Pipe, status: string, body: string): void {
    pipe.client.end(`HTTP/1.1 ${status}\r\ncontent-type: text/html\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`)
  }

  function dropAll(): void {
    for (const { client, up, lines } of pipes) {
      lines.up.drop()
      lines.down.drop()
      client.destroy()
      up?.destroy()
    }
  }

  function stall(direction: Direction): () => void {
    still[direction] += 1
    for (const { lines } of pipes) lines[direction].stall()
    return () => {
      still[direction] -= 1
      if (still[direction] === 0) for (const { lines } of pipes) lines[direction].go()
    }
  }

  async function listen(port: number): Promise<number> {
    listener.listen(port, '127.0.0.1')
    await once(listener, 'listening')
    const address = listener.address()
    if (typeof address !== 'object' || address === null) throw new Error('No port for the network')
    return address.port
  }

  const port = await listen(0)
  return {
    server: { ...server, origin: `http://127.0.0.1:${port}`, port },
    sent,
    cut() {
      way = 'cut'
      dropAll()
    },
    heal: () => (way = 'open'),
    reset() {
      for (const { client, up } of pipes) {
        client.resetAndDestroy()
        up?.resetAndDestroy()
      }
    },
    strand() {
      way = 'cut'
      for (const pipe of pipes) {
        pipe.silent.add('up').add('down')
        pipe.client.destroy()
      }
    },
    unstrand() {
      for (const pipe of pipes) if (pipe.client.destroyed) pipe.up?.destroy()
    },
    async away() {
      const closed = once(listener, 'close')
      listener.close()
      dropAll()
      await closed
      return async () => void (await listen(port))
    },
    silence(direction) {
      for (const pipe of pipes) if (pipe.sieve !== undefined) pipe.silent.add(direction)
    },
    stall,
    hold: () => stall('up'),
    lose: (frame) => choose(frame, 0),
    double: (frame) => choose(frame, 2),
    spare: () => void chosen.splice(0),
    loseAll: (frame) => (lost = frame),
    weather: (next) => (weather = next),
    async gone() {
      const sockets = [...pipes].flatMap((pipe) => (pipe.sieve === undefined || pipe.up === undefined ? [] : [pipe.up]))
      await Promise.race(sockets.map((up) => once(up, 'close')))
    },
    withoutWebSockets() {
      way = 'no-websockets'
      dropAll()
    },
    swallowsWebSockets() {
      way = 'swallowed'
      dropAll()
    },
    endsOpening() {
      way = 'ends-opening'
      dropAll()
      return new Promise((resolve) => (ended = resolve))
    },
    portal() {
      way = 'portal'
      dropAll()
    },
    async close() {
      dropAll()
      for (const client of clients) client.destroy()
      if (!listener.listening) return
      const closed = once(listener, 'close')
      listener.close()
      await closed
    },
  }
}
