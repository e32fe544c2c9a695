/** The goal tree: what a SMART goal is, then one goal, its objectives and their activities, revealed level by level and filled live. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command, keyed } from '../../schemas.ts'
import { judgeFields, Seen, type Judged } from '../criteria/criteria.ts'
import type { Judgements } from '../criteria/list.ts'
import { LEVELS, NODE_LENGTH, type Level, type Place } from './levels.ts'

const MEANING_LENGTH = 120

/** "goal" is the root's own key. */
const NodeId = Type.String({ pattern: '^(?!goal$)[a-z][a-z0-9-]{0,31}$' })
const Leaf = closed({ order: Type.Number(), sample: LocalizedText(NODE_LENGTH) })
const Bough = closed({
  order: Type.Number(),
  sample: LocalizedText(NODE_LENGTH),
  activities: keyed(NodeId, Leaf, { minProperties: 1, maxProperties: 6 }),
})
const Meaning = LocalizedText(MEANING_LENGTH)

export const GoalTreeConfig = closed({
  /** Why a goal should be SMART. */
  why: LocalizedText(320),
  meanings: closed({ specific: Meaning, measurable: Meaning, achievable: Meaning, relevant: Meaning, 'time-bound': Meaning }),
  /** What a node holds before anybody touches it. */
  begin: Type.Union([Type.Literal('sample'), Type.Literal('empty')]),
  goal: closed({ sample: LocalizedText(NODE_LENGTH) }),
  objectives: keyed(NodeId, Bough, { minProperties: 1, maxProperties: 6 }),
  /** Asked of the room between the objectives and the activities; absent: that level is left out. */
  question: Type.Optional(LocalizedText(200)),
})

export type GoalTreeConfig = Static<typeof GoalTreeConfig>

/** What a node holds. A sample stays a reference to the plan, so that each phone reads it in its own language. */
export type NodeState = { is: 'own'; text: string; version: number } | { is: 'sample'; version: number } | { is: 'empty'; version: number }

export interface GoalTreeState {
  at: Place
  /** The furthest place that was ever shown. */
  reached: Place
  /** By node key: "goal", "o1", "o1.a2". Absent: untouched, as `begin` says. */
  nodes: Record<string, NodeState>
  criteria: Judgements
}

/** "goal", an objective's id, or an objective's and an activity's with a dot between. */
const NodeKey = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}(\\.[a-z][a-z0-9-]{0,31})?$' })

export const goalTreeCommands = {
  write: command('write', { node: NodeKey, text: Type.String({ maxLength: NODE_LENGTH }), seen: Seen }),
  'take-sample': command('take-sample', { node: NodeKey, seen: Seen }),
  /** The sample for every node that is empty; what somebody wrote stays. */
  'take-samples': command('take-samples'),
  clear: command('clear', { node: NodeKey, seen: Seen }),
  judge: command('judge', judgeFields),
  show: command('show', {
    level: Type.Enum(LEVELS),
    page: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
  }),
}

export type GoalTreeCommand = { [T in keyof typeof goalTreeCommands]: Static<(typeof goalTreeCommands)[T]> }[keyof typeof goalTreeCommands]

export type GoalTreeEvent =
  | { type: 'written'; node: string; text: string }
  | { type: 'samples-taken'; nodes: string[] }
  | { type: 'cleared'; node: string }
  | ({ type: 'judged' } & Judged)
  | { type: 'shown'; level: Level; page: number }
