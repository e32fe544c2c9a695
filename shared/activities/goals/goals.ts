/** The goals kind. Rules DG1 to DG5 of shared/SPEC.md. */
import { defineActivity, FACILITATORS } from '../activity.ts'
import { anyJudged, wipeJudgements } from '../criteria/criteria.ts'
import { GoalsConfig, goalsCommands, type GoalsCommand, type GoalsEvent, type GoalsState } from './model.ts'
import { goalsReport } from './report.ts'
import { decideGoals, evolveGoals, nextGoal, previousGoal } from './rules.ts'
import { goalsFacilitatorView, goalsRoomView, type GoalsViews } from './views.ts'

const facilitator = ['facilitator'] as const

export const goals = defineActivity<GoalsConfig, GoalsState, GoalsCommand, GoalsEvent, GoalsViews>({
  kind: 'goals',
  config: GoalsConfig,
  commands: goalsCommands,
  may: { open: facilitator, close: facilitator, judge: facilitator },
  start: () => ({ opened: {}, criteria: {} }),

  decide: decideGoals,
  evolve: evolveGoals,
  touches: () => [],
  next: nextGoal,
  back: previousGoal,
  begun: (state) => Object.values(state.criteria).some(anyJudged),

  views: {
    facilitator: goalsFacilitatorView,
    screen: goalsRoomView,
    everyone: goalsRoomView,
    mine: () => undefined,
  },

  report: goalsReport,
  /** Nobody but facilitators writes here: there is no author and no order to remove. */
  seal: (state) => state,
  redact(state, what) {
    for (const [goal, judgements] of Object.entries(state.criteria)) {
      const meant = 'author' in what ? what.author === FACILITATORS : what.id === goal
      if (meant) wipeJudgements(judgements)
    }
  },
})
