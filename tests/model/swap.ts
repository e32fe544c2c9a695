/** A session that is made up as it goes, and lived through again with two people exchanged wherever nobody may know who they are. */
import { kindOf, kinds, type Kind } from '#shared/activities/registry.ts'
import { random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import type { Log } from '../../server/log/port.ts'
import { planOf } from '../support/kinds.ts'
import { nextAct } from './generator.ts'
import { BEGINS, one, quietRoom, type Act, type QuietRoom, type Sent } from './quiet-room.ts'

/** The two who are exchanged. */
export const PAIR = [0, 1] as const
const MOVES = 70
/** Longer than a busy room gathers its changes, now and then not even a tick. */
const PAUSES = [0, 0, 1, 60, 400, 2_000, 65_000]

type Move = { pause: number } & ({ act: Act; scope?: string } | { late: 'everyone' | 'screen' | 'facilitator' } | { joins: string } | { look: true })

type Next = (room: QuietRoom, at: number) => Move | undefined

export interface Lived {
  moves: Move[]
  answers: Answer[]
  sent: Sent[]
  /** Files at several moments. */
  files: string[][]
  /** What storage held just before the end, and after it. */
  before: { step?: string; at: number; data: string }[]
  after: unknown[]
  receipts: string[]
  /** Kinds in which a participant's act under a tag was accepted. */
  tagged: Set<string>
  room: QuietRoom
}

/** The plan of a seed: four steps, the first of a kind that comes round with the seeds, nearly all of them anonymous. */
export function planOfSeed(seed: number): Plan {
  const dice = random(`plan/${seed}`)
  const all = Object.keys(kinds) as Kind[]
  const plan = planOf(structuredClone(smartGoals), () => dice.below(5) > 0)
  const chosen = [all[seed % all.length] as Kind, 'moments', one(dice, ['answers', 'board', 'closing']), one(dice, all)]
  for (const step of Object.keys(plan.steps)) if (!chosen.includes(step as Kind)) delete plan.steps[step]
  const first = plan.steps[chosen[0] as string]
  if (first !== undefined) Object.assign(first, { order: -1, anonymous: true })
  plan.naming = one(dice, ['none', 'first', 'full'])
  plan.k = 3 + dice.below(3)
  return plan
}

/** Makes a session up: whoever is next does what their client shows. */
export async function improvised(seed: number, log: Log): Promise<Lived> {
  const dice = random(`swap/${seed}`)
  let marks = 0
  const mark = () => `w${(marks += 1)}z`
  const people = 5 + dice.below(4)
  const plan = planOfSeed(seed)
  return live(seed, plan, log, (room, at) => {
    const pause = one(dice, PAUSES)
    if (at < people) return { pause, joins: `Person ${at}` }
    if (at === people) return { pause, act: { by: 'console', do: { type: 'session.start' }, id: idOf(at) } }
    if (at > people + MOVES) return undefined
    if (dice.below(15) === 0) return { pause, look: true }
    if (dice.below(20) === 0) return { pause, late: one(dice, ['everyone', 'screen', 'facilitator']) }
    const by = dice.below(7) === 0 ? 'console' : dice.below(people)
    for (let tries = 0; tries < 6; tries += 1) {
      const asked = nextAct(dice, by === 'console' ? { door: 'console', view: room.view('facilitator'), plan: room.state.plan } : { door: 'phone', view: room.view('everyone'), mine: room.view('mine', by) }, mark)
      if (asked !== undefined && mayBeExchanged(asked.do, by)) return { pause, act: { by, ...asked, id: idOf(at) } }
    }
    return { pause, look: true }
  })
}

/** The same session once more; in these scopes the two do what the other did. */
export function exchanged(seed: number, moves: readonly Move[], scopes: ReadonlySet<string>, log: Log): Promise<Lived> {
  return live(seed, planOfSeed(seed), log, exchanging(moves, scopes))
}

/** The same in a room that is there: of a server, with its plan. */
export function exchangedIn(room: QuietRoom, seed: number, moves: readonly Move[], scopes: ReadonlySet<string>, log: Log, clock: { now: number }): Promise<Lived> {
  return liveIn(room, planOfSeed(seed), log, clock, exchanging(moves, scopes))
}

function exchanging(moves: readonly Move[], scopes: ReadonlySet<string>): Next {
  const [a, b] = PAIR
  return (_room, at) => {
    const move = moves[at]
    if (move === undefined || !('act' in move) || !scopes.has(move.scope ?? '')) return move
    const { by } = move.act
    return { ...move, act: { ...move.act, by: by === a ? b : by === b ? a : by } }
  }
}

/** Scopes in which one of the two did anything: what may be exchanged. What somebody asks about groups is about their own place. */
export function scopesOf({ moves }: Lived): string[] {
  const scopes = moves.flatMap((move) => ('act' in move && move.scope !== undefined && (PAIR as readonly unknown[]).includes(move.act.by) ? [move.scope] : []))
  return [...new Set(scopes)].filter((scope) => !scope.startsWith('groups/')).sort()
}

async function live(seed: number, plan: Plan, log: Log, next: Next): Promise<Lived> {
  const clock = { now: BEGINS }
  return liveIn(await quietRoom(`swap/${seed}`, plan, log, clock), plan, log, clock, next)
}

/** `clock` is the room's own. */
async function liveIn(room: QuietRoom, plan: Plan, log: Log, clock: { now: number }, next: Next): Promise<Lived> {
  const session = room.state.id
  const lived: Lived = { moves: [], answers: [], sent: room.sent, files: [], before: [], after: [], receipts: [], tagged: new Set(), room }
  const realNow = performance.now.bind(performance)
  // The room's window is measured by this clock: what is gathered in it must not hang on how fast the test runs.
  performance.now = () => clock.now - BEGINS + 1_000
  const say = async (act: Act) => {
    const answer = await room.act(act)
    lived.answers.push(answer)
    return answer
  }
  try {
    await say({ by: 'console', do: { type: 'session.open' }, id: idOf(9_000) })
    for (let at = 0; ; at += 1) {
      let move = next(room, at)
      if (move === undefined) break
      clock.now += move.pause
      if ('joins' in move) await room.join(move.joins)
      else if ('late' in move) await room.late(move.late)
      else if ('look' in move) lived.files.push(room.files())
      else {
        const answer = await say(move.act)
        const scope = unnamed(room, plan, move.act)
        if (scope !== undefined && move.act.by !== 'console') {
          move = { ...move, scope }
          if (answer.ok && move.act.step !== undefined) lived.tagged.add(room.state.plan.steps[move.act.step]?.activity.kind ?? '')
        }
      }
      lived.moves.push(move)
    }
    clock.now += 1_000
    lived.before = await log.read(session)
    await say({ by: 'console', do: { type: 'session.end' }, id: idOf(9_001) })
    lived.files.push(room.files())
    lived.after = await log.read(session)
    lived.receipts = await log.receipts(session)
  } finally {
    room.close()
    performance.now = realNow
  }
  return lived
}

/** The scope in which nobody may know who did this; undefined where people act under their name. Not what the product makes of it. */
function unnamed({ state, scopes }: QuietRoom, plan: Plan, { step, do: command }: Act): string | undefined {
  if (command.type === 'call.raise' && command['what'] !== 'find-me') return scopes.at(-1) ?? `calls/${state.current ?? ''}`
  const planned = step === undefined ? undefined : (state.plan.steps[step] ?? plan.steps[step])
  if (planned === undefined) return scopes.at(-1)
  return planned.anonymous || kindOf(planned.activity.kind)?.alwaysAnonymous === true ? (scopes.at(-1) ?? step) : undefined
}

/** The two stay to the end as who they are: nobody removes or erases them. */
function mayBeExchanged(command: Act['do'], by: Act['by']): boolean {
  if (command.type === 'session.end') return false
  if ((PAIR as readonly unknown[]).includes(by)) return command.type !== 'own.erase'
  return !PAIR.some((person) => [command['person'], command['into']].includes(`person-${person}`))
}

function idOf(at: number): string {
  return `command-${String(at).padStart(12, '0')}`
}
