/** Who follows which session, and is told when another server has moved its log: by announcements, and by looking whatever happened to those. */
import type { Head } from './port.ts'
import type { Ask } from './postgres-sql.ts'

/** An announcement may be lost; nobody is left behind for longer than this and the time that looking takes. */
const LOOK_MS = 2_000

type Moved = (head: Head | undefined) => void

interface Followed {
  /** What was heard or written last; 'unknown' before anything was. */
  last: Head | 'unknown' | 'gone'
  followers: Set<Moved>
}

export interface Following {
  /** The sessions that are followed here. */
  sessions(): string[]
  follows(session: string): boolean
  /** Where a followed session stands, as far as is known here. */
  head(session: string): Head | undefined
  follow(session: string, moved: Moved): () => void
  /** What this server has done itself: nobody here needs to be told. */
  wrote(session: string, head: Head | undefined): void
  /** What another one says that it has done. */
  heard(session: string, head: Head | undefined): void
  /** Looks where all followed sessions stand. Never rejects. */
  look(): Promise<void>
  close(): Promise<void>
}

/** `began` hears of a session that is followed here from now on, `left` of one that is followed here no more. */
export function openFollowing(ask: Ask, began: (session: string) => void, left: (session: string) => void): Following {
  const sessions = new Map<string, Followed>()
  let looking: Promise<void> | undefined

  function heard(session: string, head: Head | undefined): void {
    const followed = sessions.get(session)
    if (followed === undefined || isSame(followed.last, head)) return
    followed.last = head ?? 'gone'
    for (const tell of [...followed.followers]) tell(head)
  }

  async function lookOnce(): Promise<void> {
    const asked = [...sessions].map(([session, followed]) => [session, followed, followed.last] as const)
    if (asked.length === 0) return
    const rows = await ask<Head & { session: string }>('SELECT session, seq, edition FROM heads WHERE session = ANY ($1)', [asked.map(([session]) => session)])
    const found = new Map(rows.map(({ session, seq, edition }) => [session, { seq, edition }]))
    for (const [session, followed, last] of asked) {
      // What was written or heard while this was asked is newer than the answer.
      if (sessions.get(session) === followed && followed.last === last) heard(session, found.get(session))
    }
  }

  function look(): Promise<void> {
    looking ??= lookOnce().catch(() => undefined).finally(() => { looking = undefined })
    return looking
  }

  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()

  return {
    sessions: () => [...sessions.keys()],
    follows: (session) => sessions.has(session),
    head(session) {
      const last = sessions.get(session)?.last
      return typeof last === 'object' ? last : undefined
    },
    follow(session, moved) {
      const known = sessions.get(session)
      const followed: Followed = known ?? { last: 'unknown', followers: new Set() }
      if (known === undefined) {
        sessions.set(session, followed)
        began(session)
      }
      // A follower of its own, though two may have given the same function.
      const follower: Moved = (head) => moved(head)
      followed.followers.add(follower)
      return () => {
        followed.followers.delete(follower)
        if (followed.followers.size > 0 || sessions.get(session) !== followed) return
        sessions.delete(session)
        left(session)
      }
    },
    wrote(session, head) {
      const followed = sessions.get(session)
      if (followed !== undefined && head !== undefined) followed.last = head
      else if (head === undefined) heard(session, undefined)
    },
    heard,
    look,
    async close() {
      clearInterval(timer)
      sessions.clear()
      await looking
    },
  }
}

function isSame(last: Followed['last'], head: Head | undefined): boolean {
  if (typeof last === 'string') return last === 'gone' && head === undefined
  return head !== undefined && last.seq === head.seq && last.edition === head.edition
}
