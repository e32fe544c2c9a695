/** F29: doors that are locked, codes that are renewed, and noes that tell nothing. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { until } from '../../support/until.ts'
import type { Hosted } from '../../support/visit.ts'

let it: TestApp
/** As several servers must have it: their links lead to all of them. */
const env = { PUBLIC_URL: 'https://learn.example.org' }
let clock = 1_800_000_000_000
beforeEach(async () => { it = await startApp({ now: () => (clock += 100), env }) })
afterEach(async () => { await it.close() })

const device = (name: string) => name.padEnd(43, 'x')
const typed = (code: string, as = 'stranger', more: object = {}) => it.nobody('POST', '/api/join', { code, device: device(as), ...more })
const linked = (token: string, as = 'stranger', more: object = {}) => it.nobody('POST', '/api/join', { token, device: device(as), ...more })

describe('locked doors', () => {
  test('F29 JO7 let nobody new in, by code in the words of a wrong one, by link with the reason; who is known comes back, and unlocked all come', async () => {
    const session = await it.openSession()
    const ana = await it.participant(session, { device: device('ana') })
    const console = await it.facilitator(session)
    await console.done(undefined, { type: 'doors.lock', locked: true })
    expect(await console.done(undefined, { type: 'doors.lock', locked: true })).toBeGreaterThan(0)
    await until(() => console.view('facilitator')?.doorsLocked)
    const never = await typed('00004711')
    for (const reply of [await typed(session.code), await typed(session.code, 'stranger', { look: true })]) expect([reply.status, reply.text]).toEqual([never.status, never.text])
    expect((await linked(session.joinToken)).body.code).toBe('locked')
    expect((await linked(session.joinToken, 'ana')).body.person).toBe(ana.ticket.person)
    expect((await typed(session.code, 'ana')).body.person).toBe(ana.ticket.person)
    await ana.again('everyone', 'mine')
    await console.done(undefined, { type: 'doors.lock', locked: false })
    for (const reply of [await typed(session.code), await linked(session.joinToken, 'another')]) expect(reply.status).toBe(201)
    expect(Object.keys((await (await it.app.deps.rooms.get(session.id))?.room.committed(({ people }) => people)) ?? {})).toHaveLength(3)
  })

  test('F29 JO7 stay locked over a restart', async () => {
    const session = await it.openSession()
    const console = await it.facilitator(session)
    await console.done(undefined, { type: 'doors.lock', locked: true })
    await it.close({ keeps: true })
    it = await startApp({ folder: it.folder, now: () => (clock += 100), env })
    expect((await linked(session.joinToken)).body.code).toBe('locked')
  })
})

describe('a new code', () => {
  test('F29 JO8 comes with a new link, ends the old ones at once, keeps everybody in, and is shown on consoles and screens', async () => {
    const session = await it.openSession()
    const [ana, console, screen] = [await it.participant(session), await it.facilitator(session), await it.screen(session)]
    const { body } = (await it.host('POST', `/api/sessions/${session.id}/code`)) as { body: { code: string; links: { join: string } } }
    expect(body.code).toMatch(/^\d{8}$/u)
    expect(body.code).not.toBe(session.code)
    const token = body.links.join.split('#')[1] ?? ''
    expect(token).not.toBe(session.joinToken)
    for (const reply of [await typed(session.code), await linked(session.joinToken)]) expect(reply.body.code).toBe('no-admission')
    for (const reply of [await typed(body.code, 'one'), await linked(token, 'two')]) expect(reply.status).toBe(201)
    for (const line of [console, screen]) await until(() => line.hello?.join?.code === body.code && line.hello.join.link === body.links.join, 'the new way in')
    expect(ana.socket.connected).toBe(true)
    expect(ana.hello?.join).toBeUndefined()
    expect((await it.host('GET', `/api/sessions/${session.id}`)).body).toMatchObject({ code: body.code, links: body.links })
    // The old code rests: nobody else's room is behind it for ninety days.
    const DAYS_90 = 90 * 24 * 3_600_000
    const taken = (at: number) => it.app.deps.log.codeTaken(session.code, at)
    expect([await taken(clock + DAYS_90 - 60_000), await taken(clock + DAYS_90 + 60_000)]).toEqual([true, false])
  })

  test('F29 JO8 is not given to a session that has ended', async () => {
    const session = await it.openSession()
    await it.move(session, 'end')
    expect((await it.host('POST', `/api/sessions/${session.id}/code`)).body.code).toBe('ended')
  })
})

const spread = (of: number[]): number => Math.max(...of) - Math.min(...of)

/** How fast each is, ms, of so many rounds in which each comes once; and every different answer. A fifth of them: what else the machine does makes others slow. */
async function timed(rounds: number, path: string, bodies: Record<string, object>): Promise<{ fast: number[]; answers: string[] }> {
  const times: Record<string, number[]> = {}
  const answers = new Set<string>()
  for (let round = 0; round < rounds; round += 1) {
    for (const [what, body] of Object.entries(bodies)) {
      // Nobody's misses are used up: every try is another's, after a while.
      clock += 2_000
      const began = performance.now()
      const reply = await it.app.http.inject({ method: 'POST', url: path, payload: { ...body, device: device(`guest-${round}-${what}`) }, remoteAddress: `10.0.${round % 250}.7` })
      if (round > 0) (times[what] ??= []).push(performance.now() - began)
      answers.add(`${reply.statusCode} ${reply.body}`)
    }
  }
  return { fast: Object.values(times).map((of) => of.sort((a, b) => a - b)[Math.floor(of.length / 5)] ?? 0), answers: [...answers] }
}

test('F29 JO9 never, dead, ended, drafted and locked codes are refused in the same words, and as fast to the millisecond; with a rejoin code too', async () => {
  const [draft, ended, locked, renewed] = [await it.createSession(), await it.openSession(), await it.openSession(planWith('check-in')), await it.openSession()] as [Hosted, Hosted, Hosted, Hosted]
  await it.move(ended, 'end')
  await it.host('POST', `/api/sessions/${renewed.id}/code`)
  await (await it.facilitator(locked)).done(undefined, { type: 'doors.lock', locked: true })
  const codes = { never: '00004711', renewed: renewed.code, ended: ended.code, draft: draft.code, locked: locked.code }
  const back = (more: object) => Object.fromEntries(Object.entries(codes).map(([what, code]) => [what, { code, ...more }]))
  const joining = await timed(60, '/api/join', back({}))
  const returning = await timed(8, '/api/rejoin', back({ back: 'K7M2QX' }))
  expect(joining.answers).toHaveLength(1)
  expect(returning.answers).toEqual(joining.answers)
  expect(spread(joining.fast)).toBeLessThan(1)
  // Of the few that there is time for: a hash too many takes forty.
  expect(spread(returning.fast)).toBeLessThan(20)
}, 60_000)
