/** Whether a step asks people for words or a choice: whose they are then has to be said, and only then is there something to lock. */
import { kindOf } from '../activities/registry.ts'

/** A lock stops writing. What people may send all the same (a turn that is passed on) is none, except where nobody could ever be named. */
export function asksPeople(kindName: string): boolean {
  const kind = kindOf(kindName)
  if (kind === undefined) return false
  const fromPeople = Object.entries(kind.may).filter(([, senders]) => senders.includes('participant'))
  return fromPeople.some(([type]) => kind.alwaysAnonymous === true || kind.whenLocked?.includes(type) !== true)
}
