/** Participants over real sockets, without a browser: they keep what they hear and resend what was not answered, as phones do. */
import { nanoid } from 'nanoid'
import { io, type Socket } from 'socket.io-client'
import type { EveryoneView, MineView } from '#shared/session/views/types.ts'
import { apply } from '#shared/wire/merge-patch.ts'
import { PROTOCOL, type Answer, type ClientEvents, type PatchMessage, type ServerEvents, type ViewMessage } from '#shared/wire/protocol.ts'
import type { TestServer } from './server.ts'

const PATIENCE = 3_000

export class Participant {
  readonly name: string
  readonly person: string
  #socket: Socket<ServerEvents, ClientEvents>
  #held = new Map<string, { at: number; view: unknown }>()
  #watchers = new Set<() => void>()

  private constructor(name: string, server: TestServer, joined: { person: string; token: string; veil: string }) {
    this.name = name
    this.person = joined.person
    this.#socket = io(server.origin, { auth: { v: PROTOCOL, door: 'phone', token: joined.token, veil: joined.veil }, transports: ['websocket'], reconnectionDelay: 100, reconnectionDelayMax: 500, forceNew: true })
    this.#socket.on('view', (message) => this.#took(message))
    this.#socket.on('patch', (message) => this.#patched(message))
  }

  static async join(server: TestServer, code: string, name: string): Promise<Participant> {
    const response = await fetch(`${server.origin}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name }) })
    if (response.status !== 201) throw new Error(`${name} was not let in: ${response.status} ${await response.text()}`)
    const participant = new Participant(name, server, (await response.json()) as { person: string; token: string; veil: string })
    await participant.sees((view) => view !== undefined)
    return participant
  }

  get view(): EveryoneView | undefined {
    return this.#held.get('everyone')?.view as EveryoneView | undefined
  }
  get mine(): MineView | undefined {
    return this.#held.get('mine')?.view as MineView | undefined
  }

  /** Sends until it is answered: the same id, however often. */
  async act(step: string | undefined, command: { type: string; [field: string]: unknown }): Promise<Answer> {
    const act = step === undefined ? { id: nanoid(), do: command } : { id: nanoid(), step, do: command }
    for (;;) {
      if (!this.#socket.connected) await this.#connected()
      const answer = await this.#socket.timeout(PATIENCE).emitWithAck('act', act).catch(() => undefined)
      if (answer !== undefined && (answer.ok || answer.code !== 'storage')) return answer
    }
  }

  /** Resolves once what this person sees makes `fact` true. */
  sees(fact: (view: EveryoneView | undefined, mine: MineView | undefined) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!fact(this.view, this.mine)) return
        this.#watchers.delete(check)
        resolve()
      }
      this.#watchers.add(check)
      check()
    })
  }

  drop(): void {
    this.#socket.disconnect()
  }
  back(): void {
    this.#socket.connect()
  }

  #connected(): Promise<void> {
    return new Promise((resolve) => this.#socket.once('connect', () => resolve()))
  }

  #took(message: ViewMessage): void {
    this.#held.set(message.audience, { at: message.at, view: message.view })
    for (const watcher of this.#watchers) watcher()
  }

  #patched(message: PatchMessage): void {
    const held = this.#held.get(message.audience)
    if (held?.at === message.from) this.#took({ audience: message.audience, at: message.at, view: apply(held.view, message.patch) })
    else if (held === undefined || held.at < message.from) this.#socket.emit('view', message.audience)
  }
}

/** People who join one after another, each with a name of their own. */
export function crowd(server: TestServer, code: string, names: readonly string[]): Promise<Participant[]> {
  return Promise.all(names.map((name) => Participant.join(server, code, name)))
}
