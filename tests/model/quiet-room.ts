/**
 * A room in this process with everything that anybody is sent: what the tests of anonymity drive and listen to. Room, rules, views
 * and exports are the product's; time and chance come from a seed, so that a session can be lived through twice.
 */
import type { Decision } from '#shared/activities/activity.ts'
import { random, type Random } from '#shared/random.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import type { SessionState } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import type { Audience, Views } from '#shared/session/views/types.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import type { Answer, PatchMessage, ViewMessage } from '#shared/wire/protocol.ts'
import { tagOf } from '../../server/access/veil.ts'
import { markdownOf } from '../../server/export/markdown.ts'
import type { Log } from '../../server/log/port.ts'
import { Audiences, type SharedAudience } from '../../server/room/audience.ts'
import type { Dice } from '../../server/room/dice.ts'
import { Room } from '../../server/room/room.ts'
import type { Command } from '../support/line.ts'

export const SESSION = 'session-of-tests'
export const BEGINS = 1_800_000_000_000

/** One thing that was sent, to whom, and after which act: the place of that act among all. */
export interface Sent {
  to: string
  after: number
  now: number
  message: ViewMessage | PatchMessage
}

export interface Act {
  by: number | 'console'
  step?: string
  do: Command
  id: string
}

export interface QuietRoom {
  readonly state: SessionState
  readonly sent: Sent[]
  /** The scopes in which the last act's author was a tag. */
  readonly scopes: string[]
  now: number
  /** Somebody comes in, as the number that they will be called by. */
  join(name: string): Promise<number>
  act(act: Act): Promise<Answer>
  /** What they hold, as the server believes. */
  view<A extends Audience>(audience: A, person?: number): Views[A]
  /** Another phone or console that has just come. */
  late(audience: SharedAudience): Promise<void>
  tag(person: number, scope: string): string
  /** Both documents in both languages. */
  files(): string[]
  close(): void
}

/** Chance from a seed: 12 characters an id, as the product makes them. */
export function seededDice(seed: string): Dice {
  const dice = random(`dice/${seed}`)
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const word = (length: number) => Array.from({ length }, () => LETTERS[dice.below(LETTERS.length)]).join('')
  return { seed: () => word(22), id: () => word(12) }
}

/** What a test may do to the product's rules, to see that it would be noticed. */
export type Weaken = (events: SessionEvent[], state: SessionState) => SessionEvent[]

/** A room of a session that this makes, in a log. */
export async function quietRoom(seed: string, plan: Plan, log: Log, clock: { now: number }, weaken?: Weaken): Promise<QuietRoom> {
  await log.createSession({ id: SESSION, code: '31415926', joinToken: 'join-token', title: 'A session', phase: 'draft', createdAt: clock.now })
  await log.append({ session: SESSION, expected: 0, events: [{ at: clock.now, data: JSON.stringify({ type: 'session.created', plan }) }], receipts: [] })
  const bugs: unknown[] = []
  const room = await Room.load(SESSION, { log, now: () => clock.now, dice: seededDice(seed), bug: (error) => bugs.push(error) })
  if (room === undefined) throw new Error('the session is not there')
  return inRoom(room, seed, clock, { bugs, ...(weaken === undefined ? {} : { weaken }) })
}

/** The same around a room that is there: `bugs` is where what its rules throw is put. */
export async function inRoom(room: Room, seed: string, clock: { now: number }, { bugs = [], weaken = (events) => events }: { bugs?: unknown[]; weaken?: Weaken } = {}): Promise<QuietRoom> {
  const sent: Sent[] = []
  let acts = 0
  const hear = (to: string, message: Sent['message']) => sent.push({ to, after: acts, now: clock.now, message })
  const channels: string[] = []
  const nameOf = (channel: string) => (channels.includes(channel) ? `phone ${channels.indexOf(channel)}` : channel.slice(channel.indexOf('/') + 1))
  const audiences = new Audiences(room, (channel, { patch }) => hear(nameOf(channel), patch))
  for (const audience of ['everyone', 'screen', 'facilitator'] as const) hear(audience, await room.committed(() => audiences.join(audience)))
  const veil = (person: number) => `veil ${seed} of ${person}`
  let scopes: string[] = []

  return {
    sent,
    get state() { return room.state },
    get scopes() { return scopes },
    get now() { return clock.now },
    set now(now) { clock.now = now },
    async join(name) {
      const person = channels.length
      const id = `person-${person}`
      const answer = await room.submit({ sender: 'participant', decide: (state) => decideJoin(state, { type: 'person.join', person: id, name }) })
      if (!answer.ok) throw new Error(`not let in: ${answer.code}`)
      const mine = await room.committed(() => audiences.joinOwn(id, veil(person)))
      channels.push(mine.channel)
      hear(`phone ${person}`, mine.message)
      return person
    },
    async act({ by, step, do: command, id }) {
      acts += 1
      scopes = []
      const tag = by === 'console' ? undefined : audiences.tagger(channels[by] ?? '')
      const answer = await room.submit({
        command: id,
        sender: by === 'console' ? 'facilitator' : 'participant',
        ...(by === 'console' ? {} : { person: `person-${by}`, tag: (scope: string) => (scopes.push(scope), tag?.(scope) ?? '') }),
        decide: (state, context): Decision<SessionEvent> => {
          const parsed = parseCommand(state, step, command)
          if ('refused' in parsed) return parsed
          const decision = 'session' in parsed.value ? decideSession(state, parsed.value.session, context) : decideActivity(state, parsed.value.step, parsed.value.command, context)
          return 'refused' in decision ? decision : { events: weaken(decision.events, state) }
        },
      })
      if (bugs.length > 0) throw bugs[0]
      return answer
    },
    view: (audience, person) => audiences.again(audience === 'mine' ? { own: channels[person ?? 0] ?? '' } : (audience as SharedAudience))?.view as never,
    async late(audience) {
      hear(`late ${audience}`, await room.committed(() => audiences.join(audience)))
      audiences.leave(audience)
    },
    tag: (person, scope) => tagOf(veil(person), room.id, scope),
    files: () => (['en', 'es'] as const).flatMap((lang) => [markdownOf(notesToSend(room.state, lang)), markdownOf(facilitatorRecord(room.state, clock.now, lang))]),
    close: () => audiences.close(),
  }
}

/** One of these, by the dice. */
export function one<T>(dice: Random, of: readonly T[]): T {
  return of[dice.below(of.length)] as T
}
