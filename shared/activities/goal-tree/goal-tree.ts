/** The goal-tree kind. Rules GT1 to GT9 and CR1 to CR4 of shared/SPEC.md. */
import { defineActivity, FACILITATORS, type Surroundings } from '../activity.ts'
import { anyJudged, wipeJudgements } from '../criteria/criteria.ts'
import { neighbour } from './levels.ts'
import { GoalTreeConfig, goalTreeCommands, type GoalTreeCommand, type GoalTreeEvent, type GoalTreeState } from './model.ts'
import { goalTreeReport } from './report.ts'
import { decideGoalTree, evolveGoalTree } from './rules.ts'
import { editorView, roomView, type GoalTreeViews } from './views.ts'

const facilitator = ['facilitator'] as const
/** What `redact` takes for the notes at the criteria; no node of a plan can have this key. */
const CRITERIA_NOTES = '@criteria'

export const goalTree = defineActivity<GoalTreeConfig, GoalTreeState, GoalTreeCommand, GoalTreeEvent, GoalTreeViews>({
  kind: 'goal-tree',
  config: GoalTreeConfig,
  commands: goalTreeCommands,
  may: { write: facilitator, 'take-sample': facilitator, 'take-samples': facilitator, clear: facilitator, judge: facilitator, show: facilitator },
  start: () => ({ at: { level: 'smart', page: 0 }, reached: { level: 'smart', page: 0 }, nodes: {}, criteria: {} }),

  decide: decideGoalTree,
  evolve: evolveGoalTree,
  touches: () => [],
  next: (state, around) => moved(state, around, 1),
  back: (state, around) => moved(state, around, -1),
  begun: (state) => anyJudged(state.criteria) || Object.values(state.nodes).some((node) => node.is === 'own'),

  views: {
    facilitator: editorView,
    screen: roomView,
    everyone: roomView,
    mine: () => undefined,
  },

  report: goalTreeReport,
  /** Nobody but facilitators writes here: there is no author and no order to remove. */
  seal: (state) => state,
  redact(state, what) {
    const all = 'author' in what && what.author === FACILITATORS
    for (const [key, node] of Object.entries(state.nodes)) {
      if (node.is === 'own' && (all || ('id' in what && what.id === key))) state.nodes[key] = { is: 'empty', version: node.version + 1 }
    }
    if (all || ('id' in what && what.id === CRITERIA_NOTES)) wipeJudgements(state.criteria)
  },
  erases: (event) => event.type === 'cleared',
})

function moved(state: GoalTreeState, around: Surroundings<GoalTreeConfig>, by: 1 | -1): GoalTreeEvent | undefined {
  const place = neighbour(around.config, state.at, by)
  return place === undefined ? undefined : { type: 'shown', level: place.level, page: place.page }
}
