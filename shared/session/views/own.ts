/** What is one participant's own in each step, made once until something happens in the step. */
import type { PersonId, StepId, Tag, Viewer } from '../../activities/activity.ts'
import { kindOf } from '../../activities/registry.ts'
import type { Around } from '../around.ts'
import { changesOf, isUnchanged, type Changes } from '../changed.ts'
import type { SessionState } from '../model.ts'
import type { MineView } from './types.ts'

type OwnSteps = MineView['steps']

/** What a device was last shown of each step, by its tag function: of steps in which nothing has happened since it is shown the same. */
const shownTo = new WeakMap<(scope: string) => Tag, { person: PersonId; of: Changes; at: number; steps: OwnSteps }>()

/** One participant's own contributions, by step; steps without any are left out. Nobody writes into it. */
export function ownSteps(state: SessionState, person: PersonId, tag: (scope: string) => Tag, aroundStep: Around): OwnSteps {
  const changes = changesOf(state)
  const last = shownTo.get(tag)
  const before = last?.person === person && last.of === changes ? last : undefined
  const { now: at } = changes
  if (before?.at === at) return before.steps
  const steps: OwnSteps = {}
  for (const step in state.steps) {
    const own = before !== undefined && isUnchanged(changes, step, before.at) ? before.steps[step] : ownStep(state, step, person, tag, aroundStep)
    if (own !== undefined) steps[step] = own
  }
  shownTo.set(tag, { person, of: changes, at, steps })
  return steps
}

function ownStep(state: SessionState, step: StepId, person: PersonId, tag: (scope: string) => Tag, aroundStep: Around): unknown {
  const run = state.steps[step]
  const surroundings = aroundStep(step)
  const kind = kindOf(run?.kind ?? '')
  // A sealed step has no tags left: nobody can be told what was theirs, they included.
  if (run === undefined || surroundings === undefined || kind === undefined || run.sealed === true) return undefined
  const viewer: Viewer = { author: surroundings.anonymous ? tag(step) : person, tag }
  return kind.views.mine(run.state, viewer, surroundings)
}
