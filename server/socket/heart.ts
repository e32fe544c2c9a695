/** The heartbeat of every session that somebody is in: not all at once, since ten thousand lines told in one go keep everybody else waiting. */

/** A beat's time is cut into so many turns, and each session has one of them. */
const TURNS = 20

/** Has `tell` called for each of the sessions once in `every` ms, each time in its own turn, and `turn` before each turn's. Answers how to end it. */
export function openHeart(every: number, sessions: () => Iterable<string>, tell: (session: string) => void, turn: () => void): () => void {
  let at = 0
  const beating = setInterval(() => {
    at = (at + 1) % TURNS
    turn()
    for (const session of sessions()) if (turnOf(session) === at) tell(session)
  }, every / TURNS)
  beating.unref()
  return () => clearInterval(beating)
}

function turnOf(session: string): number {
  let sum = 0
  for (let i = 0; i < session.length; i += 1) sum += session.charCodeAt(i)
  return sum % TURNS
}
