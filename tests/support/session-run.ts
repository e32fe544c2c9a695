/** A whole session without a server: commands decided and folded as a room does it, with a clock and dice that tests set. */
import type { Decision } from '#shared/activities/activity.ts'
import type { RefusalCode } from '#shared/refusals.ts'
import type { JoinCommand, SessionCommand } from '#shared/session/commands.ts'
import type { SessionContext } from '#shared/session/context.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { sealing } from '#shared/session/flow.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { storedTime } from '#shared/session/time.ts'
import { touched } from '#shared/session/touched.ts'
import { tagOf } from './stage.ts'

type Asked = { type: string; [field: string]: unknown }

export interface SessionRun {
  state: SessionState
  now: number
  /** The id of what the latest command made, if it made something. */
  lastId: string
  /** Whose own views the commands so far are said to have changed; a test may empty it. */
  touched: Set<string>
  join(person: string, as?: Omit<JoinCommand, 'type' | 'person'>): RefusalCode | undefined
  /** A facilitator asks the session for something. */
  lead(command: SessionCommand): RefusalCode | undefined
  /** A facilitator asks a step for something. */
  leadIn(step: string, command: Asked): RefusalCode | undefined
  person(person: string, command: SessionCommand): RefusalCode | undefined
  personIn(step: string, person: string, command: Asked): RefusalCode | undefined
  goTo(step: string): void
  /** Ends the session and seals its anonymous steps. */
  end(): void
}

export const MINUTE = 60_000

export function sessionRun(plan: Plan, begins = Date.UTC(2026, 10, 24, 14)): SessionRun {
  let commands = 0
  const apply = (decision: Decision<SessionEvent>): RefusalCode | undefined => {
    if ('refused' in decision) return decision.refused
    for (const event of decision.events) {
      evolve(run.state, event, storedTime(run.state, event, run.now))
      for (const author of [touched(run.state, event)].flat()) run.touched.add(author)
    }
    return undefined
  }
  const context = (person?: string): SessionContext => {
    commands += 1
    run.lastId = `id-${commands}`
    const fresh = { tag: (scope: string) => tagOf(person ?? 'nobody', scope), now: run.now, seed: `seed-${commands}`, id: run.lastId }
    return person === undefined ? { sender: 'facilitator', ...fresh } : { sender: 'participant', person, ...fresh }
  }
  const run: SessionRun = {
    state: emptySession('session', plan),
    now: begins,
    lastId: '',
    touched: new Set(),
    join: (person, as = {}) => apply(decideJoin(run.state, { type: 'person.join', person, ...as })),
    lead: (command) => apply(decideSession(run.state, command, context())),
    leadIn: (step, command) => apply(decideActivity(run.state, step, command, context())),
    person: (person, command) => apply(decideSession(run.state, command, context(person))),
    personIn: (step, person, command) => apply(decideActivity(run.state, step, command, context(person))),
    goTo(step) {
      run.lead({ type: 'flow.goto', step })
    },
    end() {
      run.lead({ type: 'session.end' })
      for (const event of sealing(run.state, 'sealed')) evolve(run.state, event, run.now)
    },
  }
  return run
}
