/** The rooms that are running here: loaded from the log when somebody needs them, let go when nobody has for a while. */
import type { SessionEvent } from '#shared/session/events.ts'
import type { SessionState } from '#shared/session/model.ts'
import { say } from '#shared/say.ts'
import type { Log, SessionRow } from '../log/port.ts'
import type { Meters } from '../meters/meters.ts'
import { Audiences, type Announce } from './audience.ts'
import { Room, type Commit, type RoomDeps } from './room.ts'

/** A room that nobody is in or asks for is let go after this long, ms: a break of the session does not empty it, an evening does. */
const REST = 10 * 60_000
/** Between two looks for such rooms, ms. */
const LOOK = 60_000

export interface RoomsDeps extends RoomDeps {
  /** What the audiences of rooms report of themselves to. */
  meters?: Meters
}

export interface Running {
  room: Room
  audiences: Audiences
}

interface Resident {
  running: Promise<Running | undefined>
  /** When somebody last asked for it, ms. */
  asked: number
  /** The same, once it is loaded. */
  found?: Running
}

export class Rooms {
  #deps: RoomsDeps
  #log: Log
  #now: () => number
  #announce: Announce
  #residents = new Map<string, Resident>()
  #looking: NodeJS.Timeout
  #deleted: (session: string) => void = () => undefined
  #removed: (session: string, person: string) => void = () => undefined
  #joined: (session: string, person: string) => void = () => undefined
  #merged: (session: string, person: string) => void = () => undefined
  #over: (people: readonly string[]) => void = () => undefined

  constructor(deps: RoomsDeps, announce: Announce) {
    this.#deps = deps
    this.#log = deps.log
    this.#now = deps.now
    this.#announce = announce
    deps.peers?.onTold((message) => {
      if (message.type !== 'refused') return
      const running = this.#residents.get(message.session)?.running
      void running?.then((found) => found?.room.refusedElsewhere(message.receipt, message.refusal), () => undefined)
    })
    this.#looking = setInterval(() => void this.rest(), LOOK)
    this.#looking.unref()
  }

  /** The running room of a session, or undefined if there is no such session. */
  get(id: string): Promise<Running | undefined> {
    const resident = this.#residents.get(id)
    if (resident !== undefined) {
      resident.asked = this.#now()
      return resident.running
    }
    const running = this.#load(id)
    const loading: Resident = { running, asked: this.#now() }
    this.#residents.set(id, loading)
    // What is not there, or could not be read, is asked for again next time.
    const forget = () => void (this.#residents.get(id) === loading && this.#residents.delete(id))
    running.then((found) => (found === undefined ? forget() : (loading.found = found)), forget)
    return running
  }

  /** The phases of the sessions that run here. */
  phases(): SessionState['phase'][] {
    return [...this.#residents.values()].flatMap(({ found }) => (found === undefined ? [] : [found.room.state.phase]))
  }

  /** Lets go of rooms in which nobody is and for which nobody has asked for a while. Looked for every minute. */
  async rest(): Promise<void> {
    for (const [id, resident] of this.#residents) {
      if (this.#now() - resident.asked < REST) continue
      const found = await resident.running.catch(() => undefined)
      // Somebody may have come while it was loading.
      if (found === undefined || !found.audiences.empty || this.#now() - resident.asked < REST) continue
      this.#letGo(id, found)
      const { phase, people } = found.room.state
      if (phase === 'ended') this.#over(Object.keys(people))
    }
  }

  /** Calls back when a person has been removed from a session, so that their connections end. */
  onRemoved(removed: (session: string, person: string) => void): void {
    this.#removed = removed
  }

  /** Calls back when a person is somebody else from now on, so that their connections are made anew. */
  onMerged(merged: (session: string, person: string) => void): void {
    this.#merged = merged
  }

  /** Calls back when a person has joined, inside the commit: whoever waited at the door may come in. */
  onJoined(joined: (session: string, person: string) => void): void {
    this.#joined = joined
  }

  /** Calls back when another server has deleted a session, whose room is let go then. */
  onDeleted(deleted: (session: string) => void): void {
    this.#deleted = deleted
  }

  /** Calls back with the people of an ended session when the last of them has been gone for a while. */
  onOver(over: (people: readonly string[]) => void): void {
    this.#over = over
  }

  /** Forgets a room, for a session that is deleted. */
  async drop(id: string): Promise<void> {
    const resident = this.#residents.get(id)
    if (resident === undefined) return
    const found = await resident.running.catch(() => undefined)
    if (found === undefined) this.#residents.delete(id)
    else this.#letGo(id, found)
  }

  /** A session must not run twice, or what one room commits is not told by the other: whoever has this one in hand asks for the next. */
  #letGo(id: string, { room, audiences }: Running): void {
    this.#residents.delete(id)
    room.close()
    audiences.close()
  }

  close(): void {
    clearInterval(this.#looking)
    for (const { running } of this.#residents.values()) void running.then((found) => found?.audiences.close(), () => undefined)
  }

  async #load(id: string): Promise<Running | undefined> {
    const [room, row] = await Promise.all([Room.load(id, this.#deps), this.#log.session(id)])
    if (room === undefined) return undefined
    // A server that was killed between a commit and this summary of it left the summary behind.
    if (row?.phase !== room.state.phase) await this.#log.updateSession(id, summary(room.state, this.#now())).catch(() => undefined)
    room.onGone(() => void this.drop(id).then(() => this.#deleted(id)))
    room.onCommit((commit) => {
      if (commit.own) void this.#keepDirectory(room, commit)
      for (const event of commit.events) {
        if (event.type === 'person.joined') this.#joined(id, event.person)
        if (event.type === 'person.merged') setImmediate(() => this.#merged(id, event.person))
        if (event.type !== 'person.removed' && event.type !== 'person.erased') continue
        // Who asked for it themselves hears that it is done before their line ends.
        setImmediate(() => this.#removed(id, event.person))
      }
    })
    return { room, audiences: new Audiences(room, this.#announce, this.#deps.meters) }
  }

  /** The directory is a summary of the log, for lists: written after it, and only when it says something else. */
  async #keepDirectory(room: Room, commit: Commit): Promise<void> {
    if (!commit.events.some(listed)) return
    const change = summary(room.state, this.#now())
    await this.#log.updateSession(room.id, change).catch(() => undefined)
  }
}

function listed(event: SessionEvent): boolean {
  return event.type === 'session.opened' || event.type === 'session.ended' || event.type === 'step.entered' || event.type === 'plan.changed'
}

/** What the directory says of a session. */
export function summary(state: SessionState, now: number): Partial<Pick<SessionRow, 'title' | 'phase' | 'endedAt'>> {
  const change = { title: say(state.plan.title, state.plan.languages[0] ?? 'en'), phase: state.phase }
  return state.phase === 'ended' ? { ...change, endedAt: now } : change
}
