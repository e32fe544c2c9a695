/** How often each has gone first in a talk, counted once and kept as turns change: a draw asks it of every talk so far. Kept beside the state and never in it. */
import type { PersonId } from '../activity.ts'
import type { Running, TalkState, Turns } from './model.ts'

const counts = new WeakMap<TalkState['turns'], ReadonlyMap<PersonId, number>>()

/** The same for as long as nobody has gone first who had not; undefined: nobody has asked. */
export function counted({ turns }: TalkState): unknown {
  return counts.get(turns)
}

/** Whether a group has begun. */
export function isRunning(turns: Turns | undefined): turns is Running {
  return turns !== undefined && 'startedAt' in turns
}

/** In how many groups of a talk this person has gone first. */
export function firsts({ turns }: TalkState, person: PersonId): number {
  let known = counts.get(turns)
  if (known === undefined) {
    const all = new Map<PersonId, number>()
    for (const each of Object.values(turns)) if (isRunning(each)) all.set(each.first, (all.get(each.first) ?? 0) + 1)
    counts.set(turns, (known = all))
  }
  return known.get(person) ?? 0
}

/** Whatever changes a group's turns does it through here. Undefined: they are gone. */
export function setTurns({ turns }: TalkState, group: string, to: Turns | undefined): void {
  const known = counts.get(turns)
  const [before, after] = [firstIn(turns[group]), firstIn(to)]
  if (known !== undefined && before !== after) {
    const all = new Map(known)
    if (before !== undefined) all.set(before, (all.get(before) ?? 0) - 1)
    if (after !== undefined) all.set(after, (all.get(after) ?? 0) + 1)
    counts.set(turns, all)
  }
  if (to === undefined) delete turns[group]
  else turns[group] = to
}

function firstIn(turns: Turns | undefined): PersonId | undefined {
  return isRunning(turns) ? turns.first : undefined
}
