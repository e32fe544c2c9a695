/** The server's end: rooms, broadcasts and sockets, as far as the product uses Socket.IO's. */
import type { Link } from './network.ts'
import type { Dialled } from './page-socket.ts'
import { current, type Process } from './process.ts'

type Heard = (...message: unknown[]) => void
type Next = (error?: Error & { data?: unknown }) => void

export class FakeServer {
  readonly sockets = { sockets: new Map<string, ServerSocket>(), adapter: { rooms: new Map<string, Set<ServerSocket>>() } }
  /** Of lines that come to no server nothing is told here. */
  readonly engine = { clients: {}, on: () => undefined }
  /** Killed: nothing goes in or out any more. */
  dead = false
  /** Whose it is, where there are several. */
  readonly #process: Process | undefined = current()
  #doors: ((socket: ServerSocket, next: Next) => void)[] = []
  #enter: (socket: ServerSocket) => void = () => undefined
  #last = 0

  use(door: (socket: ServerSocket, next: Next) => void): void {
    this.#doors.push(door)
  }

  on(_connection: 'connection', enter: (socket: ServerSocket) => void): void {
    this.#enter = enter
  }

  to(channels: string | string[]) {
    return {
      emit: (event: string, message: unknown): void => {
        const text = JSON.stringify([message])
        const to = new Set([channels].flat().flatMap((channel) => [...(this.sockets.adapter.rooms.get(channel) ?? [])]))
        for (const socket of to) socket.transmit(event, text)
      },
    }
  }

  close(): Promise<void> {
    for (const socket of this.sockets.sockets.values()) socket.disconnect(true)
    return Promise.resolve()
  }

  /** What comes in is this process's to do. */
  enter(work: () => void): void {
    if (this.#process === undefined) work()
    else this.#process.enter(work)
  }

  accept(link: Link, dialled: Dialled): void {
    this.enter(() => void this.#accept(link, dialled))
  }

  /** A page has dialled: the doors decide, then it is in. */
  async #accept(link: Link, { auth, cookie }: Dialled): Promise<void> {
    if (this.dead) return
    const socket = new ServerSocket(String((this.#last += 1)), this, link, JSON.parse(JSON.stringify(auth)) as unknown, cookie)
    link.server = socket
    for (const door of this.#doors) {
      const error = await new Promise<(Error & { data?: unknown }) | undefined>((next) => door(socket, next))
      if (this.dead || socket.gone) return
      if (error !== undefined) {
        const told = Object.assign(new Error(error.message), { data: error.data })
        return link.send('down', 'connect_error', '', () => link.page.rejected(link, told))
      }
    }
    this.sockets.sockets.set(socket.id, socket)
    link.send('down', 'connect', '', () => link.page.welcomed(link))
    this.#enter(socket)
  }
}

export class ServerSocket {
  readonly id: string
  data: unknown = {}
  readonly handshake: { auth: unknown; address: string }
  readonly request: { headers: Record<string, string>; socket: { remoteAddress: string } }
  readonly conn = { readyState: 'open', transport: { socket: { terminate: () => this.#end() } }, writeBuffer: [], write: (packet: string) => this.#packet(packet), close: () => this.#end() }
  gone = false
  #server: FakeServer
  #link: Link
  #heard = new Map<string, Heard[]>()

  constructor(id: string, server: FakeServer, link: Link, auth: unknown, cookie: string) {
    this.id = id
    this.#server = server
    this.#link = link
    this.handshake = { auth, address: '10.0.0.1' }
    this.request = { headers: cookie === '' ? {} : { cookie }, socket: { remoteAddress: this.handshake.address } }
  }

  on(event: string, heard: Heard): this {
    this.#heard.set(event, [...(this.#heard.get(event) ?? []), heard])
    return this
  }

  emit(event: string, ...message: unknown[]): void {
    this.transmit(event, JSON.stringify(message))
  }

  /** `2["event",message]`, as Socket.IO writes it. */
  #packet(packet: string): void {
    const [event, ...message] = JSON.parse(packet.slice(1)) as [string, ...unknown[]]
    this.transmit(event, JSON.stringify(message))
  }

  transmit(event: string, text: string): void {
    if (this.gone || this.#server.dead) return
    const link = this.#link
    link.send('down', event, text, () => link.page.heard(link, event, JSON.parse(text) as unknown[]))
  }

  join(channel: string): void {
    if (this.gone) return
    const { rooms } = this.#server.sockets.adapter
    rooms.set(channel, (rooms.get(channel) ?? new Set()).add(this))
  }

  /** Ends this socket: what was sent before arrives, and the page is told that it is for good. */
  disconnect(_close: true): void {
    if (this.gone) return
    const link = this.#link
    link.send('down', 'disconnect', '', () => link.page.lost(link, 'io server disconnect'))
    this.closed('server namespace disconnect')
  }

  /** A page said something. */
  heard(event: string, message: unknown[], ack: number | undefined): void {
    this.#server.enter(() => this.#heardNow(event, message, ack))
  }

  #heardNow(event: string, message: unknown[], ack: number | undefined): void {
    if (this.gone || this.#server.dead) return
    const link = this.#link
    const answer = (answered: unknown) => {
      if (this.gone || this.#server.dead) return
      const text = JSON.stringify(answered)
      link.send('down', 'ack', text, () => link.page.acked(link, ack as number, JSON.parse(text)))
    }
    this.#say(event, ...message, ...(ack === undefined ? [] : [answer]))
  }

  closed(reason: string): void {
    this.#server.enter(() => this.#closedNow(reason))
  }

  #closedNow(reason: string): void {
    if (this.gone) return
    this.gone = true
    const { sockets, adapter } = this.#server.sockets
    sockets.delete(this.id)
    this.#link.over()
    for (const [channel, members] of adapter.rooms) if (members.delete(this) && members.size === 0) adapter.rooms.delete(channel)
    if (!this.#server.dead) this.#say('disconnect', reason)
  }

  #end(): void {
    if (this.gone) return
    this.#link.end('down')
    this.closed('forced close')
  }

  #say(event: string, ...message: unknown[]): void {
    for (const heard of this.#heard.get(event) ?? []) heard(...message)
  }
}
