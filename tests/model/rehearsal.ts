/**
 * Rooms in which a certain command is taken, or refused: rehearsed with the rules alone, without a server, by whatever the
 * generator draws, until it is there; then the log of that rehearsal is the past of a real room.
 */
import { random, shuffled, type Random } from '#shared/random.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import { storedTime } from '#shared/session/time.ts'
import { everyoneView, facilitatorView, mineView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import { tagOf } from '../../server/access/veil.ts'
import { actOf, nextAct, pick, planFor, type Asked, type Seen } from './generator.ts'
import type { Who } from './page.ts'
import { aPerson, BEGINS, SESSION, type Before } from './world.ts'

export interface Rehearsed extends Before {
  asked: Asked
  by: Who
  accepted: boolean
}

const PEOPLE = 6
/** Two of them come later, when facilitators may have said who comes in. */
const EARLY = { people: 4, acts: 40 }
/** Commands about newcomers, who wait only where facilitators have said so. */
const AT_DOOR = /^session\/(person|people)\.(admit|defer)$/u
/** Acts after which a rehearsal begins anew with another plan, and how often it does. */
const ACTS = 250
const TRIES = 300
const TRIES_AT_NO = 2

/** The past of a room in which this command comes next, and is accepted, or refused where that can be. Throws where the generator never finds one. */
export function rehearse(command: string, seed: string, accepted: boolean): Rehearsed {
  for (let i = 0; i < (accepted ? TRIES : TRIES_AT_NO); i += 1) {
    const found = tryOut(command, `${seed}/${i}`, accepted)
    if (found !== undefined) return found
  }
  // Some commands are taken whenever they may be sent.
  if (!accepted) return rehearse(command, seed, true)
  throw new Error(`${command} is never accepted: the generator cannot drive it`)
}

function tryOut(command: string, seed: string, accepted: boolean): Rehearsed | undefined {
  const dice = random(seed)
  const plan = planFor(dice, smartGoals)
  const kind = command.slice(0, command.indexOf('/'))
  const state = emptySession(SESSION, plan)
  const events: Before['events'] = [{ event: { type: 'session.created', plan }, at: BEGINS - 3_600_000 }]
  const people = Array.from({ length: PEOPLE }, (_, i) => aPerson(901 + i, ['Ana', 'Ben', 'Chus'][i % 3] ?? ''))
  let [now, marks] = [BEGINS - 3_600_000, 0]
  const take = (decided: readonly SessionEvent[]) => {
    for (const event of decided) {
      const at = storedTime(state, event, now)
      evolve(state, event, at)
      events.push({ event: JSON.parse(JSON.stringify(event)) as SessionEvent, at })
    }
  }
  const decided = (by: Who, asked: Asked) => decide(state, by, asked, now, letters(dice, 12))
  for (let i = 0; i < ACTS; i += 1) {
    now += 1_000 + dice.below(20_000)
    const by: Who = dice.below(3) === 0 ? { door: 'console' } : (pick(dice, i < EARLY.acts ? people.slice(0, EARLY.people) : people) as Who)
    if (by.door === 'phone' && state.people[by.person] === undefined) {
      const joined = decideJoin(state, { type: 'person.join', person: by.person, name: by.name, department: pick(dice, Object.keys(plan.departments)) ?? '' })
      if ('events' in joined) take(joined.events)
      continue
    }
    const seen = seenBy(state, by)
    const mark = () => `w${9_000 + (marks += 1)}z`
    const wanted = dice.below(3) === 0 && (kind === 'session' || state.steps[kind] !== undefined) ? actOf(dice, seen, command, mark) : undefined
    if (wanted !== undefined) {
      const events_ = decided(by, wanted)
      if (accepted === (events_ !== undefined) && events_?.length !== 0) {
        return { asked: wanted, by, accepted, events, people: people.filter(({ person }) => state.people[person] !== undefined) }
      }
    }
    // What leads there is asked for more often than chance would.
    const elsewhere = state.phase === 'live' && kind !== 'session' && state.current !== kind && dice.below(4) === 0
    const unguarded = AT_DOOR.test(command) && state.guarded !== true && dice.below(4) === 0
    const leading: Asked | undefined = elsewhere ? { do: { type: 'flow.goto', step: kind } } : unguarded ? { do: { type: 'doors.guard', guarded: true } } : undefined
    const asked = leading !== undefined && by.door === 'console' ? leading : nextAct(dice, seen, mark)
    const events_ = asked === undefined || /erase|remove|merge/u.test(asked.do.type) ? undefined : decided(by, asked)
    if (events_ !== undefined) take(events_)
  }
  return undefined
}

function decide(state: SessionState, by: Who, { step, do: command }: Asked, now: number, id: string): SessionEvent[] | undefined {
  const parsed = parseCommand(state, step, command)
  if ('refused' in parsed) return undefined
  const context = { now, seed: id, id, ...(by.door === 'phone' ? { sender: 'participant' as const, person: by.person, tag: tagger(by.veil) } : { sender: 'facilitator' as const, tag: () => 'facilitators' }) }
  const decision = 'session' in parsed.value ? decideSession(state, parsed.value.session, context) : decideActivity(state, parsed.value.step, parsed.value.command, context)
  return 'refused' in decision ? undefined : decision.events
}

function seenBy(state: SessionState, by: Who): Seen {
  if (by.door !== 'phone') return { door: 'console', view: facilitatorView(state), plan: state.plan }
  return { door: 'phone', view: everyoneView(state), mine: mineView(state, by.person, tagger(by.veil)) }
}

const tagger = (veil: string) => (scope: string) => tagOf(veil, SESSION, scope)

function letters(dice: Random, n: number): string {
  return shuffled([...'abcdefghijkmnpqrstuvwxyz23456789'], dice).slice(0, n).join('')
}
