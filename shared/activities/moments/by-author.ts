/** Whose marks are whose in a step, found once for all who come back together: not by everybody among the marks of all. */
import type { Tag } from '../activity.ts'
import type { Mark, StepMarks } from './model.ts'

type Own = readonly (readonly [id: string, mark: Mark])[]

const NONE: Own = []
/** Of steps in which nothing has changed since; no part of the state. */
const known = new WeakMap<StepMarks, Map<Tag, [string, Mark][]>>()

/** The marks of one author, oldest first. */
export function marksBy(step: StepMarks | undefined, author: Tag): Own {
  if (step === undefined) return NONE
  let authors = known.get(step)
  if (authors === undefined) {
    authors = new Map()
    for (const entry of Object.entries(step.marks)) {
      const theirs = authors.get(entry[1].by)
      if (theirs === undefined) authors.set(entry[1].by, [entry])
      else theirs.push(entry)
    }
    known.set(step, authors)
  }
  return authors.get(author) ?? NONE
}

/** To be told of whatever changes the marks of a step. */
export function changed(step: StepMarks): void {
  known.delete(step)
}
