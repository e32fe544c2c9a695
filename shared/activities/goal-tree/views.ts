/** What each audience sees of a tree: the room what has been revealed, facilitators every node with its sample and version. */
import type { Localized } from '../../localized.ts'
import { idsInOrder } from '../../ordered.ts'
import type { Surroundings } from '../activity.ts'
import { criteriaFacilitatorView, criteriaView, type CriteriaFacilitatorView, type CriteriaView } from '../criteria/criteria.ts'
import { CRITERIA, type Criterion } from '../criteria/list.ts'
import { activityPages, covers, placesOf, settled, type Level } from './levels.ts'
import type { GoalTreeConfig, GoalTreeState } from './model.ts'
import { nodeOf, sampleOf } from './rules.ts'

/** The room's own words, or a sample in its languages, or neither: an empty place. */
export interface NodeView {
  order: number
  own?: string
  sample?: Localized
}

export interface EditNodeView {
  order: number
  is: 'own' | 'sample' | 'empty'
  version: number
  own?: string
  /** What the plan offers, whether taken or not; absent: nothing. */
  sample?: Localized
}

/** What is common to all: where the room is, and what SMART means. */
export interface TreeFrame {
  level: Level
  /** Which page of the activities, from 1, where there are several. */
  page?: number
  pages?: number
  /** The levels that this tree has, in order. */
  levels: Partial<Record<Level, { order: number }>>
  why: Localized
  meanings: Record<Criterion, Localized>
}

export interface RoomView extends TreeFrame {
  /** Absent: that level has not been revealed. */
  goal?: NodeView
  criteria?: CriteriaView
  objectives?: Record<string, NodeView & { onPage?: true; activities?: Record<string, NodeView> }>
  question?: Localized
}

export interface GoalTreeViews {
  facilitator: TreeFrame & {
    goal: EditNodeView
    criteria: CriteriaFacilitatorView
    objectives: Record<string, EditNodeView & { activities: Record<string, EditNodeView> }>
    question?: Localized
  }
  screen: RoomView
  everyone: RoomView
  /** Participants only watch. */
  mine: Record<string, never>
}

type Around = Surroundings<GoalTreeConfig>

/** The screen and the phones: level by level. */
export function roomView(state: GoalTreeState, around: Around): RoomView {
  const { config } = around
  const at = settled(config, state.at)
  const view: RoomView = frame(state, around)
  if (covers(at, 'goal')) {
    view.goal = shownNode(state, config, 'goal', 0)
    view.criteria = criteriaView(state.criteria)
  }
  if (covers(at, 'objectives')) {
    const pages = activityPages(config)
    view.objectives = {}
    for (const id of idsInOrder(config.objectives)) {
      const page = pages.findIndex((ids) => ids.includes(id))
      const objective: NonNullable<RoomView['objectives']>[string] = shownNode(state, config, id, config.objectives[id]?.order ?? 0)
      if (at.level === 'activities' && page <= at.page) {
        if (page === at.page) objective.onPage = true
        objective.activities = {}
        for (const [activity, { order }] of Object.entries(config.objectives[id]?.activities ?? {})) {
          objective.activities[activity] = shownNode(state, config, `${id}.${activity}`, order)
        }
      }
      view.objectives[id] = objective
    }
  }
  if (covers(at, 'question') && config.question !== undefined) view.question = { ...config.question }
  return view
}

export function editorView(state: GoalTreeState, around: Around): GoalTreeViews['facilitator'] {
  const { config } = around
  const view: GoalTreeViews['facilitator'] = {
    ...frame(state, around),
    goal: editNode(state, config, 'goal', 0),
    criteria: criteriaFacilitatorView(state.criteria),
    objectives: {},
  }
  for (const [id, objective] of Object.entries(config.objectives)) {
    const activities: Record<string, EditNodeView> = {}
    for (const [activity, { order }] of Object.entries(objective.activities)) {
      activities[activity] = editNode(state, config, `${id}.${activity}`, order)
    }
    view.objectives[id] = { ...editNode(state, config, id, objective.order), activities }
  }
  if (config.question !== undefined) view.question = { ...config.question }
  return view
}

function frame(state: GoalTreeState, { config }: Around): TreeFrame {
  const at = settled(config, state.at)
  const pages = activityPages(config).length
  const view: TreeFrame = { level: at.level, levels: {}, why: { ...config.why }, meanings: meaningsOf(config) }
  for (const [order, { level }] of placesOf(config).entries()) view.levels[level] ??= { order }
  if (at.level === 'activities' && pages > 1) {
    view.page = at.page + 1
    view.pages = pages
  }
  return view
}

function meaningsOf(config: GoalTreeConfig): Record<Criterion, Localized> {
  return Object.fromEntries(CRITERIA.map((criterion) => [criterion, { ...config.meanings[criterion] }])) as Record<Criterion, Localized>
}

function shownNode(state: GoalTreeState, config: GoalTreeConfig, key: string, order: number): NodeView {
  const node = nodeOf(state, config, key)
  if (node.is === 'own') return { order, own: node.text }
  return node.is === 'sample' ? { order, sample: { ...sampleOf(config, key) } } : { order }
}

function editNode(state: GoalTreeState, config: GoalTreeConfig, key: string, order: number): EditNodeView {
  const node = nodeOf(state, config, key)
  const view: EditNodeView = { order, is: node.is, version: node.version }
  if (node.is === 'own') view.own = node.text
  const sample = sampleOf(config, key)
  if (sample !== undefined && (sample.en || sample.es)) view.sample = { ...sample }
  return view
}
