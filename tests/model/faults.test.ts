/** Faults that want a room of their own: patches that never came (F44), latecomers (F9), what is hidden (F56), a lock's last moment (F61). */
import { afterEach, expect, test, vi } from 'vitest'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { planWith } from '../support/kinds.ts'
import type { Command } from '../support/line.ts'
import type { Page } from './page.ts'
import { openWorld, type World } from './world.ts'

vi.mock('socket.io-client', async () => ({ io: (await import('./network.ts')).dial }))
vi.mock('socket.io', async () => ({ Server: (await import('./network.ts')).Server }))

let world: World
afterEach(() => world.close())

/** Between two heartbeats, and what a whole view needs to come. */
const BEAT = 4_000
const CONFIG = { prompt: { en: 'Say' }, perPerson: 9, length: 100, byDepartment: false }

/** A room in a step of short answers, which is named. */
async function room(people: number): Promise<{ console: Page; phones: Page[]; screen: Page }> {
  world = await openWorld('faults', { plan: planWith('answers', { config: CONFIG })(smartGoals) })
  const console = world.open({ door: 'console' })
  const screen = world.open({ door: 'screen' })
  await world.clock.until(() => console.held('facilitator') !== undefined, 2_000)
  await told(console, undefined, { type: 'session.open' })
  const phones: Page[] = []
  for (let i = 0; i < people; i += 1) {
    let page: Page | undefined
    void world.join(`Person ${i}`).then((who) => (page = world.open(who)))
    await world.clock.until(() => page?.live.mine !== undefined, 2_000)
    if (page !== undefined) phones.push(page)
  }
  await told(console, undefined, { type: 'session.start' })
  return { console, phones, screen }
}

/** Asks, and waits for the answer. */
async function told(page: Page, step: string | undefined, command: Command, patience = 60_000): Promise<Answer> {
  let answer: Answer | undefined
  void page.act(step, command).then((is) => (answer = is))
  await world.clock.until(() => answer !== undefined, patience)
  await world.clock.pass(150)
  if (answer === undefined) throw new Error(`${command.type} is not answered`)
  return answer
}

const write = (text: string) => ({ type: 'write', text, lang: 'en' })
const shown = (page: Page) => JSON.stringify(page.live.view)
const mine = (page: Page) => (page.live.mine?.steps.step as { cards: Record<string, { text: string }> } | undefined)?.cards ?? {}

test('F44 F3 a page that misses patches on a line that looks whole holds the whole view again within a heartbeat', async () => {
  const { console, phones, screen } = await room(2)
  const [ana, ben] = phones as [Page, Page]
  const wholes: string[] = []
  for (const lost of [1, 3]) {
    let left = lost
    // As after a recovery of the connection that only claims to have brought what was missed.
    world.network.fate = ({ way, event, link }) => {
      if (way === 'down' && event === 'view' && link.page === screen.socket) wholes.push(event)
      return way === 'down' && event === 'patch' && link.page === screen.socket && (left -= 1) >= 0 ? 'lose' : 'pass'
    }
    for (let i = 0; i < lost; i += 1) await told(console, undefined, { type: 'timer.start', total: 60_000 * (i + lost) })
    expect(screen.held('screen')?.at).not.toBe(ana.held('everyone')?.at)
    await world.clock.pass(BEAT + 500)
    expect(screen.live.view?.timer).toEqual(ana.live.view?.timer)
    expect(screen.held('screen')?.at).toBe(ana.held('everyone')?.at)
  }
  // The next patch that does not fit says it sooner than any heartbeat.
  let left = 1
  world.network.fate = ({ way, event, link }) => (way === 'down' && event === 'patch' && link.page === ben.socket && (left -= 1) >= 0 ? 'lose' : 'pass')
  await told(console, undefined, { type: 'pause.set', paused: true })
  await told(console, undefined, { type: 'timer.clear' })
  expect(ben.live.view).toEqual(ana.live.view)
  expect(wholes.length).toBeGreaterThan(1)
})

test.each([{ name: 'up', ways: ['up'] }, { name: 'down', ways: ['down'] }, { name: 'either way', ways: ['up', 'down'] }] as const)('F3 a line that carries nothing $name is given up, and everything said meanwhile arrives, although nobody is told of its end', async ({ ways }) => {
  const { console, phones } = await room(2)
  const [ana, ben] = phones as [Page, Page]
  const line = [...world.network.links].find((link) => link.page === ana.socket)
  line?.stall(...ways)
  const began = world.clock.now()
  await told(ben, 'step', write('said meanwhile'))
  await told(console, 'step', { type: 'reveal' })
  const answer = await told(ana, 'step', write('said into the silence'), 20_000)
  expect(answer.ok).toBe(true)
  await world.clock.until(() => shown(ana).includes('said meanwhile'), began + 20_000 - world.clock.now())
  expect(ana.live.view).toEqual(ben.live.view)
  expect(shown(ana).match(/said into the silence/gu)).toHaveLength(1)
})

test('F9 whoever comes late, or anew, holds exactly what those hold who were there, at every moment of a busy room', async () => {
  const { console, phones } = await room(4)
  await told(console, 'step', { type: 'reveal' })
  for (let i = 0; i < 24; i += 1) {
    void phones[i % 4]?.act('step', write(`card ${i}`))
    if (i % 5 === 0) void console.act('step', { type: i % 10 === 0 ? 'veil' : 'reveal' })
    const late = world.open(phones[i % 4]?.who as Page['who'])
    const screen = world.open({ door: 'screen' })
    // In the middle of the window in which a busy room gathers its changes.
    await world.clock.pass(17)
    void late
    void screen
  }
  await world.clock.pass(2_000)
  for (const page of world.pages) {
    const first = world.pages.find(({ who }) => JSON.stringify(who) === JSON.stringify(page.who)) as Page
    for (const audience of ['everyone', 'mine', 'screen', 'facilitator'] as const) expect(page.held(audience)).toEqual(first.held(audience))
  }
  for (const phone of phones) expect(phone.live.view).toEqual(phones[0]?.live.view)
})

