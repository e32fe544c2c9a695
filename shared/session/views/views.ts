/**
 * The only way out: what each audience may see of a session, built field by field, never by spreading state (a spread once put
 * a person's answer on the projector, and no compiler noticed).
 */
import type { PersonId, Tag } from '../../activities/activity.ts'
import { kindOf } from '../../activities/registry.ts'
import { isAnonymous, leastThreshold } from '../anonymous.ts'
import { aroundAll, type Around } from '../around.ts'
import { callScope } from '../calls.ts'
import { onceACourse, onceAStep } from '../changed.ts'
import { everyoneGroups, facilitatorGroups, mineGroups, screenGroups } from '../groups/view.ts'
import { mostPeople } from '../door.ts'
import { known, knownPeople, orderOf } from '../known.ts'
import type { Newcomer, SessionState } from '../model.ts'
import { nameOf } from '../names.ts'
import { departmentsView, standingViews, stepNumber, timerView } from './frame.ts'
import { ownSteps } from './own.ts'
import type { DoorView, EveryoneView, FacilitatorView, MineView, RunListEntry, ScreenView, StepView } from './types.ts'

type Shared = 'facilitator' | 'screen' | 'everyone'

export function everyoneView(state: SessionState): EveryoneView {
  const view: EveryoneView = { ...frame(state, 'everyone'), agenda: agendaView(state), departments: departmentsView(state), names: state.plan.naming !== 'none', k: leastThreshold(state), calls: state.phase === 'live' }
  const groupWork = everyoneGroups(state)
  if (groupWork !== undefined) view.groupWork = groupWork
  return view
}

const agendaView = onceACourse((state): EveryoneView['agenda'] => {
  const agenda: EveryoneView['agenda'] = {}
  orderOf(state).forEach((id, order) => {
    agenda[id] = { order, title: { ...state.plan.steps[id]?.title } }
  })
  return agenda
})

export function screenView(state: SessionState): ScreenView {
  const view: ScreenView = { ...frame(state, 'screen'), shows: state.screen, both: state.plan.bothOnScreen }
  const groups = screenGroups(state)
  if (groups !== undefined) view.groups = groups
  return view
}

export function facilitatorView(state: SessionState): FacilitatorView {
  const view: FacilitatorView = {
    ...frame(state, 'facilitator'),
    flow: state.flow,
    k: leastThreshold(state),
    naming: state.plan.naming,
    support: state.plan.support,
    shows: state.screen,
    both: state.plan.bothOnScreen,
    run: runList(state),
    people: knownPeople(state),
    departments: departmentsView(state),
    calls: {},
    doorsLocked: state.doorsLocked === true,
    guarded: state.guarded === true,
    most: mostPeople(state),
  }
  for (const [id, newcomer] of Object.entries(state.waiting)) {
    view.waiting ??= {}
    view.waiting[id] = { number: newcomer.number, ...told(state, newcomer) }
    if (newcomer.notNow === true) view.waiting[id].notNow = true
  }
  for (const [id, call] of Object.entries(state.calls)) {
    view.calls[id] = { what: call.what, answered: call.answered }
    const name = call.what === 'find-me' ? nameOf(state, call.by) : undefined
    if (name !== undefined) view.calls[id].name = name
  }
  const groups = facilitatorGroups(state)
  if (groups !== undefined) view.groups = groups
  return view
}

/**
 * One participant's own view. `tag` computes their tag in a scope from the secret that only their device keeps. Views of many
 * people of one state share their surroundings.
 */
export function mineView(state: SessionState, person: PersonId, tag: (scope: string) => Tag, aroundStep: Around = aroundAll(state)): MineView {
  const view: MineView = { person: { id: person, ...known(state, person) }, steps: ownSteps(state, person, tag, aroundStep), calls: {} }
  const callTag = tag(callScope(state))
  for (const [id, call] of Object.entries(state.calls)) {
    if (call.by === callTag || call.by === person) view.calls[id] = { what: call.what, answered: call.answered }
  }
  const groups = mineGroups(state, person, tag)
  if (groups !== undefined) view.groups = groups
  return view
}

/** What somebody who is not in may see. */
export function doorView(state: SessionState, person: PersonId): DoorView {
  const newcomer = Object.hasOwn(state.waiting, person) ? state.waiting[person] : undefined
  const view: DoorView = {
    is: state.phase === 'ended' ? 'over' : newcomer?.notNow === true ? 'not-now' : 'waiting',
    title: { ...state.plan.title },
    languages: [...state.plan.languages],
  }
  if (newcomer === undefined || view.is === 'over') return view
  const { name } = told(state, newcomer)
  view.number = newcomer.number
  if (name !== undefined) view.name = name
  return view
}

/** What a newcomer told of themselves; no name where none is asked for any more. */
function told({ plan }: SessionState, { name, department }: Newcomer): Pick<Newcomer, 'name' | 'department'> {
  return { ...(name === undefined || plan.naming === 'none' ? {} : { name }), ...(department === undefined ? {} : { department }) }
}

function frame(state: SessionState, audience: Shared) {
  const aroundStep = aroundAll(state)
  const view: Pick<EveryoneView, 'phase' | 'title' | 'hosts' | 'date' | 'languages' | 'paused' | 'timer' | 'step' | 'standing'> = {
    phase: state.phase,
    title: { ...state.plan.title },
    hosts: state.plan.hosts,
    date: state.plan.date,
    languages: [...state.plan.languages],
    paused: state.paused,
    standing: standingViews(state, audience, aroundStep),
  }
  if (state.timer !== undefined) view.timer = timerView(state.timer)
  const step = stepView(state, audience, aroundStep)
  if (step !== undefined) view.step = step
  return view
}

function stepView(state: SessionState, audience: Shared, aroundStep: Around): StepView | undefined {
  const id = state.current
  const run = id === undefined ? undefined : state.steps[id]
  const surroundings = id === undefined ? undefined : aroundStep(id)
  const kind = run === undefined ? undefined : kindOf(run.kind)
  if (id === undefined || run === undefined || surroundings === undefined || kind === undefined) return undefined
  const view: StepView = {
    id,
    number: stepNumber(state, id),
    kind: run.kind,
    title: { ...surroundings.title },
    anonymous: surroundings.anonymous,
    locked: run.locked,
    activity: onceAStep(state, id, audience, () => kind.views[audience](run.state, surroundings)),
  }
  const planned = state.plan.steps[id]?.minutes
  if (audience === 'screen' && planned !== undefined) view.minutes = planned
  return view
}

const runList = onceACourse((state): Record<string, RunListEntry> => {
  const list: Record<string, RunListEntry> = {}
  orderOf(state).forEach((id, order) => {
    const step = state.plan.steps[id]
    const run = state.steps[id]
    if (step === undefined) return
    const entry: RunListEntry = {
      order,
      title: { ...step.title },
      kind: step.activity.kind,
      minutes: step.minutes,
      anonymous: isAnonymous(state.plan, id),
      locked: run?.locked ?? false,
    }
    if (step.script !== undefined) entry.script = { ...step.script }
    if (run !== undefined) entry.spent = run.spent
    if (run?.since !== undefined) entry.since = run.since
    list[id] = entry
  })
  return list
})
