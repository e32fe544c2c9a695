/** What is asked in a group, decided; what happened, folded. */
import { accept, type DecideContext, type Decision, type PersonId } from '../activity.ts'
import { refuse } from '../../refusals.ts'
import type { Running, TalkCommand, TalkConfig, TalkEvent, TalkState, Turns } from './model.ts'
import { isRunning, setTurns } from './first.ts'
import { groupOf, turnAt, turnLength, turnsOf } from './turns.ts'

const ONE_MORE = 60_000

type Context = DecideContext<TalkConfig>

export function decideTalk(state: TalkState, command: TalkCommand, context: Context): Decision<TalkEvent> {
  if (command.type === 'more') return accept({ type: 'lengthened', by: ONE_MORE, at: context.now })
  const by = context.author
  const group = groupOf(context, by)
  if (group === undefined) return refuse('not-open')
  const turns = turnsOf(state, context, group)
  const people = [...(context.groups?.[group]?.members ?? [])]
  switch (command.type) {
    case 'swap': {
      if (isRunning(turns)) return refuse('already')
      const order = swapped(turns.order, by)
      return order === undefined ? refuse('not-found') : accept({ type: 'swapped', group, order, people })
    }
    case 'pass': {
      const left = state.passed[by] === true ? undefined : passed(turns, by, context.now)
      return left === undefined ? accept() : accept({ type: 'passed', group, by, turns: left, people })
    }
    case 'speak':
      if (state.passed[by] !== true) return accept()
      return accept({ type: 'returned', group, by, turns: returned(turns, by, context.now), people })
    case 'begin':
      // Both press "Start": it is one start.
      if (isRunning(turns)) return accept()
      if (turns.order.length === 0) return refuse('not-found')
      return accept({ type: 'begun', group, order: turns.order, at: context.now, each: turnLength(state, context), people })
  }
}

export function evolveTalk(state: TalkState, event: TalkEvent): void {
  switch (event.type) {
    case 'swapped':
      setTurns(state, event.group, { order: event.order })
      return
    case 'passed':
      state.passed[event.by] = true
      setTurns(state, event.group, event.turns)
      return
    case 'returned':
      delete state.passed[event.by]
      setTurns(state, event.group, event.turns)
      return
    case 'begun':
      setTurns(state, event.group, { order: event.order, done: [], first: event.order[0] ?? '', startedAt: event.at, each: event.each })
      return
    case 'lengthened':
      state.more += event.by
      for (const [group, turns] of Object.entries(state.turns)) {
        if (isRunning(turns)) setTurns(state, group, lengthened(turns, event.by, event.at))
      }
      return
  }
}

/** Whoever is first gives it to the next; anybody else takes it. */
function swapped(order: PersonId[], by: PersonId): PersonId[] | undefined {
  const at = order.indexOf(by)
  const other = at === 0 ? 1 : 0
  if (at < 0 || order[other] === undefined) return undefined
  return order.map((person, i) => (i === at ? (order[other] ?? person) : i === other ? by : person))
}

/** Without this person's turn: if it is theirs now, the next begins. Undefined: they have had it, or have none. */
function passed(turns: Turns, by: PersonId, now: number): Turns | undefined {
  const at = turns.order.indexOf(by)
  if (!isRunning(turns)) return { order: turns.order.filter((person) => person !== by) }
  const current = turnAt(turns, now)
  if (at < current) return undefined
  if (at > current) return { ...turns, order: turns.order.filter((person) => person !== by) }
  const rest = turns.order.slice(current + 1)
  const first = turns.done.length === 0 && at === 0 && rest[0] !== undefined ? rest[0] : turns.first
  return { ...turns, order: rest, done: [...turns.done, ...turns.order.slice(0, current + 1)], first, startedAt: now }
}

/** With this person's turn at the end; if all are over, it begins now. */
function returned(turns: Turns, by: PersonId, now: number): Turns {
  const order = [...turns.order.filter((person) => person !== by), by]
  if (!isRunning(turns)) return { order }
  const done = turns.done.filter((person) => person !== by)
  if (turnAt(turns, now) < turns.order.length) return { ...turns, order, done }
  return { ...turns, order: [by], done: [...done, ...turns.order.filter((person) => person !== by)], startedAt: now }
}

/** More time for the turn that runs and those that follow: who has spoken keeps what they had. */
function lengthened(turns: Running, by: number, now: number): Running {
  const current = turnAt(turns, now)
  if (current >= turns.order.length) return turns
  return {
    ...turns,
    order: turns.order.slice(current),
    done: [...turns.done, ...turns.order.slice(0, current)],
    startedAt: turns.startedAt + current * turns.each,
    each: turns.each + by,
  }
}