test('F9 F17 an ended session reads the same after a restart: what was sealed takes the count of its moves along', async () => {
  world = await openWorld('sealed', { plan: planWith('agreements')(smartGoals) })
  const console = world.open({ door: 'console' })
  await world.clock.until(() => console.held('facilitator') !== undefined, 2_000)
  for (const type of ['session.open', 'session.start', 'flow.next', 'flow.next', 'session.end']) expect(await told(console, undefined, { type })).toMatchObject({ ok: true })
  const before = console.live.view
  world.kill()
  world.start()
  const late = world.open({ door: 'console' })
  await world.clock.pass(6_000)
  expect(late.live.view).toEqual(before)
  expect(console.live.view).toEqual(before)
})

test('F56 what is hidden leaves every page with the act that hides it, is in no view that is sent from then on, and comes back to nobody late', async () => {
  const { console, phones, screen } = await room(3)
  const [ana, ben, cleo] = phones as [Page, Page, Page]
  await told(ana, 'step', write('canary-to-hide'))
  await told(console, 'step', { type: 'reveal' })
  for (const page of [ana, ben, cleo, screen]) expect(shown(page)).toContain('canary-to-hide')
  // One of them is away when it happens, with the old view in hand.
  const line = [...world.network.links].find((link) => link.page === cleo.socket)
  line?.stall('down')
  let hidden = Infinity
  const leaks: string[] = []
  world.network.fate = ({ way, event, text, link }) => {
    const own = link.page === ana.socket && text.includes('"audience":"mine"')
    const { at = 0 } = way === 'down' && (event === 'view' || event === 'patch') ? ((JSON.parse(text) as [{ at: number }])[0]) : {}
    if (at >= hidden && !own && link.page !== console.socket && text.includes('canary-to-hide')) leaks.push(text)
    return 'pass'
  }
  const id = Object.keys(mine(ana))[0] ?? ''
  const answer = await told(console, 'step', { type: 'hide', id, reason: 'may-hurt' })
  if (answer.ok) hidden = answer.at
  for (const page of [ana, ben, screen]) expect(shown(page)).not.toContain('canary-to-hide')
  const late = [world.open({ door: 'screen' }), world.open(ben.who)]
  await told(ben, 'step', write('after it'))
  line?.cut(0, 0)
  await world.clock.pass(5_000)
  for (const page of [ana, ben, cleo, screen, ...late]) {
    expect(shown(page)).not.toContain('canary-to-hide')
    expect(shown(page)).toContain('after it')
  }
  expect(JSON.stringify(mine(ana))).toContain('canary-to-hide')
  expect(leaks).toEqual([])
})

test.each([-2_000, -200, 0, 200, 2_000, 8_000])('F61 what is sent %i ms from a timer’s zero is taken: time that is up asks, and closes nothing', async (offset) => {
  const { console, phones } = await room(1)
  const [ana] = phones as [Page]
  await told(console, undefined, { type: 'timer.start', total: 10_000 })
  const timer = ana.live.view?.timer
  const ends = timer !== undefined && 'ends' in timer ? timer.ends : 0
  await world.clock.pass(ends + offset - world.clock.now())
  expect(await told(ana, 'step', write('at the last moment'))).toMatchObject({ ok: true })
  expect(JSON.stringify(mine(ana))).toContain('at the last moment')
})

test.each([-2_000, -100, 100, 2_000, 8_000])('F61 FL6 OB7 what is sent %i ms from a step’s lock is taken before it and refused after it, and refused words stay with their author', async (offset) => {
  const { console, phones } = await room(1)
  const [ana] = phones as [Page]
  const sends = async (page: Page) => {
    let answer: Answer | undefined
    void page.act('step', write('at the last moment')).then((is) => (answer = is))
    await world.clock.until(() => answer !== undefined, 5_000)
    return answer
  }
  let answer: Answer | undefined
  if (offset < 0) {
    answer = await sends(ana)
    await world.clock.pass(-offset)
  }
  await told(console, undefined, { type: 'step.lock', step: 'step', locked: true })
  if (offset > 0) {
    await world.clock.pass(offset)
    answer = await sends(ana)
  }
  // Who sent it is told, and holds the words: the page that asked puts them back into its box.
  expect(answer).toEqual(offset < 0 ? { ok: true, at: expect.any(Number) as number } : { ok: false, code: 'locked' })
  expect(Object.values(mine(ana)).map(({ text }) => text)).toEqual(offset < 0 ? ['at the last moment'] : [])
})

test('F61 OB7 words that were on their way when a step was locked, from a page that is gone, are found on the next one', async () => {
  const { console, phones } = await room(1)
  const [ana] = phones as [Page]
  const line = [...world.network.links].find((link) => link.page === ana.socket)
  line?.stall('up')
  void ana.act('step', write('on its way'))
  await world.clock.pass(200)
  ana.vanish()
  line?.cut(0, 0)
  await told(console, undefined, { type: 'step.lock', step: 'step', locked: true })
  const again = world.open(ana.who, ana)
  await world.clock.pass(3_000)
  expect(again.live.waiting).toBe(0)
  expect(again.live.refusedWords.map(({ text }) => text)).toEqual(['on its way'])
  expect(mine(again)).toEqual({})
})
