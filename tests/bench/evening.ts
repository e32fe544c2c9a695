/**
 * One session as a full room lives it, measured on the way: everybody joins, taps on the check-in, writes on a named wall that
 * is shown, and comes back after the server was killed.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { nanoid } from 'nanoid'
import type { AnswersConfig } from '#shared/activities/answers/model.ts'
import type { Cores } from './cores.ts'
import { eveningPage } from './evening-page.ts'
import { join, phone, type Guest, type Joined } from './guest.ts'
import type { Figures, Measure, Size } from './measure.ts'
import { meter } from './meter.ts'
import { percentile } from './numbers.ts'
import { byLink, goTo, openSession, startProduct, type Product } from './product.ts'
import { Receipts } from './receipts.ts'
import { acknowledged, tapEvenly, until, type Tap } from './tapping.ts'

interface Evening {
  people: number
  /** Everybody joins within so many seconds. */
  joinSeconds: number
  burstSeconds: number
  /** One after another, twenty a second. */
  steadyTaps: number
}

const STEADY_PER_SECOND = 20
/** Of the template's set; some would rather not say. */
const WEATHERS = ['sunny', 'cloudy', 'rainy', 'foggy', 'windy', 'unsaid']
const TEXT = 'We will call every family before the first absence letter'
/** The screen stays with the newest cards: a page beyond the last is the last. */
const LAST_PAGE = 9999
const LONGEST_S = 60

const ROOMS: Record<Size, readonly number[]> = { quick: [50], full: [100, 1_000] }
const STEADY_TAPS: Record<Size, number> = { quick: 40, full: 200 }
const JOINS_PER_SECOND = 100
const BURST_SECONDS = 2

export const EVENING: Measure = {
  name: 'evening',
  rows: [],
  runs: { quick: 0, full: 3 },
  async measure(cores, size, say): Promise<Figures> {
    const figures: Figures = {}
    for (const people of ROOMS[size]) {
      say(`${people} people`)
      const room = await measureEvening(cores, { people, joinSeconds: people / JOINS_PER_SECOND, burstSeconds: BURST_SECONDS, steadyTaps: STEADY_TAPS[size] })
      for (const [name, value] of Object.entries(room)) figures[`${people} ${name}`] = value
    }
    return figures
  },
  lines: () => ({}),
  section: (figures, size) => eveningPage(ROOMS[size].map((people) => ({ ...inRoom(figures, people), people }))),
}

/** The figures of one room, by their names alone. */
function inRoom(figures: Figures, people: number): Figures {
  const head = `${people} `
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name.startsWith(head)).map(([name, value]) => [name.slice(head.length), value]))
}

async function measureEvening(cores: Cores, evening: Evening): Promise<Figures> {
  const product = await startProduct(cores.server)
  const guests: Guest[] = []
  try {
    const created = await openSession(product, (plan) => {
      const serve = plan.steps['serve']?.activity.config as AnswersConfig
      Object.assign(serve, { perPerson: 5, byDepartment: false })
    })
    const controls = await byLink(product, created, 'console')
    const screen = await byLink(product, created, 'screen')
    guests.push(controls, screen)
    const { keys, figures: joining } = await everybodyJoins(product, created.code, evening, guests)
    const phones = guests.slice(2)
    await product.api('POST', `/api/sessions/${created.id}/start`)
    await goTo(product, created.id, 'weather')
    const checkIn = await checkInBurst(product, phones, evening)
    await goTo(product, created.id, 'serve')
    for (const order of [{ type: 'reveal' }, { type: 'page', page: LAST_PAGE }]) await done(controls, order)
    const wall = await onTheWall(product, phones, screen, evening)
    const memory = product.process().memory()
    const gaps = guests.reduce((sum, guest) => sum + guest.gaps + (guest.lost ? 1 : 0), 0)
    for (const guest of guests) guest.client.close()
    const back = await everybodyComesBack(product, keys, guests, evening.steadyTaps + evening.people)
    return { ...joining, ...checkIn, ...wall, memory, gaps, ...back }
  } finally {
    for (const guest of guests) guest.client.close()
    await product.close()
  }
}

async function everybodyJoins(product: Product, code: string, { people, joinSeconds }: Evening, guests: Guest[]): Promise<{ keys: Joined[]; figures: Figures }> {
  const cost = meter(product.process())
  const keys: Joined[] = []
  const times: number[] = []
  let failed = 0
  await Promise.all(Array.from({ length: people }, async (_, i) => {
    await wait((i / people) * joinSeconds * 1000)
    const began = performance.now()
    try {
      const key = await join(product.origin, code, `Person ${i}`)
      const guest = phone(product.origin, key)
      guests.push(guest)
      keys.push(key)
      await guest.seen
      times.push(performance.now() - began)
    } catch {
      failed += 1
    }
  }))
  if (failed === people) throw new Error('Nobody was let in')
  const { server, foreign } = cost()
  return { keys, figures: { joinFailed: failed, joinP50: percentile(times, 0.5), joinP99: percentile(times, 0.99), joinCpu: server, joinForeign: foreign } }
}

