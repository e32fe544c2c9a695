/**
 * What each audience of a room was last sent, and what it is sent next: whole views at joining, then patches between two
 * filtered views. An idle room sends at once; a busy one gathers its changes for a window.
 */
import { createHash } from 'node:crypto'
import type { PersonId, Tag } from '#shared/activities/activity.ts'
import { aroundAll, type Around } from '#shared/session/around.ts'
import type { SessionState } from '#shared/session/model.ts'
import type { Audience } from '#shared/session/views/types.ts'
import { doorView, everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { diff } from '#shared/wire/merge-patch.ts'
import type { PatchMessage, ViewMessage } from '#shared/wire/protocol.ts'
import { tagOf } from '../access/veil.ts'
import { NO_METERS, type Meters } from '../meters/meters.ts'
import type { Commit, Room } from './room.ts'
import { TURNS, turnOf } from './turns.ts'

/** A busy room gathers changes this long, ms: twenty times fewer packets when everybody taps, and nobody sees the difference. */
const WINDOW = 50

export type SharedAudience = Exclude<Audience, 'mine' | 'door'>

/** Sends to all lines of a channel, encoded once. `then`: channels that may be told something of their own right after it. */
export type Announce = (channel: string, message: { patch: PatchMessage }, then?: readonly string[]) => void

/** The version that those in a channel are at. */
export interface Head {
  channel: string
  at: Partial<Record<Audience, number>>
}

interface Held {
  /** What who comes in now is sent: the same message until the view changes, so that it need not be encoded for each of them. */
  message: ViewMessage
  /** Sockets that receive it; without any it is not kept up to date. */
  members: number
}

interface Own extends Held {
  person: PersonId
  view(): unknown
  tag(scope: string): Tag
  /** The tags that this device has had so far. */
  tags: ReadonlyMap<string, Tag>
  /** Of the heartbeat. */
  turn: number
}

const SHARED: Record<SharedAudience, (state: SessionState) => unknown> = {
  everyone: everyoneView,
  screen: screenView,
  facilitator: facilitatorView,
}

export class Audiences {
  #room: Room
  #announce: Announce
  #meters: Pick<Meters, 'flushed'>
  #shared = new Map<SharedAudience, Held>()
  #own = new Map<string, Own>()
  #turn = 0
  /** The channels of each person's devices: what concerns one person must not cost more where more people are. */
  #devices = new Map<PersonId, string[]>()
  /** Tags of people who are here, in memory only: which device's own view an anonymous event changes. */
  #holders = new Map<Tag, string>()
  #touched: Set<string> | 'all' = new Set()
  /** What is around the steps as it was last committed, made once for all who come in before the next commit. */
  #around: { state: SessionState; of: Around } | undefined
  #dirty = false
  #lastFlush = 0
  #timer: NodeJS.Timeout | undefined
  #stop: () => void

  constructor(room: Room, announce: Announce, meters: Pick<Meters, 'flushed'> = NO_METERS) {
    this.#room = room
    this.#announce = announce
    this.#meters = meters
    this.#stop = room.onCommit((commit) => this.#committed(commit))
  }

  /** Lets a socket in: the whole view, current to the last flush. Must be called inside `room.committed`. */
  join(audience: SharedAudience): ViewMessage {
    let held = this.#shared.get(audience)
    if (held === undefined || held.members === 0) {
      held = { message: { audience, at: this.#room.version, view: SHARED[audience](this.#room.state) }, members: 0 }
      this.#shared.set(audience, held)
    }
    held.members += 1
    return held.message
  }

  leave(audience: SharedAudience): void {
    const held = this.#shared.get(audience)
    if (held !== undefined) held.members -= 1
  }

  /** Lets a participant's socket in; answers the channel of that device and its own view. Inside `room.committed`. */
  joinOwn(person: PersonId, veil: string): { channel: string; message: ViewMessage } {
    const channel = ownChannel(this.#room.id, person, veil)
    let own = this.#own.get(channel)
    if (own === undefined) {
      const tags = new Map<string, Tag>()
      const tag = this.#tagger(channel, veil, tags)
      const view = () => this.#mine(person, tag)
      own = { message: { audience: 'mine', at: this.#room.version, view: view() }, members: 0, person, view, tag, tags, turn: this.#nextTurn() }
      this.#hold(channel, own)
    }
    own.members += 1
    return { channel, message: own.message }
  }

  /** Lets the socket of somebody who is not in wait at the door; answers where it is told, and what. Inside `room.committed`. */
  joinDoor(person: PersonId): { channel: string; message: ViewMessage } {
    const channel = `${this.#room.id}/door/${person}`
    let own = this.#own.get(channel)
    if (own === undefined) {
      const view = () => doorView(this.#room.state, person)
      own = { message: { audience: 'door', at: this.#room.version, view: view() }, members: 0, person, view, tag: () => '', tags: new Map(), turn: this.#nextTurn() }
      this.#hold(channel, own)
    }
    own.members += 1
    return { channel, message: own.message }
  }

  /** As many devices in each as in any other. */
  #nextTurn(): number {
    return (this.#turn = (this.#turn + 1) % TURNS)
  }

  #hold(channel: string, own: Own): void {
    this.#own.set(channel, own)
    this.#devices.set(own.person, [...(this.#devices.get(own.person) ?? []), channel])
  }

  leaveOwn(channel: string): void {
    const own = this.#own.get(channel)
    if (own === undefined) return
    own.members -= 1
    if (own.members > 0) return
    this.#own.delete(channel)
    for (const tag of own.tags.values()) this.#holders.delete(tag)
    const others = this.#devices.get(own.person)?.filter((one) => one !== channel) ?? []
    if (others.length > 0) this.#devices.set(own.person, others)
    else this.#devices.delete(own.person)
  }

  /** What a client that missed something gets: the same whole view again. */
  again(audience: SharedAudience | { own: string }): ViewMessage | undefined {
    return (typeof audience === 'string' ? this.#shared.get(audience) : this.#own.get(audience.own))?.message
  }

  /** The version that each channel with somebody in it is at: who holds another one has missed something. */
  heads(turn: number): Head[] {
    const heads: Head[] = []
    const all = this.#shared.get('everyone')?.message.at
    if (turn === turnOf(this.#room.id)) {
      for (const [audience, { message, members }] of this.#shared) if (members > 0 && audience !== 'everyone') heads.push({ channel: channelOf(this.#room.id, audience), at: { [audience]: message.at } })
    }
    for (const [channel, own] of this.#own) {
      if (own.turn !== turn) continue
      const { audience, at } = own.message
      heads.push({ channel, at: { ...(audience === 'mine' && all !== undefined ? { everyone: all } : {}), [audience]: at } })
    }
    return heads
  }

  /** Nobody is in it, with whatever device. */
  get empty(): boolean {
    return this.#own.size === 0 && [...this.#shared.values()].every(({ members }) => members === 0)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#stop()
  }

  #mine(person: PersonId, tag: (scope: string) => Tag): unknown {
    const { state } = this.#room
    if (this.#around?.state !== state) this.#around = { state, of: aroundAll(state) }
    return mineView(state, person, tag, this.#around.of)
  }

  #committed(commit: Commit): void {
    this.#around = undefined
    this.#dirty = true
    if (commit.touched === 'all' || this.#touched === 'all') this.#touched = 'all'
    else for (const author of commit.touched) this.#touched.add(author)
    const wait = this.#lastFlush + WINDOW - performance.now()
    if (wait <= 0) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flushCommitted(), wait)
  }

  #flushCommitted(): void {
    this.#timer = undefined
    // Where the room cannot be read now, the next commit sends what this one did not.
    this.#room.settled(() => this.#flush()).catch(() => undefined)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#dirty) return
    this.#dirty = false
    this.#lastFlush = performance.now()
    const touched = this.#touched
    this.#touched = new Set()
    const { state, version } = this.#room
    const own = [...(touched === 'all' ? this.#own.keys() : this.#channels(touched))]
    for (const [audience, held] of this.#shared) {
      if (held.members > 0) this.#send(channelOf(this.#room.id, audience), held, SHARED[audience](state), version, audience === 'everyone' ? own : [])
    }
    for (const channel of own) {
      const held = this.#own.get(channel)
      if (held !== undefined) this.#send(channel, held, held.view(), version)
    }
    this.#meters.flushed(performance.now() - this.#lastFlush)
  }

  #send(channel: string, held: Held, view: unknown, version: number, then: readonly string[] = []): void {
    const { audience, at, view: before } = held.message
    const patch = diff(before, view)
    if (patch === undefined) return
    this.#announce(channel, { patch: { audience, from: at, at: version, patch } }, then)
    held.message = { audience, at: version, view }
  }

  #channels(touched: ReadonlySet<string>): Set<string> {
    const channels = new Set<string>()
    for (const author of touched) {
      const holder = this.#holders.get(author)
      if (holder !== undefined) channels.add(holder)
    }
    for (const author of touched) for (const channel of this.#devices.get(author) ?? []) channels.add(channel)
    return channels
  }

  #tagger(channel: string, veil: string, known: Map<string, Tag>): (scope: string) => Tag {
    return (scope) => {
      let tag = known.get(scope)
      if (tag === undefined) {
        tag = tagOf(veil, this.#room.id, scope)
        known.set(scope, tag)
        this.#holders.set(tag, channel)
      }
      return tag
    }
  }

  /** The tag function of a device that is here, so that deciding and viewing share one memory. */
  tagger(channel: string): ((scope: string) => Tag) | undefined {
    return this.#own.get(channel)?.tag
  }
}

/** Where an audience is told. */
export function channelOf(session: string, audience: SharedAudience): string {
  return `${session}/${audience}`
}

function ownChannel(session: string, person: PersonId, veil: string): string {
  return `${session}/mine/${person}/${createHash('sha256').update(veil).digest('base64url').slice(0, 10)}`
}
