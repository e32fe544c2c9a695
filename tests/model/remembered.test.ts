/** Views are made with what was remembered of earlier states. Nobody may be able to tell. */
import { expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import type { SessionState } from '#shared/session/model.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { diff } from '#shared/wire/merge-patch.ts'
import { planWith } from '../support/kinds.ts'
import { sessionRun } from '../support/session-run.ts'
import { tagOf } from '../support/stage.ts'
import { nextAct, pick, planFor } from './generator.ts'

const SESSIONS = 16
const ACTS = 150
const PEOPLE = Array.from({ length: 9 }, (_, i) => `person-${i}`)

/** The tags that each device has had. */
const tags = new Map(PEOPLE.map((person) => [person, new Set<string>()]))
const deviceOf = (person: string) => (scope: string) => {
  const tag = tagOf(person, scope)
  tags.get(person)?.add(tag)
  return tag
}
/** By its tags a device is known again. */
const devices = new Map(PEOPLE.map((person) => [person, deviceOf(person)]))
const mine = (state: SessionState, person: string, tag = devices.get(person) ?? deviceOf(person)) => mineView(state, person, tag)

function viewsOf(state: SessionState, device?: typeof deviceOf): Record<string, unknown> {
  return {
    everyone: everyoneView(state),
    screen: screenView(state),
    facilitator: facilitatorView(state),
    ...Object.fromEntries(PEOPLE.map((person) => [person, mine(state, person, device?.(person))])),
  }
}

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

test.each(Array.from({ length: SESSIONS }, (_, seed) => seed))('VW1 VW5 views and patches are what they are for who remembers nothing, and change for those whom events name: session %i', (seed) => {
  const dice = random(`remembered/${seed}`)
  const run = sessionRun(planFor(dice, smartGoals))
  run.lead({ type: 'session.open' })
  // Some of them look alike: then names stand with numbers.
  const anyName = () => ({ name: pick(dice, ['Ana', 'ana', 'Ben', 'Béa', 'Eva']) ?? '' })
  for (const person of PEOPLE.slice(0, 5)) run.join(person, anyName())
  run.lead({ type: 'session.start' })
  let marks = 0
  let before = viewsOf(run.state)
  let told = copyOf(before)
  for (let i = 0; i < ACTS; i++) {
    const person = pick(dice, ['console', ...PEOPLE]) ?? 'console'
    if (person !== 'console' && dice.below(15) === 0) run.join(person, anyName())
    const seen = person === 'console' ? { door: 'console' as const, view: facilitatorView(run.state), plan: run.state.plan } : { door: 'phone' as const, view: everyoneView(run.state), mine: mine(run.state, person) }
    const asked = nextAct(dice, seen, () => `w${(marks += 1)}z`)
    if (asked === undefined || asked.do.type === 'session.end') continue
    run.now += 1_000
    if (asked.step === undefined) void (person === 'console' ? run.lead(asked.do as never) : run.person(person, asked.do as never))
    else void (person === 'console' ? run.leadIn(asked.step, asked.do) : run.personIn(asked.step, person, asked.do))
    // Sometimes nobody looks for a while, and what was remembered is older than the last act.
    if (dice.below(4) === 0) continue
    const now = viewsOf(run.state)
    const fresh = viewsOf(copyOf(run.state), deviceOf)
    for (const [audience, view] of Object.entries(now)) {
      expect(JSON.stringify(view), `${audience} after ${JSON.stringify(asked)}`).toBe(JSON.stringify(fresh[audience]))
      expect(JSON.stringify(diff(before[audience], view)), `${audience} after ${JSON.stringify(asked)}`).toBe(JSON.stringify(diff(told[audience], copyOf(view))))
    }
    // An own view is sent anew to those alone whom what happened names.
    const named = (person: string) => ['all', person, ...(tags.get(person) ?? [])].some((author) => run.touched.has(author))
    for (const person of PEOPLE) if (!named(person)) expect(JSON.stringify(now[person]), `${person} after ${JSON.stringify(asked)}`).toBe(JSON.stringify(told[person]))
    run.touched.clear()
    // What was sent stays as it was sent, whatever happens later.
    expect(JSON.stringify(before)).toBe(JSON.stringify(told))
    before = now
    told = copyOf(now)
  }
  run.end()
  expect(JSON.stringify(viewsOf(run.state))).toBe(JSON.stringify(viewsOf(copyOf(run.state), deviceOf)))
})

test('VW1 AU1 names that are asked for no more, and who was erased, stand on no card that was listed with them', () => {
  const plan = planFor(random('names'), smartGoals)
  plan.naming = 'full'
  for (const step of Object.values(plan.steps)) if (step.activity.kind === 'board') step.anonymous = false
  const run = sessionRun(plan)
  const [step = ''] = Object.entries(plan.steps).find(([, { activity }]) => activity.kind === 'board') ?? []
  run.lead({ type: 'session.open' })
  run.lead({ type: 'session.start' })
  for (const person of PEOPLE) run.join(person, { name: `Called ${person}` })
  run.goTo(step)
  run.leadIn(step, { type: 'reveal' })
  for (const person of PEOPLE) run.personIn(step, person, { type: 'write', text: 'A word', kind: 'thought' })
  const listed = () => JSON.stringify(facilitatorView(run.state).step?.activity)
  expect(listed()).toContain('Called person-0')
  run.lead({ type: 'person.erase', person: 'person-0' })
  expect(listed()).not.toContain('Called person-0')
  expect(listed()).toContain('Called person-1')
  run.lead({ type: 'plan.change', plan: { ...run.state.plan, naming: 'none' } })
  expect(listed()).not.toContain('Called')
})

test('VW1 CA9 F30 other words that wait on a wall by department are listed as soon as they come, and no more once they came through', () => {
  const plan = planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: true } })(smartGoals)
  const run = sessionRun(plan)
  run.lead({ type: 'session.open' })
  run.join('ana', { name: 'Ana', department: Object.keys(plan.departments)[0] ?? '' })
  run.lead({ type: 'session.start' })
  run.personIn('step', 'ana', { type: 'write', text: 'First words', lang: 'en' })
  const id = run.lastId
  run.leadIn('step', { type: 'reveal' })
  run.leadIn('step', { type: 'hold', on: true })
  const listed = () => JSON.stringify(facilitatorView(run.state).step?.activity)
  expect(listed()).toContain('First words')
  run.personIn('step', 'ana', { type: 'edit', id, text: 'Other words', lang: 'en' })
  expect(listed()).toContain('"becomes":"Other words"')
  run.personIn('step', 'ana', { type: 'edit', id, text: 'Third words', lang: 'en' })
  expect(listed()).toContain('"becomes":"Third words"')
  run.personIn('step', 'ana', { type: 'edit', id, text: 'First words', lang: 'en' })
  expect(listed()).not.toContain('becomes')
})
