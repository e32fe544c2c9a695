/** F30: newcomers whom a facilitator lets in, and a room that is full, over real lines. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { until } from '../../support/until.ts'
import type { Hosted, Ticket } from '../../support/visit.ts'

let it: TestApp
beforeEach(async () => { it = await startApp({ beat: 100 }) })
afterEach(async () => { await it.close() })

const plan = planWith('answers', { config: { prompt: { en: 'canary prompt' }, perPerson: 5, length: 100, byDepartment: false } })

async function guarded(): Promise<{ session: Hosted; console: Line; ana: Line & { ticket: Ticket } }> {
  const session = await it.openSession((shipped) => ({ ...plan(shipped), hosts: 'canary hosts' }))
  await it.move(session, 'start')
  const ana = await it.participant(session, { name: 'Ana' })
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'doors.guard', guarded: true })
  await ana.done('step', { type: 'write', text: 'canary words', lang: 'en' })
  await console.done('step', { type: 'reveal' })
  return { session, console, ana }
}

/** A phone that knocks, and holds what somebody at the door may hold. */
async function knock(session: Hosted, name: string): Promise<Line & { ticket: Ticket }> {
  const ticket = await it.join(session, { name })
  const line = Object.assign(it.line({ auth: it.phone(ticket), reconnects: true }), { ticket })
  await line.ready('door')
  return line
}

const waitingAt = (console: Line) => Object.values(console.view('facilitator')?.waiting ?? {}).map(({ name }) => name)

describe('who waits at a guarded door', () => {
  test('F30 PE13 PE14 is sent nothing of the session and does nothing in it; let in, the same line brings all of it', async () => {
    const { session, console, ana } = await guarded()
    const ben = await knock(session, 'Ben')
    await until(() => waitingAt(console).includes('Ben'), 'the console to show who waits')
    expect(await ben.act('step', { type: 'write', text: 'from outside', lang: 'en' })).toEqual({ ok: false, code: 'not-permitted' })
    for (const audience of ['everyone', 'mine', 'facilitator', 'screen', 'door']) ben.socket.emit('view', audience)
    // Things happen, hearts beat: none of it is theirs.
    await ana.done('step', { type: 'write', text: 'canary again', lang: 'en' })
    const frames = ben.frames.length
    await until(() => ben.frames.slice(frames).filter((frame) => frame.includes('"beat"')).length > 2, 'some beats')
    expect(ben.frames.join('\n')).not.toMatch(/canary|Ana|everyone|agenda/u)
    expect(ben.view('door')).toMatchObject({ is: 'waiting', number: 1, name: 'Ben' })
    expect(ben.view('everyone')).toBeUndefined()
    expect((await it.nobody('POST', '/api/rejoin/code', { device: ben.ticket.token })).body.code).toBe('not-permitted')

    const was = ben.socket.id
    await console.done(undefined, { type: 'person.admit', person: ben.ticket.person })
    await ben.ready('everyone', 'mine')
    expect(ben.socket.id).toBe(was)
    expect(JSON.stringify(ben.view('everyone'))).toContain('canary words')
    expect(ben.view('mine')?.person).toEqual({ id: ben.ticket.person, name: 'Ben' })
    await ben.done('step', { type: 'write', text: 'from inside', lang: 'en' })
    await until(() => waitingAt(console).length === 0 && JSON.stringify(console.view('facilitator')?.step).includes('from inside'), 'the console to have them inside')
  })

  test('F30 PE13 waits on over a reload and a restart of the server, twice the same; who is in comes back as before, also by a code of their own', async () => {
    const { session, ana } = await guarded()
    const ben = await knock(session, 'Ben')
    await ben.again('door')
    expect((await it.nobody('POST', '/api/join', { token: session.joinToken, device: ben.ticket.token, name: 'Ben' })).body.person).toBe(ben.ticket.person)
    await it.close({ keeps: true })
    it = await startApp({ folder: it.folder })
    const [back, console, anew] = [it.line({ auth: it.phone(ben.ticket) }), await it.facilitator(session), await it.participant(session, ana.ticket)]
    await back.ready('door')
    expect(waitingAt(console)).toEqual(['Ben'])
    expect(anew.view('mine')?.person.name).toBe('Ana')
    const { code } = (await it.nobody('POST', '/api/rejoin/code', { device: ana.ticket.token })).body as { code: string }
    const other = await it.nobody('POST', '/api/rejoin', { token: session.joinToken, device: 'other-phone'.padEnd(43, 'x'), back: code })
    expect([other.status, (other.body as Ticket).person]).toEqual([201, ana.ticket.person])
    await console.done(undefined, { type: 'doors.guard', guarded: false })
    await back.ready('everyone', 'mine')
    await it.participant(session, { name: 'Cleo' })
  })

  test('F30 PE14 can do nothing by any act of people or of leaders, and nothing of it is in the log', async () => {
    const { session, console } = await guarded()
    const ben = await knock(session, 'Ben')
    await until(() => waitingAt(console).includes('Ben'), 'the console to show who waits')
    const people = () => Object.keys(console.view('facilitator')?.people ?? {})
    const before = people()
    expect(before).toHaveLength(1)
    const acts = [
      { type: 'own.erase' }, { type: 'person.place', department: 'hr' }, { type: 'call.raise', what: 'find-me' }, { type: 'person.admit', person: ben.ticket.person }, { type: 'people.admit' },
      { type: 'doors.guard', guarded: false }, { type: 'doors.cap', most: 5 }, { type: 'person.merge', person: ben.ticket.person, into: before[0] ?? '' }, { type: 'session.end' },
    ]
    for (const act of acts) expect(await ben.act(undefined, act), act.type).toEqual({ ok: false, code: 'not-permitted' })
    expect([people(), waitingAt(console), console.view('facilitator')?.guarded, ben.view('door')?.is]).toEqual([before, ['Ben'], true, 'waiting'])
  })

  test('F30 PE5 PE13 let in and removed in the same moment stays out, and is not let in again', async () => {
    const { session, console } = await guarded()
    for (const name of ['Ben', 'Cleo', 'Dan']) {
      const line = await knock(session, name)
      const { person } = line.ticket
      await Promise.all([console.done(undefined, { type: 'person.admit', person }), console.done(undefined, { type: 'person.remove', person })])
      await until(() => line.byes.includes('removed'), `${name} to be let go`)
      await console.done(undefined, { type: 'person.admit', person })
      const back = it.line({ auth: it.phone(line.ticket) })
      await until(() => back.byes.includes('removed'), `${name} to stay out`)
      expect((await it.nobody('POST', '/api/join', { token: session.joinToken, device: line.ticket.token })).body.code).toBe('not-permitted')
    }
    await until(() => console.here === 1, 'Ana alone to be here')
  })

  test('F37 PE11 PE13 takes no name there that nobody may have, and comes in by the one that was told at the door', async () => {
    const { session, console } = await guarded()
    const knocking = (name?: string, device = 'phone-at-the-door'.padEnd(43, 'x')) => it.nobody('POST', '/api/join', { token: session.joinToken, device, ...(name === undefined ? {} : { name }) })
    expect((await knocking('Fаcilitаtor')).body.code).toBe('bad-name')
    const { person } = (await knocking('Ben')).body as Ticket
    await console.done(undefined, { type: 'person.defer', person })
    // Nobody guards the door by the time that this is decided.
    expect((await knocking('Facilitator')).body.code).toBe('bad-name')
    await console.done(undefined, { type: 'doors.guard', guarded: false })
    expect((await knocking()).status).toBe(201)
    await until(() => console.view('facilitator')?.people[person] !== undefined, 'Ben to be in')
    expect(console.view('facilitator')?.people[person]?.name).toBe('Ben')
  })

  test('F30 PE13 is told “not now”, and may be let in after all', async () => {
    const { session, console } = await guarded()
    const [ben, cleo] = [await knock(session, 'Ben'), await knock(session, 'Cleo')]
    await console.done(undefined, { type: 'person.defer', person: ben.ticket.person })
    await until(() => ben.view('door')?.is === 'not-now', 'Ben to be told')
    await console.done(undefined, { type: 'people.admit' })
    await cleo.ready('everyone', 'mine')
    expect([ben.view('everyone'), ben.byes]).toEqual([undefined, []])
    await console.done(undefined, { type: 'person.admit', person: ben.ticket.person })
    await ben.ready('everyone', 'mine')
  })

  test('F30 PE14 leaves nothing behind: once the session is over neither name nor key is in any file, and who was let in keeps theirs', async () => {
    const { session, console } = await guarded()
    const [ben, cleo] = [await knock(session, 'CanaryBen'), await knock(session, 'CanaryCleo')]
    await console.done(undefined, { type: 'person.admit', person: cleo.ticket.person })
    await cleo.ready('everyone', 'mine')
    expect((await it.stored()).includes('CanaryBen')).toBe(true)
    await it.move(session, 'end')
    await until(() => ben.view('door')?.is === 'over', 'who waited to be told that it is over')
    for (const trace of ['CanaryBen', ben.ticket.person]) await until(async () => !(await it.stored()).includes(trace), `${trace} to be gone`)
    expect((await it.stored()).includes('CanaryCleo')).toBe(true)
    const again = it.line({ auth: it.phone(ben.ticket) })
    await until(() => again.refused === 'unknown', 'a phone that nobody knows')
    await (it.line({ auth: it.phone(cleo.ticket) })).ready('everyone', 'mine')
    for (const kind of ['send', 'record']) {
      const { text } = await it.host('GET', `/api/sessions/${session.id}/notes?kind=${kind}`)
      expect(text).toContain('SMART goals')
      expect(text).not.toContain('CanaryBen')
    }
  })
})

