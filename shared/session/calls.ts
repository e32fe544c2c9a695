/** A call for support: a quiet word to the facilitators. Anonymous, but for "please find me", whose sender chose to be known. */
import { accept, type Decision, type StepId } from '../activities/activity.ts'
import { refuse } from '../refusals.ts'
import type { SessionContext } from './context.ts'
import type { SessionEvent } from './events.ts'
import type { CallKind, SessionState } from './model.ts'

/** More open calls of one person in one step say nothing new, and would let one phone drown the others. */
const OPEN_CALLS = 3

/** A participant asks for support: with their name only if they ask to be found. */
export function raiseCall(state: SessionState, what: CallKind, context: SessionContext): Decision<SessionEvent> {
  if (context.person === undefined) return refuse('not-permitted')
  if (state.phase !== 'live') return refuse('not-open')
  const by = what === 'find-me' ? context.person : context.tag(callScope(state))
  const waiting = Object.values(state.calls).filter((call) => call.by === by && !call.answered)
  if (waiting.length >= OPEN_CALLS) return refuse('too-many')
  return accept({ type: 'call.raised', call: context.id, what, by, during: state.current ?? '' })
}

/** From so many callers on it may be told that somebody called; below that, none and a few must read the same. */
const FEWEST_CALLERS = 3

/**
 * Whether so many have called that their number points at nobody. One person has another tag in every step, and none where they ask to
 * be found: people are counted only among those who called in one step without a name, or by their names.
 */
export function enoughCalled(state: SessionState): boolean {
  if (state.callsSealed !== undefined) return state.callsSealed.enough
  const callers = new Map<string, Set<string>>()
  for (const { what, by, during } of Object.values(state.calls)) {
    const among = what === 'find-me' ? 'by name' : scopeAt(during)
    callers.set(among, (callers.get(among) ?? new Set()).add(by))
  }
  return [...callers.values()].some((people) => people.size >= FEWEST_CALLERS)
}

/** Calls of one person in two steps are not linked to each other. */
export function callScope(state: SessionState): string {
  return scopeAt(state.current)
}

/** All scopes in which calls may have been made. */
export function scopesOfCalls(state: SessionState): string[] {
  return Object.keys(state.steps).map(scopeAt)
}

function scopeAt(step: StepId | undefined): string {
  return `calls/${step ?? ''}`
}
