/** F8: a whole school is one address to the server. Right codes and links always come in, whoever mistypes or guesses beside them. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { SERVERS } from '../support/storage.ts'
import type { Reply } from '../support/visit.ts'

const JOINS = 200
/** One in twenty mistypes. */
const TYPO = 20
const WITHIN_MS = 10_000
const SIDE_BY_SIDE = 25
/** More than one address may miss at once. */
const MISSES = 80

let server: ServerProcess
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => { await server.close() })

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const dice = random('addresses')
/** Every phone has a secret of its own, as the real one has. */
const device = () => Array.from({ length: 43 }, () => LETTERS[dice.below(64)]).join('')
const wrong = (code: string) => String((Number(code) + 1 + dice.below(99_999_998)) % 100_000_000).padStart(8, '0')
const typed = (code: string, of = device()): Promise<Reply> => server.nobody('POST', '/api/join', { code, device: of })

/** Does them side by side, so many at a time, in order. */
async function all<T>(count: number, one: (i: number) => Promise<T>): Promise<T[]> {
  const out: T[] = []
  let next = 0
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    while (next < count) {
      const i = (next += 1) - 1
      out[i] = await one(i)
    }
  }))
  return out
}

test('F8 two hundred people of one school join at once by the code, one in twenty mistypes, and nobody with the right code is refused', async () => {
  const session = await server.openSession(planWith('check-in'))
  const began = performance.now()
  const people = await all(JOINS, async (i) => {
    const of = device()
    const first = i % TYPO === 0 ? await typed(wrong(session.code), of) : undefined
    return { first, then: await typed(session.code, of) }
  })
  expect(performance.now() - began).toBeLessThan(WITHIN_MS)
  expect(people.filter(({ then }) => then.status !== 201).map(({ then }) => then.text)).toEqual([])
  expect(people.flatMap(({ first }) => (first === undefined ? [] : [first.status]))).toEqual(Array.from({ length: JOINS / TYPO }, () => people[0]?.first?.status))
  expect(people[0]?.first?.status).toBeGreaterThanOrEqual(400)
})

test('F8 while somebody at the same address guesses codes as fast as they can, guesses are slowed down, and every right code and link still comes in', async () => {
  const session = await server.openSession(planWith('check-in'))
  // All that one address may miss in a minute at each server, from as many phones as it takes.
  await all(MISSES * SERVERS, () => typed(wrong(session.code)))
  const guesser = device()
  let joining = true
  const told: number[] = []
  const guessing = Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    while (joining) told.push((await typed(wrong(session.code), guesser)).status)
  }))
  const began = performance.now()
  const [byLink, byCode] = await Promise.all([
    all(60, () => server.nobody('POST', '/api/join', { token: session.joinToken, device: device() })),
    all(SIDE_BY_SIDE, () => typed(session.code)),
  ])
  const seconds = (performance.now() - began) / 1_000
  joining = false
  await guessing
  expect(byLink.map(({ status }) => status)).toEqual(byLink.map(() => 201))
  expect(byCode.map(({ status }) => status)).toEqual(byCode.map(() => 201))
  // Looked up are no more than one in two seconds of one phone's; all else is turned away unread.
  const looked = told.filter((status) => status !== 429).length
  expect(looked).toBeLessThanOrEqual(SERVERS * (seconds / 2 + 2))
})
