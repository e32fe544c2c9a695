/** F29: somebody types codes by a program, from ever new devices and addresses, at the pace that nobody slows down, beside 200 live sessions. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { newCode } from '../../server/access/codes.ts'
import { newJoinToken } from '../../server/access/keys.ts'
import { openLimits } from '../../server/access/limits.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { shareOf } from '../torture/share.ts'

const SESSIONS = 200
const CODES = 1e8
/** What all misses together are allowed, a second: the budget of a guesser. */
const BUDGET = 20
const AT_ONCE = 18

const share = shareOf('guesses')
let it: TestApp
let clock = 1_800_000_000_000
beforeAll(async () => { it = await startApp({ now: () => clock }) })
afterAll(async () => { await it.close() })

const guess = (code: string, i: number) =>
  it.app.http.inject({ method: 'POST', url: '/api/join', payload: { code, device: `guesser-${i}`.padEnd(43, 'x'), look: true }, remoteAddress: `10.${(i >> 14) & 255}.${(i >> 7) & 127}.${i & 127}` })

async function openSession(): Promise<string> {
  const { log } = it.app.deps
  const code = await newCode((candidate) => log.codeTaken(candidate, clock))
  const id = `session-${code}`
  await log.createSession({ id, code, joinToken: newJoinToken(), title: 'Live', phase: 'open', createdAt: clock })
  const events = [{ type: 'session.created', plan: smartGoals }, { type: 'session.opened' }]
  await log.append({ session: id, expected: 0, events: events.map((event) => ({ at: clock, data: JSON.stringify(event) })), receipts: [] })
  return code
}

test.skipIf(share.count === 0)('F29 finds no more rooms than chance allows, at the pace of the budget, and right codes are admitted all the while', async () => {
  const live = await Promise.all(Array.from({ length: SESSIONS }, openSession))
  const began = clock
  const texts = new Set<string>()
  let [found, right] = [0, 0]
  async function tryOne(seed: number): Promise<void> {
    const code = String(random(`guess ${seed}`).below(CODES)).padStart(8, '0')
    const reply = await guess(code, seed)
    if (reply.statusCode === 200) found += 1
    else texts.add(`${reply.statusCode} ${reply.body}`)
    expect(reply.statusCode === 200, `seed ${seed}`).toBe(live.includes(code))
  }
  // Several at once: a wrong code is answered after a moment, whoever asks.
  for (let i = 0; i < share.seeds.length; i += AT_ONCE) {
    clock += (AT_ONCE * 1_000) / BUDGET
    await Promise.all(share.seeds.slice(i, i + AT_ONCE).map(tryOne))
    // Somebody of the room, who comes by the same address meanwhile.
    if (i % (28 * AT_ONCE) === 0) {
      expect((await guess(live[(i / 10) % SESSIONS | 0] as string, share.seeds[i] as number)).statusCode).toBe(200)
      right += 1
    }
  }
  expect([...texts]).toHaveLength(1)
  const chance = (share.count * SESSIONS) / CODES
  expect(found).toBeLessThanOrEqual(Math.ceil(chance + 6 * Math.sqrt(chance) + 2))
  share.report({ guesses: share.count, found, 'right codes admitted': right, 'hours that it would take': Math.round((clock - began) / 360_000) / 10 })
}, share.timeout(2))

test('F29 a guesser who is faster, from however many devices and addresses, is held to the budget; who has the right code is not', () => {
  const limits = openLimits()
  let now = 1_800_000_000_000
  const HOUR = 3_600_000
  const end = now + HOUR
  let misses = 0
  for (let i = 0; now < end; i += 1) {
    const visitor = { device: `device ${i}`, address: `2001:db8:${(i >> 8).toString(16)}:${(i & 255).toString(16)}::1` }
    const verdict = limits.mayTryCode(visitor, now)
    // Whoever is told to wait is answered no sooner; they come with forty lines at once, as many as are heard.
    if (!verdict.ok) now += verdict.waitMs / 40
    limits.missedCode(visitor, now)
    misses += 1
  }
  // 200 rooms among 10^8 codes: less than one room in an hour.
  expect((misses * SESSIONS) / CODES).toBeLessThan(0.5)
  const device = { device: 'one device', address: '198.51.100.1' }
  for (let i = 0; i < 10; i += 1) limits.missedCode(device, now + 60_000)
  expect(limits.mayTryCode(device, now + 60_000)).toMatchObject({ ok: false })
})
