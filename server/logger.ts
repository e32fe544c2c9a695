/** What the server may log: events, durations and outcomes. Never words, names, tokens, codes or addresses in full. */
import { createHash } from 'node:crypto'
import { buckets } from './access/bucket.ts'

export interface Logger {
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
}

/** The only things that a log line may carry. */
export interface Fields {
  event?: string
  /** A hash of the session's id. */
  room?: string
  ms?: number
  outcome?: string
  error?: string
  /** The network of an address, as `networkOf` tells it; never the address. */
  from?: string
}

/** How a log names a session: the same each time, and nothing to find it by. */
export function roomHash(session: string): string {
  return createHash('sha256').update(session).digest('base64url').slice(0, 8)
}

/** What may be told of a bug: its kind and the places in our code. Its message may quote what somebody wrote. */
export function whereItBroke(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  // The message may have lines that look like places; those come before the last of its lines.
  const stack = error.stack ?? ''
  const places = stack.slice(Math.max(0, stack.indexOf(error.message)) + error.message.length).split('\n').filter((line) => /^ {4}at /u.test(line))
  return [error.constructor.name, ...places].join('\n')
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** Lines that say the same of the same network: whoever asks a thousand times a second must not fill the drive that words are to go to. */
const ALIKE = { burst: 100, perSecond: 1 }

/**
 * One line of JSON for each thing that happened. Only the fields above are written, whatever a caller passes. Of a flood of lines
 * that are alike one in a second is written, and says with `withheld` how many were not since the one before.
 */
export function openLogger(level: string, write: (line: string) => void, now: () => number): Logger {
  const least = LEVELS.indexOf(level)
  const said = buckets(ALIKE)
  const held = new Map<string, number>()
  const log = (name: string) => (fields: Fields, message: string) => {
    if (LEVELS.indexOf(name) < least) return
    const { event, room, ms, outcome, error, from } = fields
    // Without the room: whoever asks for a thousand that are not there would have a thousand kinds.
    const kind = JSON.stringify([name, message, event, outcome, error, from])
    const before = held.get(kind)
    if (!said.take(kind, now()).ok) return void held.set(kind, (before ?? 0) + 1)
    held.delete(kind)
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level: name, message, event, room, ms, outcome, error, from, withheld: before })}\n`)
  }
  return { info: log('info'), warn: log('warn'), error: log('error') }
}
