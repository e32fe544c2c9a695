/** F43 F27: what ends at one server ends at the others, also where they cannot hear each other. */
import { afterEach, expect, test, vi } from 'vitest'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import type { FacilitatorView } from '#shared/session/views/types.ts'
import { planWith } from '../support/kinds.ts'
import type { Command } from '../support/line.ts'
import type { Page } from './page.ts'
import { openWorld, type World } from './world.ts'

vi.mock('socket.io-client', async () => ({ io: (await import('./network.ts')).dial }))
vi.mock('socket.io', async () => ({ Server: (await import('./network.ts')).Server }))

let world: World
afterEach(() => world.close())

/** What other servers did is found within this, ms, by looking. */
const LOOK = 3_000

/** Two servers; a console, and enough phones that each server has some. */
async function room(seed: string): Promise<{ console: Page; phones: Page[] }> {
  world = await openWorld(seed, { plan: planWith('answers')(smartGoals), servers: 2 })
  const console = world.open({ door: 'console' })
  await world.clock.until(() => console.held('facilitator') !== undefined, 2_000)
  await told(console, { type: 'session.open' })
  const phones: Page[] = []
  for (let i = 0; i < 8; i += 1) {
    let page: Page | undefined
    void world.join(`Person ${String(i)}`).then((who) => (page = world.open(who)))
    await world.clock.until(() => page?.live.mine !== undefined, 4_000)
    if (page !== undefined) phones.push(page)
  }
  expect(new Set([...world.network.links].map(({ to }) => to)).size).toBe(2)
  return { console, phones }
}

async function told(page: Page, command: Command): Promise<void> {
  let answered = false
  void page.act(undefined, command).then(() => (answered = true))
  await world.clock.until(() => answered, 10_000)
  expect(answered).toBe(true)
}

test.each([true, false])('F43 SE7 a session that is deleted at one server is gone for everybody, whichever server they are at (servers hear each other: %s)', async (up) => {
  const { console, phones } = await room(`deleted/${String(up)}`)
  world.hints.up = up
  const removed = world.remove(0)
  await world.clock.pass(LOOK)
  await removed
  for (const page of [console, ...phones]) expect(page.live.connection.bye).toBe('deleted')
})

test.each([true, false])('F43 who is removed at one server is let go at every other, and nobody else is (servers hear each other: %s)', async (up) => {
  const { console, phones } = await room(`removed/${String(up)}`)
  world.hints.up = up
  const gone = phones.filter((_, i) => i % 2 === 0)
  for (const { who } of gone) await told(console, { type: 'person.remove', person: who.door === 'phone' ? who.person : '' })
  await world.clock.pass(LOOK)
  expect(phones.map((page) => page.live.connection.bye)).toEqual(phones.map((page) => (gone.includes(page) ? 'removed' : undefined)))
})

test('F43 a server that stood still while the others went on shows what they wrote, and takes nothing twice, when it goes on', async () => {
  const { console, phones } = await room('frozen')
  await told(console, { type: 'session.start' })
  const frozen = 1
  world.freeze(frozen)
  for (const phone of phones) void phone.act('step', { type: 'write', text: `word of ${phone.who.door === 'phone' ? phone.who.person : ''}`, lang: 'en' })
  await world.clock.pass(20_000)
  world.thaw(frozen)
  await world.clock.pass(5_000 + LOOK)
  const written = JSON.stringify(world.store.rows('session').map(({ data }) => data))
  for (const { who, live } of phones) {
    expect(live.waiting).toBe(0)
    expect(written.split(`word of ${who.door === 'phone' ? who.person : ''}`)).toHaveLength(2)
  }
})

test.each([true, false])('F30 F43 who waits at one server is shown and let in by a console at whichever other (servers hear each other: %s)', async (up) => {
  const { console } = await room(`door/${String(up)}`)
  world.hints.up = up
  await told(console, { type: 'doors.guard', guarded: true })
  await world.clock.pass(LOOK)
  const newcomers: Page[] = []
  for (let i = 0; i < 6; i += 1) {
    let page: Page | undefined
    void world.join(`Newcomer ${String(i)}`).then((who) => (page = world.open(who)))
    await world.clock.until(() => page?.held('door') !== undefined, 4_000)
    if (page !== undefined) newcomers.push(page)
  }
  await world.clock.pass(LOOK)
  const waiting = () => Object.values((console.held('facilitator')?.view as FacilitatorView).waiting ?? {}).map(({ number }) => number)
  expect([newcomers.length, waiting()]).toEqual([6, [1, 2, 3, 4, 5, 6]])
  expect(newcomers.every((page) => page.held('everyone') === undefined)).toBe(true)
  await told(console, { type: 'people.admit' })
  await world.clock.pass(LOOK)
  expect(newcomers.map((page) => [page.live.view !== undefined, page.live.door, page.live.connection.state])).toEqual(newcomers.map(() => [true, undefined, 'on']))
  expect(waiting()).toEqual([])
})
