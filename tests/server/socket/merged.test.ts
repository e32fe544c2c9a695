/** F12: two who are one person, over real lines. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { until, untilSame } from '../../support/until.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

const plan = planWith('answers', { anonymous: false, config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } })

async function twice() {
  const session = await it.openSession(plan)
  await it.move(session, 'start')
  const ana = await it.participant(session, { name: 'Ana' })
  const again = await it.participant(session, { name: 'Anna' }, { reconnects: true })
  const console = await it.facilitator(session)
  await again.done('step', { type: 'write', text: 'as the second', lang: 'en' })
  const { code } = (await it.nobody('POST', '/api/rejoin/code', { device: again.ticket.token })).body as { code: string }
  await console.done(undefined, { type: 'person.merge', person: again.ticket.person, into: ana.ticket.person })
  await until(() => again.view('mine')?.person.id === ana.ticket.person && again.socket.connected, 'the second phone to be the first person')
  return { session, ana, again, console, code }
}

test('F12 PE15 the second phone comes back as the first by itself: one person, and what it sends from then on is theirs', async () => {
  const { session, ana, again, console, code } = await twice()
  expect([again.byes, again.view('mine')?.person.name]).toEqual([[], 'Ana'])
  await until(() => console.here === 1, 'one person to be here')
  expect(Object.keys(console.view('facilitator')?.people ?? {})).toEqual([ana.ticket.person])
  await again.done('step', { type: 'write', text: 'as the first', lang: 'en' })
  await until(() => JSON.stringify(ana.view('mine')).includes('as the first'), 'the other phone to have it too')
  await console.done('step', { type: 'reveal' })
  await until(() => /as the second.*Anna|Anna.*as the second/u.test(JSON.stringify(console.view('facilitator')?.step)), 'the words of before under the name of before')
  // By the code of old, and by the door: the one that they are.
  const back = await it.nobody('POST', '/api/rejoin', { token: session.joinToken, device: 'third-phone'.padEnd(43, 'x'), back: code })
  expect([back.status, back.body.person]).toEqual([201, ana.ticket.person])
  expect((await it.nobody('POST', '/api/join', { token: session.joinToken, device: again.ticket.token })).status).toBe(201)
  expect((await it.host('GET', `/api/sessions/${session.id}`)).body.people).toBe(1)
})

test('F12 PE15 ER2 removed, both phones are out; erased, nothing of either is in any file', async () => {
  const { ana, again, console } = await twice()
  await console.done(undefined, { type: 'person.erase', person: ana.ticket.person })
  for (const line of [ana, again]) await until(() => line.byes.includes('removed'), 'both phones to be let go')
  for (const trace of ['as the second', 'Anna']) await until(async () => !(await it.stored()).includes(trace), `${trace} to be gone`)
  const line = it.line({ auth: it.phone(again.ticket) })
  await until(() => line.refused === 'unknown', 'a phone that nobody knows')
})

test('F12 PE9 PE15 a new code of the one that they are ends the codes of both: whoever saw an old one does not become them', async () => {
  const { session, ana, code } = await twice()
  const { code: anew } = (await it.nobody('POST', '/api/rejoin/code', { device: ana.ticket.token })).body as { code: string }
  const back = (device: string, by: string) => it.nobody('POST', '/api/rejoin', { token: session.joinToken, device: device.padEnd(43, 'x'), back: by })
  expect((await back('somebody-else', code)).body.code).toBe('no-admission')
  expect((await back('a-phone-of-theirs', anew)).body.person).toBe(ana.ticket.person)
})

test('F5 PE15 AU8 brings one person no more voices: where nobody knows who answers, both phones together have three secrets', async () => {
  const session = await it.openSession(planWith('answers', { anonymous: true, config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } }))
  await it.move(session, 'start')
  const [ana, again] = [await it.participant(session, { name: 'Ana' }), await it.participant(session, { name: 'Anna' }, { reconnects: true })]
  const say = (line: typeof ana, text: string) => line.act('step', { type: 'write', text, lang: 'en' })
  for (const veil of ['second', 'third']) expect((await say(await it.participant(session, { ...ana.ticket, veil: veil.padEnd(43, 'x') }), veil)).ok).toBe(true)
  expect((await say(ana, 'first')).ok).toBe(true)
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'person.merge', person: again.ticket.person, into: ana.ticket.person })
  await until(() => again.view('mine')?.person.id === ana.ticket.person && again.socket.connected, 'the second phone to be the first person')
  expect(await say(again, 'fourth')).toEqual({ ok: false, code: 'too-many' })
  const other = await it.participant(session, { ...again.ticket, veil: 'fifth'.padEnd(43, 'x') })
  expect(await say(other, 'fifth')).toEqual({ ok: false, code: 'too-many' })
})

test('F30 PE15 PE5 nobody at the door, removed or erased is merged, whoever asks; nor does a phone merge itself into somebody', async () => {
  const { session, ana, again, console } = await twice()
  const [ben, cleo] = [await it.participant(session, { name: 'Ben' }), await it.participant(session, { name: 'Cleo' })]
  await console.done(undefined, { type: 'person.remove', person: ben.ticket.person })
  await console.done(undefined, { type: 'doors.guard', guarded: true })
  const outside = await it.join(session, { name: 'Dan' })
  const merge = (line: typeof console | typeof ana, person: string, into: string) => line.act(undefined, { type: 'person.merge', person, into })
  const gone = { ok: false, code: 'not-found' }
  for (const who of [outside.person, ben.ticket.person, again.ticket.person]) {
    expect(await merge(console, who, ana.ticket.person)).toEqual(gone)
    expect(await merge(console, ana.ticket.person, who)).toEqual(gone)
  }
  expect((await merge(console, ana.ticket.person, ana.ticket.person)).ok).toBe(false)
  expect(await merge(cleo, cleo.ticket.person, ana.ticket.person)).toEqual({ ok: false, code: 'not-permitted' })
  await untilSame(() => Object.keys(console.view('facilitator')?.people ?? {}).sort(), () => [ana.ticket.person, cleo.ticket.person].sort())
})

test('F12 PE15 holds over a restart', async () => {
  const { session, ana, again } = await twice()
  await it.close({ keeps: true })
  it = await startApp({ folder: it.folder })
  expect((await it.participant(session, again.ticket)).view('mine')?.person.id).toBe(ana.ticket.person)
})
