/** No answer for this long means that the line is dead, whatever it says: a new one is made. ms */
export const SILENCE = 8_000

/** How a client comes back: soon, and not all at once. A whole room that lost its network returns within seconds, spread over them. */
export const RECONNECT = {
  /** The first wait, ms; each next is twice as long, up to the longest: with that, and two seconds for a server, a room is back in five. */
  reconnectionDelay: 300,
  reconnectionDelayMax: 3_000,
  /** Each wait is up to this share shorter or longer, by chance. */
  randomizationFactor: 0.9,
}

/** Tries at the server where everybody of the session is, for each one that may come to another. */
const AT_HOME = 2
/** So much of a session's id is enough to spread sessions over servers. */
const NAME = 4

/**
 * What a proxy in front of several servers goes by (`line=`): a session is best with one server, since each that has somebody of it does
 * all of its work; but after two tries in vain the third may come to another, as what is wrong may be that server. `failed`: tries in vain;
 * `chance`: of this page.
 */
export function lineOf(session: string, failed: number, chance: string): string {
  return failed % (AT_HOME + 1) === AT_HOME ? `${chance}${failed}` : session.slice(0, NAME)
}
