/** F12: the same person on another device, by a code of six characters. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { normaliseRejoinCode } from '../../../server/access/rejoin.ts'
import { planWith } from '../../support/kinds.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { SERVERS } from '../../support/storage.ts'
import type { Hosted, Reply, Ticket } from '../../support/visit.ts'

const HOUR = 3_600_000
let it: TestApp
let clock = 1_800_000_000_000
beforeAll(async () => { it = await startApp({ now: () => clock }) })
afterAll(async () => { await it.close() })

const newDevice = () => randomBytes(32).toString('base64url')
const codeOf = async ({ token }: Ticket, known?: string): Promise<string> => (await it.nobody('POST', '/api/rejoin/code', { device: token, ...(known === undefined ? {} : { code: known }) })).body.code as string
const comeBack = (session: Hosted, back: string, device = newDevice()): Promise<Reply> => it.nobody('POST', '/api/rejoin', { token: session.joinToken, device, back })
const handOut = (session: Hosted, person: string) => it.host('POST', `/api/sessions/${session.id}/people/${person}/rejoin`)
const named = (shipped: Parameters<ReturnType<typeof planWith>>[0]) => ({ ...planWith('answers')(shipped), naming: 'first' as const })

async function liveSession(): Promise<Hosted> {
  const session = await it.openSession(named)
  await it.move(session, 'start')
  return session
}
/** Every server counts for itself: on several there may be as many tries on each. */
function expectOnEach(counted: number, each: number): void {
  expect(counted).toBeGreaterThanOrEqual(each)
  expect(counted).toBeLessThanOrEqual(each * SERVERS)
}
/** Wrong codes until every server says that there were enough. */
async function guess(session: Hosted, wrong: string, device?: string): Promise<number> {
  let tried = 0
  for (let refused = 0; refused < (SERVERS === 1 ? 1 : 12); ) {
    const { code } = (await comeBack(session, wrong, device)).body
    expect(['no-admission', 'too-many']).toContain(code)
    if (code === 'too-many') refused += 1
    else tried += 1
  }
  // A server that was asked so often looks again in a while for codes that were handed out at another one.
  clock += 5_000
  return tried
}
const people = async (session: Hosted) => (await it.host('GET', `/api/sessions/${session.id}`)).body.people as number

test('F12 PE9 the code brings the same person back, once, with the name and the lines they had', async () => {
  const session = await liveSession()
  const ana = await it.participant(session, { name: 'Ana' })
  await ana.done('step', { type: 'write', text: 'From the first phone', lang: 'en' })
  const code = await codeOf(ana.ticket)
  expect(code).toMatch(/^[23456789CDFHJKMNPQRTVWXY]{6}$/u)
  const reply = await comeBack(session, ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)
  expect(reply.status).toBe(201)
  const other = await it.participant(session, reply.body as Ticket)
  expect(reply.body.person).toBe(ana.ticket.person)
  expect(other.view('mine')?.person.name).toBe('Ana')
  expect(JSON.stringify(other.view('mine'))).toContain('From the first phone')
  expect(await people(session)).toBe(1)
  expect((await comeBack(session, code)).body.code).toBe('no-admission')
  expect(await codeOf(ana.ticket, code)).not.toBe(code)
})

test('F12 PE9 of two devices that come with one code at once, one is let in', async () => {
  const session = await liveSession()
  const code = await codeOf(await it.join(session, { name: 'Ana' }))
  const replies = await Promise.all([comeBack(session, code), comeBack(session, code), comeBack(session, code)])
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 404, 404])
})

test('F12 PE9 only the newest code works, in its session alone, for twelve hours, and never after its person was removed or the session ended', async () => {
  const [session, other] = [await liveSession(), await liveSession()]
  const ana = await it.join(session, { name: 'Ana' })
  const code = await codeOf(ana)
  expect(await codeOf(ana, code)).toBe(code)
  expect((await comeBack(other, code)).body.code).toBe('no-admission')
  const handed = (await handOut(session, ana.person)).body.code as string
  expect((await comeBack(session, code)).body.code).toBe('no-admission')
  clock += 12 * HOUR
  expect((await comeBack(session, handed)).body.code).toBe('no-admission')
  const removed = await codeOf(ana)
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'person.remove', person: ana.person })
  expect((await comeBack(session, removed)).body.code).toBe('no-admission')
  expect((await it.nobody('POST', '/api/rejoin/code', { device: ana.token })).status).toBe(404)
  expect((await handOut(session, ana.person)).status).toBe(404)
  const late = await codeOf(await it.join(other, { name: 'Ben' }))
  await it.move(other, 'end')
  expect((await comeBack(other, late)).body.code).toBe('no-admission')
})

