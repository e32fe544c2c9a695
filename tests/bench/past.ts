/**
 * Sessions that have gone on for a while, made by the product's own rules as fast as they run: what the bench starts from where
 * living through it would take hours. Nothing is written by hand: every event was decided, and is stored as a room stores it.
 */
import { nanoid } from 'nanoid'
import type { Decision } from '#shared/activities/activity.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import type { SessionContext } from '#shared/session/context.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import { stepOf, type SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { storedTime } from '#shared/session/time.ts'
import { hashSecret, mint, newDeviceToken, newJoinToken } from '../../server/access/keys.ts'
import { newVeil, receiptOf, tagOf } from '../../server/access/veil.ts'
import type { Log, StoredEvent } from '../../server/log/port.ts'
import type { Created } from './product.ts'

export type Asked = { type: string; [field: string]: unknown }

export interface Member {
  person: string
  token: string
  veil: string
}

export interface Past {
  readonly id: string
  readonly code: string
  readonly state: SessionState
  /** In the order of joining. */
  readonly members: readonly Member[]
  /** How many events there are by now. */
  readonly length: number
  /** Lets people in under numbered names. */
  join(people: number): void
  /** A facilitator asks the session; throws if refused, here and below. */
  lead(command: SessionCommand): void
  /** A facilitator asks a step. Answers the id of what was made, if anything was. */
  leadIn(step: string, command: Asked): string
  /** Participant number `at` asks the session. */
  person(at: number, command: SessionCommand): void
  /** Participant number `at` asks a step. Answers the id of what was made, if anything was. */
  in(step: string, at: number, command: Asked): string
  /** Stores all of it, with everybody's keys. Answers the links, as creating a session does. */
  write(log: Log): Promise<Created>
}

/** Between two acts, ms. */
const PACE = 400

/** A session of this plan with its doors open. `code`: eight digits. */
export function past(plan: Plan, code: string, begins: number): Past {
  const id = nanoid(16)
  const state = emptySession(id, plan)
  const members: Member[] = []
  const created: SessionEvent = { type: 'session.created', plan }
  const events: Omit<StoredEvent, 'seq'>[] = [{ at: begins, data: JSON.stringify(created) }]
  const receipts: string[] = []
  let now = begins
  let made = ''

  function take(what: string, decision: Decision<SessionEvent>): string {
    if ('refused' in decision) throw new Error(`${what} was refused: ${decision.refused}`)
    for (const event of decision.events) {
      const at = storedTime(state, event, now)
      const step = stepOf(event)
      events.push({ at, data: JSON.stringify(event), ...(step === undefined ? {} : { step }) })
      evolve(state, event, at)
    }
    if (decision.events.length > 0) receipts.push(receiptOf(id, nanoid()))
    return made
  }
  function context(member?: Member): SessionContext {
    now += PACE
    made = nanoid(12)
    const fresh = { now, seed: nanoid(), id: made }
    return member === undefined
      ? { sender: 'facilitator', tag: () => 'facilitators', ...fresh }
      : { sender: 'participant', person: member.person, tag: (scope) => tagOf(member.veil, id, scope), ...fresh }
  }
  const memberAt = (at: number) => members[at] as Member

  const it: Past = {
    id,
    code,
    state,
    members,
    get length() {
      return events.length
    },
    join(people) {
      for (let i = 0; i < people; i++) {
        now += PACE
        const member = { person: nanoid(16), token: newDeviceToken(), veil: newVeil() }
        take('joining', decideJoin(state, { type: 'person.join', person: member.person, name: `Person ${members.length}` }))
        members.push(member)
      }
    },
    lead: (command) => void take(command.type, decideSession(state, command, context())),
    leadIn: (step, command) => take(command.type, decideActivity(state, step, command, context())),
    person: (at, command) => void take(command.type, decideSession(state, command, context(memberAt(at)))),
    in: (step, at, command) => take(command.type, decideActivity(state, step, command, context(memberAt(at)))),
    async write(log) {
      const joinToken = newJoinToken()
      await log.createSession({ id, code, joinToken, title: plan.title.en ?? plan.title.es ?? '', phase: state.phase, createdAt: begins })
      const keys = members.map(({ person, token }) => log.addKey({ hash: hashSecret(token), role: 'participant', session: id, person, handle: nanoid(8), createdAt: begins }))
      const link = async (role: 'facilitator' | 'screen') => `http://localhost/#${(await mint(log, { role, session: id, now: begins })).secret}`
      const [facilitator, screen] = await Promise.all([link('facilitator'), link('screen'), log.append({ session: id, expected: 0, events, receipts }), ...keys])
      return { id, code, links: { join: `http://localhost/#${joinToken}`, facilitator, screen } }
    },
  }
  it.lead({ type: 'session.open' })
  // Halls of five thousand are measured too, and a room holds a thousand unless somebody says more.
  it.lead({ type: 'doors.cap', most: 100_000 })
  return it
}
