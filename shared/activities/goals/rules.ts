/** Opening one card after the other, and judging each. */
import { accept, type DecideContext, type Decision, type Surroundings } from '../activity.ts'
import { decideJudge, evolveJudged } from '../criteria/criteria.ts'
import { idsInOrder } from '../../ordered.ts'
import { refuse } from '../../refusals.ts'
import type { GoalsCommand, GoalsConfig, GoalsEvent, GoalsState } from './model.ts'

/** The goal that is open, if the plan still has it. */
export function openGoal(state: GoalsState, config: GoalsConfig): string | undefined {
  return state.open !== undefined && Object.hasOwn(config.goals, state.open) ? state.open : undefined
}

export function decideGoals(state: GoalsState, command: GoalsCommand, { config }: DecideContext<GoalsConfig>): Decision<GoalsEvent> {
  switch (command.type) {
    case 'open':
      if (!Object.hasOwn(config.goals, command.goal)) return refuse('not-found')
      return state.open === command.goal ? accept() : accept({ type: 'opened', goal: command.goal })
    case 'close':
      return state.open === undefined ? accept() : accept({ type: 'closed' })
    case 'judge': {
      if (!Object.hasOwn(config.goals, command.goal)) return refuse('not-found')
      const judged = decideJudge(state.criteria[command.goal] ?? {}, command)
      if ('refused' in judged) return judged
      return accept(...judged.events.map((event) => ({ type: 'judged' as const, goal: command.goal, ...event })))
    }
  }
}

export function evolveGoals(state: GoalsState, event: GoalsEvent): void {
  switch (event.type) {
    case 'opened':
      state.open = event.goal
      state.opened[event.goal] = true
      return
    case 'closed':
      delete state.open
      return
    case 'judged':
      evolveJudged((state.criteria[event.goal] ??= {}), event)
      return
  }
}

/** "Next": the card after the open one, or the first that nobody has seen yet; undefined when there is none left. */
export function nextGoal(state: GoalsState, { config }: Surroundings<GoalsConfig>): GoalsEvent | undefined {
  const ids = idsInOrder(config.goals)
  const open = openGoal(state, config)
  const goal = open === undefined ? ids.find((id) => state.opened[id] !== true) : ids[ids.indexOf(open) + 1]
  return goal === undefined ? undefined : { type: 'opened', goal }
}

/** "Back": the card before the open one, then all cards; from there out of the step. */
export function previousGoal(state: GoalsState, { config }: Surroundings<GoalsConfig>): GoalsEvent | undefined {
  const ids = idsInOrder(config.goals)
  const open = openGoal(state, config)
  if (open === undefined) return undefined
  const goal = ids[ids.indexOf(open) - 1]
  return goal === undefined ? { type: 'closed' } : { type: 'opened', goal }
}
