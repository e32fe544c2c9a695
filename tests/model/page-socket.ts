/** The page's end of a line, as socket.io-client behaves: buffering, acknowledgements with a time limit, reconnecting with jitter. */
import { RECONNECT } from '../../client/live/reconnect.ts'
import type { Link, Network } from './network.ts'

type Heard = (...message: never[]) => void

export interface Dialled {
  auth: unknown
  cookie: string
}

const { reconnectionDelay: FIRST_WAIT, reconnectionDelayMax: LONGEST_WAIT, randomizationFactor: JITTER } = RECONNECT

export class PageSocket {
  connected = false
  /** The engine below it tells of nothing here: a link opens at once or fails. */
  readonly io = { engine: { once: () => undefined }, on: () => undefined, opts: {} }
  #network: Network
  #dialled: Dialled
  #link: Link | undefined
  /** Wants a line: false after the page or the server has ended it. */
  #active = true
  #attempts = 0
  #retry: NodeJS.Timeout | undefined
  #heard = new Map<string, Heard[]>()
  #any: (() => void)[] = []
  #buffer: { event: string; text: string; ack?: number }[] = []
  #acks = new Map<number, { answered: (answer: unknown) => void; lost: (error: Error) => void }>()
  #lastAck = 0

  constructor(network: Network, dialled: Dialled) {
    this.#network = network
    this.#dialled = dialled
    this.#open()
  }

  on(event: string, heard: Heard): this {
    this.#heard.set(event, [...(this.#heard.get(event) ?? []), heard])
    return this
  }

  onAny(heard: () => void): this {
    this.#any.push(heard)
    return this
  }

  emit(event: string, ...message: unknown[]): this {
    this.#send({ event, text: JSON.stringify(message) })
    return this
  }

  timeout(ms: number) {
    return {
      emitWithAck: (event: string, message: unknown): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const ack = (this.#lastAck += 1)
          const late = setTimeout(() => this.#settled(ack)?.lost(new Error('operation has timed out')), ms)
          this.#acks.set(ack, {
            answered: (answer) => { clearTimeout(late); resolve(answer) },
            lost: (error) => { clearTimeout(late); reject(error) },
          })
          this.#send({ event, text: JSON.stringify([message]), ack })
        }),
    }
  }

  connect(): this {
    if (this.connected) return this
    this.#active = true
    clearTimeout(this.#retry)
    if (this.#link === undefined) this.#open()
    return this
  }

  disconnect(): this {
    this.#active = false
    clearTimeout(this.#retry)
    const link = this.#link
    this.#link = undefined
    link?.end('up')
    link?.over()
    if (this.connected) this.#closed('io client disconnect')
    return this
  }

  /** The page is gone: its end of the line with it, and nothing of it is heard any more. */
  vanish(): void {
    this.#heard.clear()
    this.disconnect()
  }

  /** The server let this page in. */
  welcomed(link: Link): void {
    if (this.#link !== link) return
    link.open = true
    this.connected = true
    this.#attempts = 0
    const waiting = this.#buffer.splice(0)
    for (const one of waiting) this.#transmit(link, one)
    this.#say('connect')
  }

  /** The server did not: final for this socket, until it is asked to connect again. */
  rejected(link: Link, error: Error): void {
    if (this.#link !== link) return
    this.#link = undefined
    link.over()
    this.#active = false
    this.#say('connect_error', error)
  }

  holds(link: Link): boolean {
    return this.#link === link
  }

  /** No line came about. */
  failed(link: Link): void {
    if (this.#link !== link) return
    this.#link = undefined
    link.over()
    this.#say('connect_error', new Error('xhr poll error'))
    this.#again()
  }

  lost(link: Link, reason: string): void {
    if (this.#link !== link) return
    this.#link = undefined
    link.over()
    if (!link.open) return this.#lostBeforeOpen()
    if (reason === 'io server disconnect') this.#active = false
    this.#closed(reason)
    this.#again()
  }

  heard(link: Link, event: string, message: unknown[]): void {
    if (this.#link !== link || !this.connected) return
    for (const any of this.#any) any()
    this.#say(event, ...message)
  }

  acked(link: Link, ack: number, answer: unknown): void {
    if (this.#link === link) this.#settled(ack)?.answered(answer)
  }

  #lostBeforeOpen(): void {
    this.#say('connect_error', new Error('websocket error'))
    this.#again()
  }

  #open(): void {
    this.#link = this.#network.dial(this, this.#dialled)
  }

  #again(): void {
    if (!this.#active) return
    const wait = FIRST_WAIT * 2 ** this.#attempts
    const off = Math.floor(this.#network.chance() * JITTER * wait)
    this.#attempts += 1
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#link === undefined && this.#active && this.#open(), Math.min(LONGEST_WAIT, this.#network.chance() < 0.5 ? wait - off : wait + off))
  }

  #send(one: { event: string; text: string; ack?: number }): void {
    if (this.connected && this.#link !== undefined) this.#transmit(this.#link, one)
    else this.#buffer.push(one)
  }

  #transmit(link: Link, { event, text, ack }: { event: string; text: string; ack?: number }): void {
    link.send('up', event, text, () => link.server?.heard(event, JSON.parse(text) as unknown[], ack))
  }

  #closed(reason: string): void {
    this.connected = false
    for (const ack of [...this.#acks.keys()]) this.#settled(ack)?.lost(new Error('socket has been disconnected'))
    this.#say('disconnect', reason)
  }

  #settled(ack: number) {
    const waiting = this.#acks.get(ack)
    this.#acks.delete(ack)
    return waiting
  }

  #say(event: string, ...message: unknown[]): void {
    for (const heard of this.#heard.get(event) ?? []) heard(...(message as never[]))
  }
}
