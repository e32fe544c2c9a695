/**
 * The network between pages and server, in this process and on a virtual clock: what Socket.IO does for us and what it does not
 * (at most once, in order on one line, nothing between lines), with the faults of a school's Wi-Fi. Tests put it in the place
 * of the packages `socket.io` and `socket.io-client`; everything above them is the product's own.
 */
import type { Random } from '#shared/random.ts'
import { PageSocket, type Dialled } from './page-socket.ts'
import { outside } from './process.ts'
import { FakeServer, type ServerSocket } from './server-socket.ts'

/** Engine.IO gives a silent line up after its ping interval and timeout, ms. */
const SILENT_LINE = 40_000
/** A handshake without an answer is given up after this long, ms. */
const NO_HANDSHAKE = 20_000

/** What happens to one frame: "cut" loses it and breaks its line, as a lost acknowledgement does. */
export type Fate = 'pass' | 'lose' | 'double' | 'cut'

export interface Seen {
  way: 'up' | 'down'
  /** "ack" for an acknowledgement. */
  event: string
  /** As it travels. */
  text: string
  link: Link
  /** Lets a copy of it arrive. */
  again: () => void
}

/** One direction of a line: in order, each frame with its own delay; stalled it keeps what comes, dead it loses it. */
class Lane {
  stalled = false
  dead = false
  #queue: { at: number; take: () => void }[] = []
  #last = 0

  send(delay: number, take: () => void): void {
    if (this.dead) return
    const at = Math.max(this.#last, Date.now() + delay)
    this.#last = at
    this.#queue.push({ at, take })
    outside(() => setTimeout(() => this.pump(), at - Date.now()))
  }

  pump(): void {
    while (!this.stalled && !this.dead && this.#queue[0] !== undefined && this.#queue[0].at <= Date.now()) this.#queue.shift()?.take()
  }

  kill(): void {
    this.dead = true
    this.#queue = []
  }
}

/** One line, from its dialling to its end. */
export class Link {
  readonly page: PageSocket
  readonly up = new Lane()
  readonly down = new Lane()
  /** Where it was dialled to. */
  to: FakeServer | undefined
  server: ServerSocket | undefined
  /** The page has been let in over it. */
  open = false
  #network: Network
  #silent: NodeJS.Timeout | undefined

  constructor(page: PageSocket, network: Network) {
    this.page = page
    this.#network = network
  }

  /** Sends a frame, or the end of the line; what is in flight arrives before it. */
  send(way: 'up' | 'down', event: string, text: string, take: () => void): void {
    const lane = this[way]
    const again = () => lane.send(this.#network.delay(), take)
    const fate = this.#network.fate({ way, event, text, link: this, again })
    if (fate === 'cut') return this.cut(0, 0)
    if (fate === 'lose') return
    lane.send(this.#network.delay(), take)
    if (fate === 'double') again()
  }

  /** The end of the line as its other end learns it. */
  end(way: 'up' | 'down'): void {
    this[way].send(this.#network.delay(), () => (way === 'up' ? this.server?.closed('transport close') : this.page.lost(this, 'transport close')))
  }

  /** Forgets a line that neither end has any more. */
  over(): void {
    if (!this.page.holds(this) && this.server?.gone !== false) this.#network.links.delete(this)
  }

  /** Holds what travels in these directions; nobody is told. */
  stall(...ways: ('up' | 'down')[]): void {
    for (const way of ways) this[way].stalled = true
    clearTimeout(this.#silent)
    this.#silent = outside(() => setTimeout(() => this.cut(0, 0), SILENT_LINE))
  }

  flow(): void {
    clearTimeout(this.#silent)
    for (const lane of [this.up, this.down]) {
      lane.stalled = false
      lane.pump()
    }
  }

  /** Dead in both directions, each end learning it so much later, ms; `undefined` never, until it is silent too long. */
  cut(page: number | undefined, server: number | undefined): void {
    clearTimeout(this.#silent)
    this.up.kill()
    this.down.kill()
    this.#network.links.delete(this)
    this.#network.later(() => this.page.lost(this, 'transport error'), page ?? SILENT_LINE)
    this.#network.later(() => this.server?.closed('transport error'), server ?? SILENT_LINE)
  }
}

export class Network {
  readonly links = new Set<Link>()
  /** What becomes of a frame; a test's own. */
  fate: (seen: Seen) => Fate = () => 'pass'
  /** Whether pages can reach the server at all. */
  reachable = true
  /** The cookies of the browser that dials next. */
  cookie = ''
  /** Those that run. Each new line comes to any of them, wherever the last one was. */
  readonly servers = new Set<FakeServer>()
  readonly #dice: Random
  #slowest = 30
  #unlearnt = new Set<() => void>()

  constructor(dice: Random) {
    this.#dice = dice
  }

  /** ms from one end to the other. */
  delay(): number {
    return 1 + this.#dice.below(this.#slowest)
  }

  chance(): number {
    return this.#dice.below(1_000_000) / 1_000_000
  }

  /** A new line, being dialled: `take` is called with it once the server has let it in or not. */
  dial(page: PageSocket, dialled: Dialled): Link {
    const link = new Link(page, this)
    const server = this.servers.size < 2 ? [...this.servers][0] : [...this.servers][this.#dice.below(this.servers.size)]
    if (!this.reachable || server === undefined) {
      setTimeout(() => page.failed(link), this.delay())
      return link
    }
    link.to = server
    this.links.add(link)
    setTimeout(() => {
      if (link.open) return
      page.failed(link)
      // Whoever takes it later finds it closed.
      link.end('up')
    }, NO_HANDSHAKE)
    link.up.send(this.delay(), () => server.accept(link, dialled))
    return link
  }

  /** What an end learns by itself, or as soon as the network is whole: then the first packet on a dead line is answered by its end. */
  later(learns: () => void, ms: number): void {
    const once = () => this.#unlearnt.delete(once) && learns()
    this.#unlearnt.add(once)
    outside(() => setTimeout(once, ms))
  }

  /** Ends all that is wrong: held frames arrive, dead lines are found to be dead. */
  heal(): void {
    for (const learns of [...this.#unlearnt]) learns()
    this.fate = () => 'pass'
    this.reachable = true
    for (const link of this.links) link.flow()
  }
}

let current: Network | undefined
let last: PageSocket | undefined

/** Makes this the network that pages and servers find from now on. */
export function plugIn(network: Network): Network {
  return (current = network)
}

/** What `io` of socket.io-client is here. */
export function dial(options: { auth: unknown }): PageSocket {
  if (current === undefined) throw new Error('There is no network')
  return (last = new PageSocket(current, { auth: options.auth, cookie: current.cookie }))
}

/** The socket that was dialled last. */
export function dialled(): PageSocket {
  if (last === undefined) throw new Error('Nobody has dialled')
  return last
}

/** What `Server` of socket.io is here. */
export class Server extends FakeServer {
  constructor() {
    super()
    if (current === undefined) throw new Error('There is no network')
    current.servers.add(this)
  }
}
