/** What was made of a step serves until something of it changes: after each act everything seen is what who remembers nothing sees. */
import { expect, test } from 'vitest'
import type { SessionState } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { arbitraries } from '../../support/kinds.ts'
import { sessionRun } from '../../support/session-run.ts'
import { tagOf } from '../../support/stage.ts'

const PEOPLE = ['ana', 'ben', 'cho', 'dee']
const deviceOf = (person: string) => (scope: string) => tagOf(person, scope)

function planOf(steps: Record<string, { kind: string; place?: string; config?: object }>): Plan {
  const plan: Plan = { ...smartGoals, naming: 'first', k: 3, groupings: { partners: { order: 0, how: 'random', size: 2 } }, steps: {} }
  Object.entries(steps).forEach(([id, { kind, place, config }], order) => {
    const usual = arbitraries.find((each) => each.kind === kind)?.config as object
    plan.steps[id] = { order, title: { en: id }, minutes: 5, anonymous: false, ...(place === undefined ? {} : { place }), activity: { kind, config: { ...usual, ...config } } }
  })
  return plan
}

function seenOf(state: SessionState, device: (person: string) => ReturnType<typeof deviceOf>): string {
  const people = PEOPLE.filter((person) => state.people[person] !== undefined).map((person) => mineView(state, person, device(person)))
  return JSON.stringify([everyoneView(state), screenView(state), facilitatorView(state), ...people])
}

/** A room of four whose phones, console and screen look after each act; `act` throws if it was refused, `seen` is what they see now. */
function watched(plan: Plan) {
  const run = sessionRun(plan)
  const devices = new Map(PEOPLE.map((person) => [person, deviceOf(person)]))
  const seen = () => seenOf(run.state, (person) => devices.get(person) ?? deviceOf(person))
  const look = (refused?: string) => {
    expect(refused).toBeUndefined()
    expect(JSON.parse(seen())).toEqual(JSON.parse(seenOf(JSON.parse(JSON.stringify(run.state)) as SessionState, deviceOf)))
  }
  run.lead({ type: 'session.open' })
  for (const person of PEOPLE) look(run.join(person, { name: person }))
  look(run.lead({ type: 'session.start' }))
  return { run, look, seen }
}

test('VW1 TK1 phones in a talk see who came into their group, who is called otherwise, and who began in another talk since', () => {
  const { run, look, seen } = watched(planOf({ first: { kind: 'talk', place: 'partners' }, second: { kind: 'talk', place: 'partners' }, wall: { kind: 'board' } }))
  look(run.lead({ type: 'groups.form' }))
  run.goTo('second')
  look()
  // Whoever begins one talk begins the next one last, whichever of the two it was.
  for (const step of ['first', 'second']) {
    const before = seen()
    look(run.personIn(step, 'ana', { type: 'swap' }))
    look(run.personIn(step, 'ana', { type: 'begin' }))
    expect(seen()).not.toBe(before)
  }
  look(run.personIn('second', 'ana', { type: 'pass' }))
  look(run.leadIn('first', { type: 'more' }))
  look(run.lead({ type: 'groups.move', person: 'ana', group: 'new' }))
  look(run.lead({ type: 'groups.dissolve' }))
  look(run.lead({ type: 'groups.form' }))
  look(run.lead({ type: 'person.erase', person: 'ben' }))
  look(run.lead({ type: 'plan.change', plan: { ...run.state.plan, naming: 'none' } }))
})

test('VW1 CI8 MO7 the sky of then stands beside the one of now as soon as it is drawn, and strips of steps that are over as soon as they are', () => {
  const { run, look } = watched(planOf({ moments: { kind: 'moments' }, weather: { kind: 'check-in' }, again: { kind: 'check-in', config: { then: 'weather' } }, wall: { kind: 'board' } }))
  const mark = () => PEOPLE.forEach((person) => look(run.personIn('moments', person, { type: 'mark', moment: 'validation', support: 'self' })))
  run.goTo('weather')
  mark()
  for (const person of PEOPLE) look(run.personIn('weather', person, { type: 'answer', weather: 'foggy' }))
  run.goTo('again')
  look()
  for (const person of PEOPLE) look(run.personIn('again', person, { type: 'answer', weather: 'foggy' }))
  look(run.leadIn('again', { type: 'reveal' }))
  look(run.leadIn('weather', { type: 'reveal' }))
  look(run.leadIn('moments', { type: 'show', step: 'weather' }))
  look(run.lead({ type: 'step.lock', step: 'again', locked: true }))
  run.goTo('weather')
  look()
  mark()
  run.goTo('wall')
  look(run.personIn('wall', 'ana', { type: 'write', text: 'A word', kind: 'thought' }))
  look(run.leadIn('wall', { type: 'reveal' }))
  look(run.lead({ type: 'person.remove', person: 'ana' }))
  look(run.lead({ type: 'session.end' }))
  run.end()
  look()
})

test('VW1 CA7 a wall by department stands by the departments that people have told since', () => {
  const plan = { ...planOf({ change: { kind: 'answers', config: { byDepartment: true } } }), departments: { safety: { order: 0, name: { en: 'Safety' } } } }
  const { run, look, seen } = watched(plan)
  look(run.leadIn('change', { type: 'reveal' }))
  look(run.personIn('change', 'ana', { type: 'write', text: 'A word' }))
  look(run.person('ana', { type: 'person.place', department: 'safety' }))
  expect(seen()).toContain('"department":"safety"')
})
