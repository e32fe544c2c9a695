/** What each audience sees of the goals. All cards are public: phones open them for themselves. */
import type { Localized } from '../../localized.ts'
import type { Surroundings } from '../activity.ts'
import { criteriaFacilitatorView, criteriaView, type CriteriaFacilitatorView, type CriteriaView } from '../criteria/criteria.ts'
import type { GoalsConfig, GoalsState } from './model.ts'
import { openGoal } from './rules.ts'

export interface GoalCard {
  order: number
  department: Localized
  goal: Localized
  how?: Localized
  measure?: Localized
  bound?: Localized
}

export interface GoalsRoomView {
  prompt?: Localized
  /** The goal that the screen shows at full size; absent: all of them. */
  open?: string
  goals: Record<string, GoalCard & { criteria: CriteriaView }>
}

export interface GoalsViews {
  facilitator: {
    prompt?: Localized
    open?: string
    goals: Record<string, GoalCard & { opened: boolean; criteria: CriteriaFacilitatorView }>
  }
  screen: GoalsRoomView
  everyone: GoalsRoomView
  /** Participants only watch. */
  mine: Record<string, never>
}

type Around = Surroundings<GoalsConfig>

export function goalsRoomView(state: GoalsState, around: Around): GoalsRoomView {
  const goals: GoalsRoomView['goals'] = {}
  for (const [id, goal] of Object.entries(around.config.goals)) goals[id] = { ...card(goal), criteria: criteriaView(state.criteria[id] ?? {}) }
  return { ...frame(state, around), goals }
}

export function goalsFacilitatorView(state: GoalsState, around: Around): GoalsViews['facilitator'] {
  const goals: GoalsViews['facilitator']['goals'] = {}
  for (const [id, goal] of Object.entries(around.config.goals)) {
    goals[id] = { ...card(goal), opened: state.opened[id] === true, criteria: criteriaFacilitatorView(state.criteria[id] ?? {}) }
  }
  return { ...frame(state, around), goals }
}

function frame(state: GoalsState, { config }: Around): { prompt?: Localized; open?: string } {
  const view: { prompt?: Localized; open?: string } = {}
  if (config.prompt !== undefined) view.prompt = { ...config.prompt }
  const open = openGoal(state, config)
  if (open !== undefined) view.open = open
  return view
}

function card(goal: GoalsConfig['goals'][string]): GoalCard {
  const view: GoalCard = { order: goal.order, department: { ...goal.department }, goal: { ...goal.goal } }
  if (goal.how !== undefined) view.how = { ...goal.how }
  if (goal.measure !== undefined) view.measure = { ...goal.measure }
  if (goal.bound !== undefined) view.bound = { ...goal.bound }
  return view
}
