/** Who may change which node, and what it then holds. Every change counts the node's version up; a command names the one it saw. */
import { accept, type DecideContext, type Decision } from '../activity.ts'
import { decideJudge, evolveJudged } from '../criteria/criteria.ts'
import type { Localized } from '../../localized.ts'
import { idsInOrder } from '../../ordered.ts'
import { refuse } from '../../refusals.ts'
import { oneLine } from '../../text.ts'
import { isAfter, placesOf, settled } from './levels.ts'
import type { GoalTreeCommand, GoalTreeConfig, GoalTreeEvent, GoalTreeState, NodeState } from './model.ts'

/** Every node's key, from the goal down, in reading order. */
export function nodeKeys(config: GoalTreeConfig): string[] {
  const under = (id: string) => idsInOrder(config.objectives[id]?.activities ?? {}).map((activity) => `${id}.${activity}`)
  return ['goal', ...idsInOrder(config.objectives).flatMap((id) => [id, ...under(id)])]
}

/** The plan's sample for a node; undefined where the plan has no such node. */
export function sampleOf(config: GoalTreeConfig, key: string): Localized | undefined {
  if (key === 'goal') return config.goal.sample
  const [id = '', activity] = key.split('.')
  const objective = Object.hasOwn(config.objectives, id) ? config.objectives[id] : undefined
  if (activity === undefined || objective === undefined) return objective?.sample
  return Object.hasOwn(objective.activities, activity) ? objective.activities[activity]?.sample : undefined
}

/** What a node holds. A sample that the plan has no words for is as good as empty. */
export function nodeOf(state: GoalTreeState, config: GoalTreeConfig, key: string): NodeState {
  const node: NodeState = state.nodes[key] ?? { is: config.begin, version: 0 }
  return node.is === 'sample' && !hasWords(sampleOf(config, key)) ? { is: 'empty', version: node.version } : node
}

export function decideGoalTree(state: GoalTreeState, command: GoalTreeCommand, { config }: DecideContext<GoalTreeConfig>): Decision<GoalTreeEvent> {
  switch (command.type) {
    case 'write': {
      const text = oneLine(command.text)
      if (text === '') return change(state, config, command, 'empty', { type: 'cleared', node: command.node })
      const now = nodeOf(state, config, command.node)
      if (now.is === 'own' && now.text === text) return accept()
      return change(state, config, command, 'own', { type: 'written', node: command.node, text })
    }
    case 'take-sample':
      if (!hasWords(sampleOf(config, command.node))) return refuse('not-found')
      return change(state, config, command, 'sample', { type: 'samples-taken', nodes: [command.node] })
    case 'take-samples': {
      const nodes = nodeKeys(config).filter((key) => nodeOf(state, config, key).is === 'empty' && hasWords(sampleOf(config, key)))
      return nodes.length === 0 ? accept() : accept({ type: 'samples-taken', nodes })
    }
    case 'clear':
      return change(state, config, command, 'empty', { type: 'cleared', node: command.node })
    case 'judge': {
      const judged = decideJudge(state.criteria, command)
      return 'refused' in judged ? judged : accept(...judged.events.map((event) => ({ type: 'judged' as const, ...event })))
    }
    case 'show': {
      const place = { level: command.level, page: command.page ?? 0 }
      if (!placesOf(config).some(({ level, page }) => level === place.level && page === place.page)) return refuse('not-found')
      const here = settled(config, state.at)
      return here.level === place.level && here.page === place.page ? accept() : accept({ type: 'shown', ...place })
    }
  }
}

/** Accepts a change of a node that exists and has not been changed since the sender saw it; nothing where it already is so. */
function change(
  state: GoalTreeState,
  config: GoalTreeConfig,
  { node, seen }: { node: string; seen: number },
  to: NodeState['is'],
  event: GoalTreeEvent,
): Decision<GoalTreeEvent> {
  if (sampleOf(config, node) === undefined) return refuse('not-found')
  const now = nodeOf(state, config, node)
  if (now.is === to && to !== 'own') return accept()
  return now.version === seen ? accept(event) : refuse('moved-on')
}

export function evolveGoalTree(state: GoalTreeState, event: GoalTreeEvent): void {
  switch (event.type) {
    case 'written':
      state.nodes[event.node] = { is: 'own', text: event.text, version: nextVersion(state, event.node) }
      return
    case 'samples-taken':
      for (const node of event.nodes) state.nodes[node] = { is: 'sample', version: nextVersion(state, node) }
      return
    case 'cleared':
      state.nodes[event.node] = { is: 'empty', version: nextVersion(state, event.node) }
      return
    case 'judged':
      evolveJudged(state.criteria, event)
      return
    case 'shown':
      state.at = { level: event.level, page: event.page }
      if (isAfter(state.at, state.reached)) state.reached = { level: event.level, page: event.page }
      return
  }
}

function nextVersion(state: GoalTreeState, node: string): number {
  return (state.nodes[node]?.version ?? 0) + 1
}

function hasWords(text: Localized | undefined): boolean {
  return (text?.en ?? '') !== '' || (text?.es ?? '') !== ''
}
