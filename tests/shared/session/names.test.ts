/** PE6: a host who takes names out of a session on the day takes them off every surface and out of the notes, and may put them back. */
import { expect, test } from 'vitest'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { sessionRun } from '../../support/session-run.ts'

const NAME = 'Marisol-of-the-front-row'

test('PE6 names that were told before stand nowhere once the plan asks for none, and again where it does', () => {
  const run = sessionRun({ ...structuredClone(smartGoals), naming: 'first' })
  run.lead({ type: 'session.open' })
  run.join('p1', { name: NAME })
  run.join('p2', { name: 'Ben' })
  run.lead({ type: 'session.start' })
  run.goTo('serve')
  run.personIn('serve', 'p1', { type: 'write', text: 'we call home' })
  run.leadIn('serve', { type: 'reveal' })
  run.person('p1', { type: 'call.raise', what: 'find-me' })
  const everything = () => {
    const surfaces = [everyoneView(run.state), screenView(run.state), facilitatorView(run.state), mineView(run.state, 'p1', (scope) => `tag ${scope}`)]
    return [...surfaces, notesToSend(run.state), facilitatorRecord(run.state, run.now)].map((one) => JSON.stringify(one))
  }
  const before = everything()
  expect(before.filter((one) => one.includes(NAME)).length).toBeGreaterThanOrEqual(5)

  run.lead({ type: 'plan.change', plan: { ...run.state.plan, naming: 'none' } })
  for (const one of everything()) expect(one).not.toContain(NAME)
  run.goTo('partners')
  run.lead({ type: 'groups.form', how: 'random' })
  for (const one of everything()) expect(one).not.toContain(NAME)
  run.goTo('serve')
  run.lead({ type: 'plan.change', plan: { ...run.state.plan, naming: 'first' } })
  expect(everything().filter((one) => one.includes(NAME)).length).toBeGreaterThanOrEqual(5)
})