test('F30 JO10 a full room refuses newcomers, by code in the words of a wrong one, by link with what to do; who is in comes back, and one press makes room', async () => {
  const session = await it.openSession()
  const [ana, console] = [await it.participant(session, { name: 'Ana' }), await it.facilitator(session)]
  await console.done(undefined, { type: 'doors.cap', most: 1 })
  await until(() => console.view('facilitator')?.most === 1)
  const never = await it.nobody('POST', '/api/join', { code: '00004711' })
  for (const look of [true, false]) {
    const typed = await it.nobody('POST', '/api/join', { code: session.code, ...(look ? { look } : {}) })
    expect([typed.status, typed.text]).toEqual([never.status, never.text])
  }
  expect((await it.nobody('POST', '/api/join', { token: session.joinToken, name: 'Ben' })).body.code).toBe('full')
  await ana.again('everyone', 'mine')
  expect((await it.nobody('POST', '/api/join', { code: session.code, device: ana.ticket.token })).status).toBe(201)
  await console.done(undefined, { type: 'doors.cap', most: 2 })
  await it.participant(session, { name: 'Ben' })
  // Of many at once as many come in as there is room for.
  await console.done(undefined, { type: 'doors.cap', most: 5 })
  const came = await Promise.all(Array.from({ length: 8 }, (_, i) => it.nobody('POST', '/api/join', { token: session.joinToken, name: `Bot ${i}` })))
  expect(came.map(({ status, body }) => (status === 201 ? 'in' : body.code)).sort()).toEqual([...Array<string>(5).fill('full'), 'in', 'in', 'in'])
})
