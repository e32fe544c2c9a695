/** Sessions of a real size, lived by the rules alone (past.ts): what the measures of many people, many sessions and a whole year start from. */
import type { AnswersConfig } from '#shared/activities/answers/model.ts'
import type { BoardConfig } from '#shared/activities/board/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { openSqliteLog } from '../../server/log/sqlite.ts'
import type { Log } from '../../server/log/port.ts'
import { past, type Past } from './past.ts'

const WEATHERS = ['sunny', 'cloudy', 'rainy', 'foggy', 'windy', 'unsaid']
const KINDS = ['thought', 'question', 'epiphany']
const TEXT = 'We will call every family before the first absence letter, and listen before we measure anything'
/** More "next" than any plan of ours has. */
const MOST_MOVES = 300

/** The shipped plan. `named`: its board shows who wrote what, so that every change is seen at once. */
export function planOf({ perPerson, named }: { perPerson: number; named: boolean }): Plan {
  const plan = structuredClone(smartGoals)
  Object.assign(plan, { naming: 'first', date: '2026-11-24' })
  for (const id of ['change', 'serve', 'board']) {
    const step = plan.steps[id]
    if (step === undefined) throw new Error(`The template has no ${id}`)
    Object.assign(step.activity.config as AnswersConfig | BoardConfig, { perPerson, length: 200 })
    if (id !== 'change') step.anonymous = !named
  }
  return plan
}

/** The room goes on until it is in that step. */
export function walkTo(session: Past, step: string): void {
  for (let move = 0; move < MOST_MOVES && session.state.current !== step; move++) session.lead({ type: 'flow.next' })
  if (session.state.current !== step) throw new Error(`The room never came to ${step}`)
}

/** Writes so many cards into a step, in turn; answers their ids. */
export function writeCards(session: Past, step: string, cards: number, board: boolean): string[] {
  return Array.from({ length: cards }, (_, n) =>
    session.in(step, n % session.members.length, { type: 'write', text: `${TEXT} ${n}`, lang: 'en', ...(board ? { kind: KINDS[n % KINDS.length] } : {}) }))
}

/**
 * An evening up to its board: the weather of all, the answers to the agreements, a moment of every third, `cards` cards on two walls
 * that are shown. The room is at the board.
 */
export function evening(code: string, people: number, cards: number, begins: number, named = false): { session: Past; board: string[] } {
  const half = Math.ceil(cards / 2)
  const session = past(planOf({ perPerson: Math.min(12, Math.ceil(half / people)), named }), code, begins)
  session.join(people)
  session.lead({ type: 'session.start' })
  walkTo(session, 'weather')
  session.members.forEach((_, at) => session.in('weather', at, { type: 'answer', weather: WEATHERS[at % WEATHERS.length] }))
  session.leadIn('weather', { type: 'reveal' })
  walkTo(session, 'agreements')
  session.leadIn('agreements', { type: 'ask' })
  session.members.forEach((_, at) => session.in('agreements', at, { type: 'choose', choice: at % 4 === 0 ? 'talk' : 'work' }))
  walkTo(session, 'change')
  for (let at = 0; at < people; at += 3) session.in('moments', at, { type: 'mark', moment: 'validation', support: 'self' })
  session.leadIn('change', { type: 'reveal' })
  writeCards(session, 'change', cards - half, false)
  walkTo(session, 'board')
  for (let at = 0; at < people; at += 3) session.in('moments', at, { type: 'mark', moment: 'reminding', support: 'others' })
  session.leadIn('board', { type: 'reveal' })
  return { session, board: writeCards(session, 'board', half, true) }
}

/** Session number `n`, an hour old: everybody is at a named wall that is shown, and nobody has written. */
export function atTheWall(n: number, people: number): Past {
  const session = past(planOf({ perPerson: 12, named: true }), codeOf(n), Date.now() - 3_600_000)
  session.join(people)
  session.lead({ type: 'session.start' })
  walkTo(session, 'serve')
  session.leadIn('serve', { type: 'reveal' })
  return session
}

/** Opens the log of a folder as a server does, for as long as `write` runs. */
export async function writeInto(folder: string, write: (log: Log) => Promise<void>): Promise<void> {
  const log = await openSqliteLog({ folder })
  try {
    await write(log)
  } finally {
    await log.close()
  }
}

/** Eight digits, another for each number. */
export function codeOf(n: number): string {
  return String(10_000_000 + n)
}
