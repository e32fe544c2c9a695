/** The turns of a heartbeat: not all are told at once, since thousands of lines told in one go keep everybody else waiting. */

/** A beat's time is cut into so many turns, and everybody who is told has one of them. */
export const TURNS = 20

/** The turn of those of whom a session has one channel for all. */
export function turnOf(session: string): number {
  let sum = 0
  for (let i = 0; i < session.length; i += 1) sum += session.charCodeAt(i)
  return sum % TURNS
}
