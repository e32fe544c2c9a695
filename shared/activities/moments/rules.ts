/** How marks are kept by step and counted by people, so that no strip moves with one person's thumb. */
import { STEP } from '../k.ts'
import { addMark, marksOf, removeMark, tally } from './own.ts'
import { MARKS_PER_STEP, type MomentsEvent, type MomentsState, type StepMarks, type Tally } from './model.ts'

export function evolveMoments(state: MomentsState, event: MomentsEvent): void {
  switch (event.type) {
    case 'marked': {
      const marks = before(state, event)
      state.k = event.k
      addMark(marks, event.id, event.support === undefined ? { by: event.by, moment: event.moment } : { by: event.by, moment: event.moment, support: event.support })
      after(marks, event.by)
      return
    }
    case 'undone': {
      const marks = before(state, event)
      removeMark(marks, event.id)
      after(marks, event.by)
      return
    }
    case 'shown':
      state.shown = event.step
      return
    case 'unshown':
      delete state.shown
      return
  }
}

/** Back in a step whose strip may have been seen: what was seen is held fast before anything changes. */
function before(state: MomentsState, event: { step: string; again?: true }): StepMarks {
  const marks = (state.steps[event.step] ??= { marks: {}, changed: {} })
  if (event.again === true && marks.settled === undefined) marks.settled = tally(marks)
  return marks
}

function after(marks: StepMarks, by: string): void {
  if (marks.settled === undefined) return
  marks.changed[by] = true
  if (Object.keys(marks.changed).length < STEP) return
  marks.settled = tally(marks)
  marks.changed = {}
}

/** What a strip of this step may be made from. */
export function counted(marks: StepMarks): Tally {
  return marks.settled ?? tally(marks)
}

/** Whether this author has marks left in the step. */
export function mayMark(state: MomentsState, step: string, by: string): boolean {
  const marks = state.steps[step]
  return marks === undefined || marksOf(marks, by).length < MARKS_PER_STEP
}
