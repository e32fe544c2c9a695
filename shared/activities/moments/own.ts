/**
 * Whose marks are whose, and how many people marked what: looked up and not counted anew, since five thousand people who come back at
 * once each ask for theirs among everybody's. Kept beside the state and never in it: a state that came from the log, or is a copy, is
 * counted once. Whatever changes marks does it through here.
 */
import type { Tag } from '../activity.ts'
import type { Mark, StepMarks, Tally } from './model.ts'

const owned = new WeakMap<StepMarks, Map<Tag, Set<string>>>()
const tallies = new WeakMap<StepMarks, Tally>()

/** Ids of an author's marks in a step, in the order in which they were made. */
export function marksOf(marks: StepMarks, by: Tag): readonly string[] {
  return [...(ownersOf(marks).get(by) ?? [])]
}

export function addMark(marks: StepMarks, id: string, mark: Mark): void {
  removeMark(marks, id)
  marks.marks[id] = mark
  const owners = owned.get(marks)
  if (owners !== undefined) note(owners, id, mark)
}

export function removeMark(marks: StepMarks, id: string): void {
  tallies.delete(marks)
  const mark = marks.marks[id]
  if (mark === undefined) return
  delete marks.marks[id]
  owned.get(marks)?.get(mark.by)?.delete(id)
}

/** People who marked, not marks: who marks one kind three times is one person. */
export function tally(marks: StepMarks): Tally {
  const known = tallies.get(marks)
  if (known !== undefined) return known
  const all = Object.values(marks.marks)
  const moments: Tally['moments'] = {}
  for (const moment of new Set(all.map((mark) => mark.moment))) moments[moment] = peopleIn(all.filter((mark) => mark.moment === moment))
  const counted: Tally = {
    people: peopleIn(all),
    moments,
    support: {
      self: peopleIn(all.filter((mark) => mark.support === 'self')),
      others: peopleIn(all.filter((mark) => mark.support === 'others')),
    },
  }
  tallies.set(marks, counted)
  return counted
}

function ownersOf(marks: StepMarks): Map<Tag, Set<string>> {
  let owners = owned.get(marks)
  if (owners === undefined) {
    owners = new Map()
    for (const [id, mark] of Object.entries(marks.marks)) note(owners, id, mark)
    owned.set(marks, owners)
  }
  return owners
}

function note(owners: Map<Tag, Set<string>>, id: string, mark: Mark): void {
  const ids = owners.get(mark.by) ?? new Set()
  owners.set(mark.by, ids.add(id))
}

function peopleIn(marks: readonly Mark[]): number {
  return new Set(marks.map((mark) => mark.by)).size
}
