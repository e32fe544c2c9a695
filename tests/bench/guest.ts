/** One phone, screen or console of the product, as cheap as it can be: it counts what comes, and holds versions, not views. */
import { PROTOCOL, type Handshake, type PatchMessage, type ViewMessage } from '#shared/wire/protocol.ts'
import type { Audience } from '#shared/session/views/types.ts'
import { Client } from '../support/cheap-client.ts'

/** The head of a patch as the server writes it, so that a thousand phones need not parse what they only count. */
const PATCH = /^42\["patch",\{"audience":"(\w+)","from":(\d+),"at":(\d+),/u
const VIEW = '42["view",'
const BEAT = '42["beat",'
const BYE = '42["bye",'

export interface Watcher {
  patch?(guest: Guest, audience: Audience, at: number, packet: string, from: number): void
  view?(guest: Guest, message: ViewMessage): void
}

export class Guest {
  readonly client: Client
  /** Resolves with the last of the views that its audience begins with. */
  readonly seen: Promise<void>
  readonly held = new Map<string, number>()
  /** Patches that did not follow on what was held, and beats that told of something missed. */
  gaps = 0
  /** Told to go, or cut off. */
  lost = false
  watch: Watcher

  constructor(origin: string, auth: Handshake, watch: Watcher = {}, headers?: Record<string, string>) {
    this.watch = watch
    const audiences = auth.door === 'phone' ? 2 : 1
    let seen: () => void = () => undefined
    const views = new Promise<void>((resolve) => (seen = resolve))
    this.client = new Client(origin, auth, (packet) => this.#heard(packet, audiences, seen), { lost: () => (this.lost = true), ...(headers === undefined ? {} : { headers }) })
    this.seen = this.client.ready.then(() => views)
  }

  #heard(packet: string, audiences: number, seen: () => void): void {
    const head = PATCH.exec(packet)
    if (head !== null) {
      this.#patched(head[1] as Audience, Number(head[2]), Number(head[3]), packet)
    } else if (packet.startsWith('42["patch"')) {
      const [, message] = JSON.parse(packet.slice(2)) as [string, PatchMessage]
      this.#patched(message.audience, message.from, message.at, packet)
    } else if (packet.startsWith(VIEW)) {
      const [, message] = JSON.parse(packet.slice(2)) as [string, ViewMessage]
      this.held.set(message.audience, message.at)
      this.watch.view?.(this, message)
      if (this.held.size === audiences) seen()
    } else if (packet.startsWith(BEAT)) {
      const [, beat] = JSON.parse(packet.slice(2)) as [string, { at: Record<string, number> }]
      for (const [audience, at] of Object.entries(beat.at)) if (this.held.get(audience) !== at) this.gaps += 1
    } else if (packet.startsWith(BYE)) {
      this.lost = true
    }
  }

  #patched(audience: Audience, from: number, at: number, packet: string): void {
    if (this.held.get(audience) !== from) this.gaps += 1
    this.held.set(audience, at)
    this.watch.patch?.(this, audience, at, packet, from)
  }
}

export interface Joined {
  token: string
  veil: string
}

/**
 * Comes in by the code as a script would; the phone's own secrets come back. `from`: as a proxy tells where somebody comes from, since
 * one address may bring so many people at once (startProduct's server believes it).
 */
export async function join(origin: string, code: string, name: string, from?: string): Promise<Joined> {
  const headers = { 'content-type': 'application/json', ...(from === undefined ? {} : { 'x-forwarded-for': from }) }
  const response = await fetch(`${origin}/api/join`, { method: 'POST', headers, body: JSON.stringify({ code, name }) })
  if (response.status !== 201) throw new Error(`${name} was not let in: ${response.status}`)
  return (await response.json()) as Joined
}

export function phone(origin: string, { token, veil }: Joined, watch?: Watcher): Guest {
  return new Guest(origin, { v: PROTOCOL, door: 'phone', token, veil }, watch)
}
