/** What others may ask of the open connections, whoever holds them. */
import type { Bye } from '#shared/wire/protocol.ts'

export interface Connections {
  /** Ends the open connections of these keys at once. */
  revoke(hashes: readonly string[]): void
  /** Ends every connection of a session, or of one person in it. */
  expel(session: string, reason: Bye, person?: string): void
  /** Tells consoles and screens of a session the new way in. */
  renewed(session: string): Promise<void>
  /** How many lines are open, by door and by what carries them, and of how many people. */
  lines(): { people: number; counts: readonly { door: string; transport: string; count: number }[] }
  /** People who are here now. */
  here(session: string): number
}
