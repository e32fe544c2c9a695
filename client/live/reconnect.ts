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