async function checkInBurst(product: Product, phones: readonly Guest[], { burstSeconds }: Evening): Promise<Figures> {
  await quiet(phones)
  const own = new Map<Guest, number>()
  for (const guest of phones) guest.watch = { patch: (who, audience) => audience === 'mine' && own.set(who, performance.now()) }
  const cost = meter(product.process())
  const taps = await tapEvenly(phones.length, burstSeconds, (i) => (phones[i] as Guest).client, (i) => ({ id: nanoid(), step: 'weather', do: { type: 'answer', weather: WEATHERS[i % WEATHERS.length] } }))
  await until(() => own.size === phones.length && taps.every((tap) => tap.acked !== undefined), LONGEST_S)
  const { server, load, foreign } = cost()
  const acks = acknowledged(taps)
  const updated = taps.map((tap, i) => (own.get(phones[i] as Guest) ?? Infinity) - tap.sent)
  return { checkCpu: server, checkAckP50: percentile(acks.times, 0.5), checkAckP99: percentile(acks.times, 0.99), checkOwnP99: percentile(updated, 0.99), checkRefused: acks.refused, checkMissing: acks.missing, checkLoad: load, checkForeign: foreign }
}

async function onTheWall(product: Product, phones: readonly Guest[], screen: Guest, { burstSeconds, steadyTaps }: Evening): Promise<Figures> {
  const write = (from: number) => (i: number) => ({ id: nanoid(), step: 'serve', do: { type: 'write', text: `${TEXT} #${from + i};`, lang: 'en' } })
  const client = (i: number) => (phones[i % phones.length] as Guest).client
  const arrived = (taps: readonly Tap[], receipts: Receipts) => until(() => taps.every((tap) => tap.acked !== undefined && receipts.everywhere(tap.at)), LONGEST_S)

  await quiet(phones)
  const calm = new Receipts(phones, screen)
  const steadyCost = meter(product.process())
  const steady = await tapEvenly(steadyTaps, steadyTaps / STEADY_PER_SECOND, client, write(0))
  await arrived(steady, calm)
  const steadySpent = steadyCost()
  const shown = steady.map((tap, i) => calm.shown(i, tap.at) - tap.sent)

  await quiet(phones)
  const receipts = new Receipts(phones, screen)
  const burstCost = meter(product.process())
  const burst = await tapEvenly(phones.length, burstSeconds, client, write(steadyTaps))
  await arrived(burst, receipts)
  const burstSpent = burstCost()
  const onScreen = burst.map((tap) => receipts.screenAt(tap.at) - tap.sent)
  const [acksSteady, acks] = [acknowledged(steady), acknowledged(burst)]
  return {
    steadyCpu: steadySpent.server,
    steadyAckP99: percentile(acksSteady.times, 0.99),
    steadyScreenP50: percentile(shown, 0.5),
    steadyScreenP99: percentile(shown, 0.99),
    steadyLastP99: percentile(steady.map((tap) => calm.lastAt(tap.at) - tap.sent), 0.99),
    steadyLoad: steadySpent.load,
    wallCpu: burstSpent.server,
    wallAckP50: percentile(acks.times, 0.5),
    wallAckP99: percentile(acks.times, 0.99),
    wallScreenP50: percentile(onScreen, 0.5),
    wallScreenP99: percentile(onScreen, 0.99),
    wallLastP99: percentile(burst.map((tap) => receipts.lastAt(tap.at) - tap.sent), 0.99),
    wallRefused: acks.refused + acksSteady.refused,
    wallMissing: acks.missing + acksSteady.missing,
    wallLoad: burstSpent.load,
    wallForeign: burstSpent.foreign,
  }
}

/** The server is killed and started again; everybody comes back at the same moment, to a whole view with all they had written. */
async function everybodyComesBack(product: Product, keys: readonly Joined[], guests: Guest[], written: number): Promise<Figures> {
  await product.kill()
  const killed = performance.now()
  await product.restart()
  const ready = performance.now()
  const cost = meter(product.process())
  let cards = 0
  guests.length = 0
  const count = { view: (_guest: Guest, { audience, view }: { audience: string; view: unknown }) => audience === 'mine' && (cards += cardsOf(view)) }
  const times = await Promise.all(keys.map(async (key) => {
    for (let tries = 0; tries < 5; tries++) {
      const guest = phone(product.origin, key, count)
      guests.push(guest)
      if (await guest.seen.then(() => true, () => false)) return performance.now() - ready
      await wait(500)
    }
    return Infinity
  }))
  return { backStart: ready - killed, backP50: percentile(times, 0.5), backAll: Math.max(...times), backCpu: cost().server, backLost: written - cards, backFailed: guests.length - keys.length }
}

function cardsOf(mine: unknown): number {
  const { steps } = mine as { steps: Record<string, { cards?: Record<string, unknown> }> }
  return Object.keys(steps['serve']?.cards ?? {}).length
}

async function done(guest: Guest, order: unknown): Promise<void> {
  const answer = await new Promise((resolve) => guest.client.ask('act', { id: nanoid(), step: 'serve', do: order }, resolve))
  if ((answer as { ok: boolean }).ok !== true) throw new Error(`The console was refused: ${JSON.stringify(answer)}`)
}

/** Until nobody has been sent anything for half a second. */
async function quiet(phones: readonly Guest[]): Promise<void> {
  let last = performance.now()
  for (const guest of phones) guest.watch = { patch: () => void (last = performance.now()) }
  await until(() => performance.now() - last > 500, 10)
  for (const guest of phones) guest.watch = {}
}
