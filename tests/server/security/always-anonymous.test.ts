/** AU9, F53: what a phone promises in the kind's own words holds whatever a plan says that reaches the server by another way than the page. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tagOf } from '../../../server/access/veil.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import { until } from '../../support/until.ts'

const SAID = {
  'check-in': { type: 'answer', weather: 'rainy' },
  agreements: { type: 'choose', choice: 'talk' },
  moments: { type: 'mark', moment: 'reminding' },
} as const

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

test('AU9 a plan that calls them named changes nothing: no author, no exact time, and sealed at the end', async () => {
  const session = await it.openSession((shipped) => planOf(shipped, () => false))
  const phone = await it.participant(session, { name: 'Ana' })
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'session.start' })
  for (const [step, command] of Object.entries(SAID)) {
    await console.done(undefined, { type: 'flow.goto', step })
    if (step === 'agreements') await console.done(step, { type: 'ask' })
    await until(() => phone.view('everyone')?.step?.id === step)
    expect(phone.view('everyone')?.step?.anonymous).toBe(true)
    expect(console.view('facilitator')?.run[step]?.anonymous).toBe(true)
    await phone.done(step, command)
  }
  const said = (await it.app.deps.log.read(session.id)).filter(({ data }) => Object.keys(SAID).some((step) => data.startsWith(`{"type":"activity","step":"${step}"`)))
  expect(said.length).toBeGreaterThanOrEqual(3)
  expect(JSON.stringify(said)).not.toContain(phone.ticket.person)
  expect(new Set(said.map(({ step, at }) => `${step} ${at}`)).size).toBe(Object.keys(SAID).length)

  await console.done(undefined, { type: 'session.end' })
  const kept = JSON.stringify(await it.app.deps.log.read(session.id))
  for (const scope of [...Object.keys(SAID), 'moments/moments']) expect(kept).not.toContain(tagOf(phone.ticket.veil, session.id, scope))
})
