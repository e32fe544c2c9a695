/** The kind "moments". Rules MO1 to MO7 of shared/SPEC.md. */
import { accept, defineActivity, type DecideContext, type Decision } from '../activity.ts'
import { STEP } from '../k.ts'
import { refuse } from '../../refusals.ts'
import { MomentsConfig, momentsCommands, type MomentsCommand, type MomentsEvent, type MomentsState } from './model.ts'
import { momentsRecord, momentsReport } from './report.ts'
import { removeMark } from './own.ts'
import { evolveMoments, mayMark } from './rules.ts'
import { sealedMarks, stripOf } from './strip.ts'
import { consoleView, introduced, mineView, scopeOf, standingView, type MomentsViews } from './views.ts'

export const moments = defineActivity<MomentsConfig, MomentsState, MomentsCommand, MomentsEvent, MomentsViews>({
  kind: 'moments',
  alwaysAnonymous: true,
  config: MomentsConfig,
  commands: momentsCommands,
  may: { mark: ['participant'], undo: ['participant'], show: ['facilitator'], unshow: ['facilitator'] },
  start: () => ({ steps: {} }),

  decide(state, command, context): Decision<MomentsEvent> {
    switch (command.type) {
      case 'mark':
        return mark(state, command, context)
      case 'undo':
        return undo(state, command.id, context)
      case 'show':
        if (state.shown === command.step) return refuse('already')
        return stripOf(state, command.step, context) === undefined ? refuse('too-few') : accept({ type: 'shown', step: command.step })
      case 'unshow':
        return state.shown === undefined ? refuse('already') : accept({ type: 'unshown' })
    }
  },
  evolve: evolveMoments,
  touches: (event) => (event.type === 'marked' || event.type === 'undone' ? [event.by] : []),
  begun: (state) => Object.keys(state.steps).length > 0,

  views: {
    facilitator: (state, around) => ({ ...introduced(around), ...consoleView(state, around) }),
    screen: (_state, around) => introduced(around),
    everyone: (_state, around) => introduced(around),
    mine: mineView,
    standing: standingView,
    standingForFacilitators: consoleView,
  },

  report: momentsReport,
  record: momentsRecord,
  seal(state) {
    const sealed: MomentsState = { steps: {} }
    for (const step of Object.keys(state.steps).sort()) {
      const marks = sealedMarks(state.steps[step] ?? { marks: {}, changed: {} }, state.k ?? STEP)
      if (marks !== undefined) sealed.steps[step] = marks
    }
    if (state.shown !== undefined) sealed.shown = state.shown
    return sealed
  },
  redact(state, what) {
    for (const marks of Object.values(state.steps)) {
      for (const [id, mark] of Object.entries(marks.marks)) {
        if ('id' in what ? id === what.id : mark.by === what.author) removeMark(marks, id)
      }
      if ('author' in what) delete marks.changed[what.author]
    }
  },
  // A tag for each step that the room was in.
  aliases: (state, step, tag) => Object.keys(state.steps).map((at) => tag(scopeOf({ step }, at))),
})

function mark(state: MomentsState, command: Extract<MomentsCommand, { type: 'mark' }>, context: DecideContext<MomentsConfig>): Decision<MomentsEvent> {
  const step = context.currentStep
  if (step === undefined) return refuse('not-open')
  if (!Object.hasOwn(context.config.moments, command.moment)) return refuse('not-found')
  const by = context.tag(scopeOf(context, step))
  if (!mayMark(state, step, by)) return refuse('too-many')
  const marked: MomentsEvent = { type: 'marked', id: context.id, step, by, moment: command.moment, k: context.k }
  if (command.support !== undefined) marked.support = command.support
  return accept({ ...marked, ...again(context, step) })
}

/** Only in the step that the room is in: what is over may have been seen, and stays as it was seen. */
function undo(state: MomentsState, id: string, context: DecideContext<MomentsConfig>): Decision<MomentsEvent> {
  const step = context.currentStep
  if (step === undefined) return refuse('not-open')
  const by = context.tag(scopeOf(context, step))
  if (state.steps[step]?.marks[id]?.by !== by) return refuse('not-found')
  return accept({ type: 'undone', id, step, by, ...again(context, step) })
}

function again(context: DecideContext<MomentsConfig>, step: string): { again?: true } {
  return context.steps[step]?.returned === true ? { again: true } : {}
}