test('F12 PE9 no code and nothing to make one from is stored or logged', async () => {
  const session = await liveSession()
  const ana = await it.join(session, { name: 'Ana' })
  const codes = [await codeOf(ana), (await handOut(session, ana.person)).body.code as string]
  await comeBack(session, codes[1] ?? '')
  for (const code of codes) expect((await it.stored()).includes(code)).toBe(false)
})

test('F12 PE9 a device that is somebody already, or nobody, is told no and changes nothing', async () => {
  const session = await liveSession()
  const [ana, ben] = [await it.join(session, { name: 'Ana' }), await it.join(session, { name: 'Ben' })]
  const unused = await codeOf(ana)
  const reply = await comeBack(session, unused, ben.token)
  expect(reply.body.code).toBe('already')
  expect((await it.join(session, { device: ben.token })).person).toBe(ben.person)
  // The code was not used up by that: another device comes back with it.
  expect((await comeBack(session, unused)).body.person).toBe(ana.person)
  expect((await it.nobody('POST', '/api/rejoin/code', { device: newDevice() })).status).toBe(404)
  expect((await handOut(session, 'nobody-at-all')).status).toBe(404)
})

test('F12 PE10 after five wrong codes a device has no more tries, until a facilitator hands out a new code', async () => {
  const session = await liveSession()
  const ana = await it.join(session, { name: 'Ana' })
  const right = await codeOf(ana)
  const device = newDevice()
  const wrong = right === 'CCCCCC' ? 'DDDDDD' : 'CCCCCC'
  expectOnEach(await guess(session, wrong, device), 5)
  expect((await comeBack(session, right, device)).body.code).toBe('too-many')
  const handed = (await handOut(session, ana.person)).body.code as string
  expect((await comeBack(session, handed, device)).body.person).toBe(ana.person)
})

test('F12 PE10 who changes devices has sixty tries in a session, and other sessions keep theirs', async () => {
  const [session, other] = [await liveSession(), await liveSession()]
  expectOnEach(await guess(session, 'CCCCCC'), 60)
  const ben = await it.join(other, { name: 'Ben' })
  expect((await comeBack(other, await codeOf(ben))).status).toBe(201)
})

test('F29 PE10 wrong codes that come side by side are as many as one after the other', async () => {
  const session = await liveSession()
  const device = newDevice()
  const replies = await Promise.all(Array.from({ length: 30 }, () => comeBack(session, 'CCCCCC', device)))
  const codes = replies.map(({ body }) => body.code as string)
  expect(new Set(codes)).toEqual(new Set(['no-admission', 'too-many']))
  expectOnEach(codes.filter((code) => code === 'no-admission').length, 5)
})

test('F24 RI5 codes that a co-facilitator handed out and nobody has used end with the co-facilitator’s link, and others’ stay', async () => {
  const session = await liveSession()
  const [ana, ben] = [await it.join(session, { name: 'Ana' }), await it.join(session, { name: 'Ben' })]
  const { link, handle } = await it.link(session, 'cofacilitator', 'Rosa')
  const rosa = { cookie: await it.cookieFor(link), origin: it.url }
  const handed = await it.nobody('POST', `/api/sessions/${session.id}/people/${ana.person}/rejoin`, undefined, rosa)
  expect(handed.status).toBe(201)
  const own = await codeOf(ben)
  expect((await it.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)).status).toBe(204)
  expect((await comeBack(session, handed.body.code as string)).body.code).toBe('no-admission')
  expect((await comeBack(session, own)).body.person).toBe(ben.person)
})

test('F12 PE10 a device asks for its code as often as people look, and no oftener', async () => {
  const session = await liveSession()
  const ana = await it.join(session, { name: 'Ana' })
  const asked: number[] = []
  while (asked.at(-1) !== 429) asked.push((await it.nobody('POST', '/api/rejoin/code', { device: ana.token })).status)
  expect(new Set(asked)).toEqual(new Set([200, 429]))
  expectOnEach(asked.length - 1, 10)
})

test.each([['k7m2qx', 'K7M2QX'], ['K7M 2QX', 'K7M2QX'], ['kzmsqu', 'K2M5QV'], ['Ｋ７Ｍ２ＱＸ', 'K7M2QX'], ['K7M2Q', undefined], ['K7M2Q0', undefined], ['x'.repeat(60), undefined], ['', undefined]])('F12 PE9 %s is read as %s', (typed, code) => {
  expect(normaliseRejoinCode(typed)).toBe(code)
})
