/** The rooms that are running here: loaded from the log when somebody needs them. */
import type { SessionEvent } from '#shared/session/events.ts'
import type { SessionState } from '#shared/session/model.ts'
import { say } from '#shared/say.ts'
import type { Log, SessionRow } from '../log/port.ts'
import { Audiences, type Announce } from './audience.ts'
import { Room, type Commit, type RoomDeps } from './room.ts'

export interface Running {
  room: Room
  audiences: Audiences
}

export class Rooms {
  #deps: RoomDeps
  #log: Log
  #now: () => number
  #announce: Announce
  #running = new Map<string, Promise<Running | undefined>>()
  #removed: (session: string, person: string) => void = () => undefined

  constructor(deps: RoomDeps, announce: Announce) {
    this.#deps = deps
    this.#log = deps.log
    this.#now = deps.now
    this.#announce = announce
  }

  /** The running room of a session, or undefined if there is no such session. */
  get(id: string): Promise<Running | undefined> {
    let running = this.#running.get(id)
    if (running === undefined) {
      running = this.#load(id)
      this.#running.set(id, running)
      // What is not there, or could not be read, is asked for again next time.
      const forget = () => this.#running.delete(id)
      running.then((found) => found === undefined && forget(), forget)
    }
    return running
  }

  /** Calls back when a person has been removed from a session, so that their connections end. */
  onRemoved(removed: (session: string, person: string) => void): void {
    this.#removed = removed
  }

  /** Forgets a room, for a session that is deleted. */
  async drop(id: string): Promise<void> {
    const running = await this.#running.get(id)?.catch(() => undefined)
    this.#running.delete(id)
    running?.audiences.close()
  }

  close(): void {
    for (const running of this.#running.values()) void running.then((found) => found?.audiences.close(), () => undefined)
  }

  async #load(id: string): Promise<Running | undefined> {
    const [room, row] = await Promise.all([Room.load(id, this.#deps), this.#log.session(id)])
    if (room === undefined) return undefined
    // A server that was killed between a commit and this summary of it left the summary behind.
    if (row?.phase !== room.state.phase) await this.#log.updateSession(id, summary(room.state, this.#now())).catch(() => undefined)
    room.onCommit((commit) => {
      void this.#keepDirectory(room, commit)
      for (const event of commit.events) if (event.type === 'person.removed') this.#removed(id, event.person)
    })
    return { room, audiences: new Audiences(room, this.#announce) }
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
