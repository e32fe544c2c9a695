/**
 * A session on a virtual network: the real gateway, rooms and rules over storage in memory, and the real client (session,
 * outbox, inbox) on each page. Everything that happens follows from the seed.
 */
import '../support/runes.ts'
import type { Server as HttpServer } from 'node:http'
import { random, type Random } from '#shared/random.ts'
import { decideJoin } from '#shared/session/decide.ts'
import { stepOf, type SessionEvent } from '#shared/session/events.ts'
import type { Plan } from '#shared/session/plan.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { openGateway, type Gateway } from '../../server/socket/gateway.ts'
import { openLimits } from '../../server/access/limits.ts'
import { hashSecret, mint } from '../../server/access/keys.ts'
import { consoleCookie, screenCookie } from '../../server/access/identity.ts'
import { openLogger } from '../../server/logger.ts'
import { Rooms } from '../../server/room/rooms.ts'
import { installClock, type Clock } from './clock.ts'
import { planFor } from './generator.ts'
import { memoryStore, type Fate as StorageFate, type Store } from './memory-log.ts'
import { Network, plugIn } from './network.ts'
import { openPage, type Page, type Who } from './page.ts'

export const SESSION = 'session'
export const BEGINS = Date.UTC(2026, 10, 24, 14)

/** What is in the log before the server starts, and who has joined by it. */
export interface Before {
  events: { event: SessionEvent; at: number }[]
  people: Extract<Who, { door: 'phone' }>[]
}

/** Somebody with a phone, known by a number. */
export function aPerson(number: number, name: string): Before['people'][number] {
  const person = `person-${String(number).padStart(4, '0')}`
  return { door: 'phone', person, token: person.padEnd(43, '-'), veil: `veil-${person}`.padEnd(43, '-'), name }
}

/** One life of the server process. */
interface Life {
  gateway: Gateway
  rooms: Rooms
  killed: boolean
}

export interface World {
  readonly clock: Clock
  readonly network: Network
  readonly store: Store
  /** Dice of the test, of this seed. */
  readonly dice: Random
  /** Every throw of the server's dice, in order: what was drawn, and what a thing that was made is called. */
  readonly thrown: { seed: string; id?: string }[]
  readonly pages: Page[]
  /** What rules, views and listeners threw, and what was logged as a mistake. */
  readonly bugs: string[]
  readonly rooms: Rooms | undefined
  /** How far the server's clock is set from the right time, ms. */
  skew: number
  /** What becomes of the next calls to storage; a test's own. */
  storage: (call: 'append' | 'read') => StorageFate
  /** A new person, by way of the door; resolves once they may open a page. */
  join(name: string, department?: string, known?: (person: string) => void): Promise<Who>
  open(who: Who, from?: Page): Page
  /** As kill -9: lines break, what was not committed is gone. */
  kill(): void
  start(): void
  close(): void
}

export async function openWorld(seed: string, given?: { plan?: Plan; beat?: number; before?: Before }): Promise<World> {
  const dice = random(seed)
  const clock = installClock(BEGINS)
  const network = plugIn(new Network(random(`${seed}/network`)))
  const store = memoryStore()
  const thrown: World['thrown'] = []
  const bugs: string[] = []
  const pages: Page[] = []
  const limits = openLimits()
  const logger = openLogger('error', (line) => void bugs.push(line), clock.now)
  let people = 0
  let life: Life | undefined
  const chance = random(`${seed}/server`)
  const letters = (n: number) => Array.from({ length: Math.ceil(n / 4) }, () => (36 ** 3 + chance.below(35 * 36 ** 3)).toString(36)).join('')
  const roomDice = {
    seed: () => { const is = letters(16); thrown.push({ seed: is }); return is },
    id: () => { const is = letters(12); const last = thrown.at(-1); if (last !== undefined) last.id = is; return is },
  }
  const dropped = (): never => { throw new Error('No line to a server that is not running') }
  const directory = store.open(clock.now)
  await directory.createSession({ id: SESSION, code: '12345678', joinToken: 'token', title: '', phase: 'draft', createdAt: clock.now() })
  const plan = given?.plan ?? planFor(random(`${seed}/plan`), smartGoals)
  const events = given?.before?.events ?? [{ event: { type: 'session.created', plan } satisfies SessionEvent, at: clock.now() }]
  await directory.append({ session: SESSION, expected: 0, events: events.map(({ event, at }) => { const step = stepOf(event); return { at, data: JSON.stringify(event), ...(step === undefined ? {} : { step }) } }), receipts: [] })
  for (const { person, token } of given?.before?.people ?? []) await directory.addKey({ hash: hashSecret(token), role: 'participant', session: SESSION, person, handle: person, createdAt: clock.now() })
  const cookies = {
    console: `${consoleCookie(SESSION)}=${(await mint(directory, { role: 'facilitator', session: SESSION, now: clock.now() })).secret}`,
    screen: `${screenCookie(SESSION)}=${(await mint(directory, { role: 'screen', session: SESSION, now: clock.now() })).secret}`,
  }

  const serverNow = () => clock.now() + world.skew
  const world: World = {
    skew: 0,
    clock, network, store, dice, thrown, pages, bugs,
    storage: () => 'kept',
    get rooms() { return life?.rooms },
    start() {
      const now: Life = { killed: false } as Life
      const log = store.open(serverNow, (call) => (now.killed ? 'lost' : world.storage(call)))
      now.gateway = openGateway({} as HttpServer, {
        log, limits, logger, now: serverNow, publicUrl: undefined, joinOf: () => Promise.resolve(undefined),
        cookies: (header) => Object.fromEntries(header.split('; ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
        ...(given?.beat === undefined ? {} : { beat: given.beat }),
      })
      now.rooms = new Rooms({ log, now: serverNow, dice: roomDice, bug: (error) => bugs.push(String((error as Error).stack)) }, now.gateway.announce)
      now.gateway.attach(now.rooms)
      life = now
    },
    kill() {
      if (life === undefined) return
      const was = life
      life = undefined
      was.killed = true
      const server = network.server
      if (server !== undefined) server.dead = true
      network.server = undefined
      for (const link of [...network.links]) link.cut(network.delay(), 0)
      was.rooms.close()
      void was.gateway.close()
    },
    async join(name, department, known = () => undefined) {
      people += 1
      const who = aPerson(people, name)
      const { person, token } = who
      known(person)
      await directory.addKey({ hash: hashSecret(token), role: 'participant', session: SESSION, person, handle: person, createdAt: clock.now() })
      const { room } = (await life?.rooms.get(SESSION)) ?? dropped()
      const answer = await room.submit({ sender: 'participant', decide: (state) => decideJoin(state, { type: 'person.join', person, name, ...(department === undefined ? {} : { department }) }) })
      if (!answer.ok) throw new Error(`${name} is not let in: ${answer.code}`)
      return who
    },
    open(who, from) {
      network.cookie = who.door === 'phone' ? '' : cookies[who.door]
      const page = openPage(who, from)
      pages.push(page)
      return page
    },
    close() {
      for (const page of pages) page.vanish()
      world.kill()
      clock.restore()
    },
  }
  world.start()
  return world
}
