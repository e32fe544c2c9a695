/** The talk kind. Rules TK1 to TK6 of shared/SPEC.md. */
import { defineActivity } from '../activity.ts'
import { talkCommands, TalkConfig, type TalkCommand, type TalkEvent, type TalkState } from './model.ts'
import { talkRecord, talkReport } from './report.ts'
import { decideTalk, evolveTalk } from './rules.ts'
import { counted, isRunning, setTurns } from './first.ts'
import { asked, mineTalk, type TalkViews } from './views.ts'

export const talk = defineActivity<TalkConfig, TalkState, TalkCommand, TalkEvent, TalkViews>({
  kind: 'talk',
  config: TalkConfig,
  commands: talkCommands,
  may: { swap: ['participant'], pass: ['participant'], speak: ['participant'], begin: ['participant'], more: ['facilitator'] },
  // A lock stops writing; nobody writes here.
  whenLocked: ['swap', 'pass', 'speak', 'begin'],
  start: () => ({ turns: {}, passed: {}, more: 0 }),
  decide: decideTalk,
  evolve: evolveTalk,
  touches: (event) => (event.type === 'lengthened' ? 'all' : event.people),
  facing: counted,
  begun: (state) => Object.keys(state.turns).length > 0,
  views: {
    facilitator: asked,
    screen: asked,
    everyone: asked,
    mine: (state, viewer, around) => mineTalk(state, viewer.author, around),
  },
  report: talkReport,
  record: talkRecord,
  seal: (state) => ({ turns: {}, passed: {}, more: state.more }),
  redact(state, what) {
    if (!('author' in what)) return
    const { author } = what
    delete state.passed[author]
    for (const [group, turns] of Object.entries(state.turns)) {
      if ([...turns.order, ...(isRunning(turns) ? turns.done : [])].includes(author)) setTurns(state, group, undefined)
    }
  },
})
