/** The command `gatherwell move`: from where the settings say to where the person says. Answers what to print; every trouble is a sentence. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { namesDatabase } from '../log/database-address.ts'
import { CannotOpen, StorageRefused } from '../log/port.ts'
import type { NewShelf, Shelf } from '../log/shelf.ts'
import { BadCommand, USAGE } from './command.ts'
import { CannotKeep } from './manifest.ts'
import { move, type Moved } from './move.ts'

/** A data folder (an absolute path), or a database (its URL, which may hold a password). */
export type Where = { folder: string } | { url: string }

export interface MovePlaces {
  /** Where the data is now. */
  source: Where
  /** Where paths in the arguments begin. */
  from: string
  open(where: Where): Promise<Shelf>
  /** `again` empties what an unfinished move has left. */
  fill(where: Where, again: boolean): Promise<NewShelf>
  /** Hears how many sessions are over there, now and then. */
  tell?: (sentence: string) => void
}

/** So often whoever waits hears of it. */
const TELL_EVERY = 500

/** Runs it. `now` is milliseconds since 1970. Rejects with `BadCommand`, `CannotKeep` or `CannotOpen`. */
export async function moveCommand(args: readonly string[], { source, from, open, fill, tell = () => undefined }: MovePlaces, now: number): Promise<string> {
  const { to, again } = read(args)
  const target = placeOf(to, from)
  if (JSON.stringify(target) === JSON.stringify(source)) throw new BadCommand(`That is where the data is. ${'url' in source ? 'DATABASE_URL' : 'DATA_DIR'} says where it is moved from, --to where it is to go.`)
  const old = await open(source)
  try {
    const fresh = await fill(target, again)
    try {
      const moved = await move(old, fresh, now, (sessions) => { if (sessions % TELL_EVERY === 0) tell(`${String(sessions)} sessions …`) })
      return told(moved, old.where, fresh.where, source, target)
    } catch (error) {
      throw sentence(error, old.where, fresh.where)
    } finally {
      await fresh.close()
    }
  } finally {
    await old.close()
  }
}

function read(args: readonly string[]): { to: string; again: boolean } {
  try {
    const { to = '', again = false } = parseArgs({ args: [...args], options: { to: { type: 'string' }, again: { type: 'boolean' } } }).values
    if (to === '') throw new Error('Say where to, with --to')
    return { to, again }
  } catch (error) {
    throw new BadCommand(`${(error as Error).message}.\n\n${USAGE}`)
  }
}

function placeOf(to: string, from: string): Where {
  if (!/^[a-z][a-z\d+]+:\/\//i.test(to)) return { folder: resolve(from, to) }
  const isOurs = namesDatabase(to)
  // No part of it is repeated: anything in it may be the password.
  if (!isOurs) throw new BadCommand('What --to names is neither a folder nor postgres://user:password@host:port/database. Signs other than letters and digits in a password are written as %40 and the like.')
  return { url: to }
}

/** A drive or a database that failed on the way; anything else is a bug and stays what it is. */
function sentence(error: unknown, was: string, is: string): unknown {
  if (error instanceof CannotKeep || error instanceof BadCommand) return error
  const isStorage = error instanceof StorageRefused || error instanceof CannotOpen || (error instanceof Error && 'code' in error)
  return isStorage ? new CannotKeep(`The move was not finished: ${(error as Error).message.replace(/\.$/, '')}. Nothing was changed in ${was}. No server starts on ${is} until the move is run again, with --again.`) : error
}

function told({ sessions, events, peopleKeys, otherKeys }: Moved, was: string, is: string, source: Where, target: Where): string {
  const next = 'url' in target
    ? 'Set DATABASE_URL on every server to what you gave after --to, and start them.'
    : `Start one server on it: ${'url' in source ? 'without DATABASE_URL, and ' : ''}with DATA_DIR=${target.folder}\n     Until then it is a backup too: gatherwell verify ${target.folder}`
  return `Moved, read back and compared: ${was} → ${is}
  ${String(sessions)} sessions, ${String(events)} events, ${String(peopleKeys)} keys of people, ${String(otherKeys)} of hosts, facilitators and screens.
Next:
  1. ${next}
  2. Start no server on ${was} any more: what is written there would not come along.
  3. Keep it until you are sure, and then delete it, with its backups. Words that are erased from now on stay in it until you do.`
}
