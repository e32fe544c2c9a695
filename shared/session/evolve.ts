/** Folds an event into the state, which the room alone owns. Deterministic; `at` is the time that was stored with the event. */
import { kindOf } from '../activities/registry.ts'
import { courseChanged, stepChanged } from './changed.ts'
import { forgetPerson } from './erased.ts'
import type { SessionEvent } from './events.ts'
import { calmGroups, evolveGroups } from './groups/evolve.ts'
import { FIRST_NUMBER } from './groups/people.ts'
import { howManyCame, peopleChanged } from './known.ts'
import { mergePeople } from './merge.ts'
import { nameCame } from './look-alikes.ts'
import { emptySession, type SessionState } from './model.ts'

/** The state that a log folds into, or undefined for a log without its first event. */
export function fold(id: string, events: Iterable<{ event: SessionEvent; at: number }>): SessionState | undefined {
  let state: SessionState | undefined
  for (const { event, at } of events) {
    if (event.type === 'session.created') state = emptySession(id, event.plan)
    else if (state !== undefined) evolve(state, event, at)
  }
  return state
}

/** Writes one event into the state. `at` is the time that was stored with it, ms since the epoch. */
export function evolve(state: SessionState, event: SessionEvent, at: number): void {
  switch (event.type) {
    case 'session.created':
    case 'plan.changed':
      state.plan = event.plan
      return
    case 'session.opened':
      state.phase = 'open'
      return
    case 'session.ended':
      leave(state, at)
      state.phase = 'ended'
      delete state.timer
      state.paused = false
      state.screen = 'step'
      return
    case 'person.joined': {
      const number = state.people[event.person]?.number ?? FIRST_NUMBER + howManyCame(state)
      peopleChanged(state, event.person)
      state.people[event.person] = {
        number,
        ...(event.name === undefined ? {} : { name: event.name }),
        ...(event.alike === undefined ? {} : { alike: event.alike }),
        ...(event.department === undefined ? {} : { department: event.department }),
      }
      nameCame(state.people, event.name)
      delete state.waiting[event.person]
      return
    }
    case 'person.placed': {
      const person = state.people[event.person]
      if (person === undefined) return
      peopleChanged(state, event.person)
      if (event.department === undefined) delete person.department
      else person.department = event.department
      return
    }
    case 'person.removed': {
      const person = state.people[event.person]
      if (person === undefined) return
      peopleChanged(state, event.person)
      person.removed = true
      return
    }
    case 'person.merged':
      mergePeople(state, event.person, event.into)
      return
    case 'person.erased':
      forgetPerson(state, event.person)
      return
    case 'step.entered':
      enter(state, event.step, at)
      return
    case 'step.locked': {
      const run = state.steps[event.step]
      if (run !== undefined) run.locked = event.locked
      courseChanged(state)
      return
    }
    case 'timer.changed':
      if (event.timer === undefined) delete state.timer
      else state.timer = event.timer
      return
    case 'pause.changed':
      state.paused = event.paused
      return
    case 'screen.changed':
      state.screen = event.shows
      return
    case 'doors.locked':
      if (event.locked) state.doorsLocked = true
      else delete state.doorsLocked
      return
    case 'doors.guarded':
      state.guarded = event.guarded
      return
    case 'doors.capped':
      state.most = event.most
      return
    case 'person.knocked':
      state.knocks += 1
      state.waiting[event.person] = {
        number: state.knocks,
        ...(event.name === undefined ? {} : { name: event.name }),
        ...(event.department === undefined ? {} : { department: event.department }),
      }
      return
    case 'person.deferred': {
      const newcomer = state.waiting[event.person]
      if (newcomer !== undefined) newcomer.notNow = true
      return
    }
    case 'door.sealed':
      state.waiting = {}
      state.knocks = 0
      return
    case 'call.raised':
      state.calls[event.call] = { what: event.what, by: event.by, during: event.during, answered: false }
      return
    case 'call.answered': {
      const call = state.calls[event.call]
      if (call !== undefined) call.answered = true
      return
    }
    case 'groups.formed':
    case 'groups.changed':
    case 'groups.exchanged':
    case 'groups.asked':
    case 'groups.stayed':
    case 'groups.told':
    case 'groups.recalled':
    case 'groups.helped':
    case 'groups.parted':
      evolveGroups(state, event)
      return
    case 'flow.advanced':
      state.flow += 1
      inside(state, event.step, event.is)
      return
    case 'activity':
      inside(state, event.step, event.is)
      return
    case 'calls.sealed':
      state.calls = {}
      state.callsSealed = { enough: event.enough }
      return
    case 'asked.sealed':
      for (const grouping of Object.values(state.groupings)) grouping.asked = {}
      return
    case 'calls.redacted':
      state.calls = event.calls
      return
    case 'post.erased':
      return
    case 'step.redacted': {
      const run = state.steps[event.step]
      if (run !== undefined) run.state = event.state
      stepChanged(state, event.step)
      state.flow = event.flow
      return
    }
    case 'step.sealed': {
      const run = state.steps[event.step]
      if (run !== undefined) Object.assign(run, { state: event.state, sealed: true as const })
      courseChanged(state)
      if (event.flow !== undefined) state.flow = event.flow
      return
    }
  }
}

function inside(state: SessionState, step: string, is: { type: string }): void {
  const run = state.steps[step]
  if (run === undefined) return
  const kind = kindOf(run.kind)
  const before = kind?.facing?.(run.state)
  kind?.evolve(run.state, is)
  stepChanged(state, step, kind?.facing !== undefined && kind.facing(run.state) === before)
}

function enter(state: SessionState, step: string, at: number): void {
  leave(state, at)
  const planned = state.plan.steps[step]
  const kind = planned === undefined ? undefined : kindOf(planned.activity.kind)
  if (planned === undefined || kind === undefined) return
  state.phase = 'live'
  state.flow += 1
  state.current = step
  state.screen = 'step'
  delete state.timer
  calmGroups(state)
  const run = (state.steps[step] ??= { kind: kind.kind, locked: false, began: at, k: state.plan.k, spent: 0, state: kind.start(planned.activity.config) })
  run.since = at
  courseChanged(state)
}

function leave(state: SessionState, at: number): void {
  const run = state.current === undefined ? undefined : state.steps[state.current]
  if (run?.since === undefined) return
  run.spent += Math.max(0, at - run.since)
  delete run.since
  run.left = true
  delete state.current
  courseChanged(state)
}
