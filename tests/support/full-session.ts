/** Session A, run by a room of people who leave a canary in every private place: what notes and exports are tested on. */
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { MINUTE, sessionRun, type SessionRun } from './session-run.ts'

/** Words that must never stand in the notes to send. */
export const CANARY = {
  hidden: 'canary-hidden-card',
  hiddenNote: 'canary-why-hidden',
  unrevealed: 'canary-never-revealed',
  removed: 'Canary Removed',
}

/** Written on a shown wall by one person, so that it waits for company until the session ends. */
export const LATE = 'a thought that came late'

const WEATHERS = ['foggy', 'foggy', 'rainy', 'rainy', 'windy', 'rainbow', 'foggy', 'rainy']
const CHANGE = ['slow and honest', 'like a long walk', 'ruido', 'como volver a empezar', '*room* to breathe', 'fewer <b>meetings</b>']

export interface FullOptions {
  /** Who stands behind "a" and "b" in what is anonymous: exchanged, nobody outside may tell. */
  swapped?: boolean
  ended?: boolean
  /** The wall of short answers stays veiled. */
  veiled?: boolean
}

/** People are p0 to p7, and p8, who is removed; their names say their number. */
export function fullSession({ swapped = false, ended = false, veiled = false }: FullOptions = {}): SessionRun {
  const plan = structuredClone(smartGoals)
  Object.assign(plan, { hosts: 'Ana Ruiz & Ben', date: '2026-11-24', naming: 'first' })
  const run = sessionRun(plan)
  const must = (refused: string | undefined) => {
    if (refused !== undefined) throw new Error(`refused: ${refused}`)
  }
  /** The person who does what number `at` does in an anonymous step. */
  const whose = (at: number) => `p${swapped ? (at === 0 ? 1 : at === 1 ? 0 : at) : at}`
  const card = (step: string, text: string) => {
    const { cards } = run.state.steps[step]?.state as { cards: Record<string, { text: string }> }
    return Object.keys(cards).find((id) => cards[id]?.text === text) ?? ''
  }
  const enter = (step: string) => {
    run.goTo(step)
    run.now += 5 * MINUTE
  }

  must(run.lead({ type: 'session.open' }))
  for (let i = 0; i < 8; i += 1) must(run.join(`p${i}`, { name: `Person ${String.fromCharCode(72 - i)}` }))
  must(run.join('p8', { name: CANARY.removed }))
  must(run.lead({ type: 'session.start' }))
  must(run.lead({ type: 'person.remove', person: 'p8' }))
  enter('weather')
  WEATHERS.forEach((weather, i) => must(run.personIn('weather', whose(i), { type: 'answer', weather })))
  must(run.leadIn('weather', { type: 'reveal' }))
  enter('agreements')
  enter('moments')
  enter('change')
  for (let i = 0; i < 6; i += 1) must(run.personIn('moments', whose(i), { type: 'mark', moment: i < 3 ? 'validation' : 'reminding', support: { whom: 'self' } }))
  CHANGE.forEach((text, i) => must(run.personIn('change', whose(i), { type: 'write', text })))
  must(run.personIn('change', 'p6', { type: 'write', text: CANARY.hidden }))
  must(run.leadIn('change', { type: 'reveal' }))
  must(run.leadIn('change', { type: 'hide', id: card('change', CANARY.hidden), reason: 'may-hurt', note: CANARY.hiddenNote }))
  if (veiled) must(run.leadIn('change', { type: 'veil' }))
  enter('smart-goal')
  must(run.leadIn('smart-goal', { type: 'judge', criterion: 'specific', verdict: 'yes', note: 'it names whom', seen: 0 }))
  enter('board')
  ;[['thought', 'we could change it'], ['question', 'who decides?'], ['epiphany', 'it is the schedule']].forEach(([kind, text], i) => must(run.personIn('board', whose(i), { type: 'write', text, kind })))
  must(run.leadIn('board', { type: 'reveal' }))
  must(run.leadIn('board', { type: 'park', id: card('board', 'who decides?') }))
  must(run.personIn('board', 'p3', { type: 'write', text: LATE, kind: 'thought' }))
  enter('serve')
  must(run.personIn('serve', 'p0', { type: 'write', text: 'call home with good news' }))
  must(run.leadIn('serve', { type: 'reveal' }))
  enter('closing-weather')
  WEATHERS.forEach((_, i) => must(run.personIn('closing-weather', whose(i), { type: 'answer', weather: i < 4 ? 'rainbow' : 'foggy' })))
  must(run.leadIn('closing-weather', { type: 'reveal' }))
  enter('closing')
  must(run.personIn('closing', 'p2', { type: 'write', text: CANARY.unrevealed }))
  if (ended) run.end()
  return run
}
