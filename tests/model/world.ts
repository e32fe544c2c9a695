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
import type { Answer } from '#shared/wire/protocol.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { openGateway, type Gateway } from '../../server/socket/gateway.ts'
import { openLimits } from '../../server/access/limits.ts'
import { hashSecret, mint } from '../../server/access/keys.ts'
import { consoleCookie, screenCookie } from '../../server/access/identity.ts'
import { openLogger } from '../../server/logger.ts'
import type { Order } from '../../server/room/room.ts'
import { Rooms } from '../../server/room/rooms.ts'
import { installClock, type Clock } from './clock.ts'
import { planFor } from './generator.ts'
import { memoryStore, type Fate as StorageFate, type Store } from './memory-log.ts'
import { Network, plugIn } from './network.ts'
import { openHints, type Hints } from './hints.ts'
import type { Meeting } from './memory-turns.ts'
import { openPage, type Page, type Who } from './page.ts'
import { current, outside, Process } from './process.ts'
import type { FakeServer } from './server-socket.ts'

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

/** Without a word for so long, who has a session alone has it taken away, ms. */
const LEASE = 5_000
/** Between two looks where the sessions stand, ms. */
const LOOK = 2_000

/** One life of a server process. */
interface Life {
  gateway: Gateway
  rooms: Rooms
  killed: boolean
  process: Process
  server: FakeServer | undefined
}

/** What was drawn, when by the server's clock and by the true one, whose it was, and what a thing that was made by it is called. */
export interface Throw {
  seed: string
  at: number
  when: number
  by: Process | undefined
  id?: string
}

export interface World {
  readonly clock: Clock
  readonly network: Network
  readonly store: Store
  /** Dice of the test, of this seed. */
  readonly dice: Random
  /** Every throw of the servers' dice, in order. */
  readonly thrown: Throw[]
  readonly pages: Page[]
  /** What rules, views and listeners threw, and what was logged as a mistake. */
  readonly bugs: string[]
  /** Of the first server that runs. */
  readonly rooms: Rooms | undefined
  /** How many servers there are when all run. */
  readonly servers: number
  /** Which of them run. */
  readonly running: readonly number[]
  /** Between servers. */
  readonly hints: Hints
  /** How far the server's clock is set from the right time, ms. */
  skew: number
  /** What becomes of the next calls to storage; a test's own. */
  storage: (call: 'append' | 'read', server: number) => StorageFate
  /** A new person, by way of the door; resolves once they may open a page. */
  join(name: string, department?: string, known?: (person: string) => void): Promise<Who>
  open(who: Who, from?: Page): Page
  /** As kill -9: lines break, what was not committed is gone. */
  kill(server?: number): void
  start(server?: number): void
  /** As SIGSTOP: it hears and does nothing, and then all at once. */
  freeze(server: number): void
  thaw(server: number): void
  /** Deletes the session by way of a server, as its host does. */
  remove(server: number): Promise<void>
  close(): void
}

export async function openWorld(seed: string, given?: { plan?: Plan; beat?: number; before?: Before; servers?: number }): Promise<World> {
  const dice = random(seed)
  const clock = installClock(BEGINS)
  const network = plugIn(new Network(random(`${seed}/network`)))
  const servers = given?.servers ?? 1
  const shared = servers > 1
  const store = memoryStore({ shared })
  const hints = openHints()
  const thrown: World['thrown'] = []
  const bugs: string[] = []
  const pages: Page[] = []
  const limits = openLimits()
  const logger = openLogger('error', (line) => void bugs.push(line), clock.now)
  let people = 0
  const lives: (Life | undefined)[] = []
  const chance = random(`${seed}/server`)
  const letters = (n: number) => Array.from({ length: Math.ceil(n / 4) }, () => (36 ** 3 + chance.below(35 * 36 ** 3)).toString(36)).join('')
  const roomDice = {
    seed: () => { const is = letters(16); thrown.push({ seed: is, at: serverNow(), when: clock.now(), by: current() }); return is },
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

  const pace = random(`${seed}/pace`)
  /** How a server meets storage that others write too. */
  const meeting = (process: Process, alive: () => boolean): Meeting => ({
    alive,
    way: (leg) => new Promise((resolve) => {
      const ms = 1 + (pace.below(4) === 0 ? pace.below(40) : pace.below(4))
      // What has been asked is done also for a server that is frozen meanwhile; the answer waits for it.
      if (leg === 'there') outside(() => setTimeout(resolve, ms))
      else setTimeout(resolve, ms)
    }),
    hears: (tell) => void hints.carry(process, tell),
    look(look) {
      const looking = setInterval(look, LOOK)
      return () => clearInterval(looking)
    },
    lease(over) {
      const timer = outside(() => setTimeout(over, LEASE))
      return () => clearTimeout(timer)
    },
  })
  const serverNow = () => clock.now() + world.skew
  const world: World = {
    skew: 0,
    clock, network, store, dice, thrown, pages, bugs,
    storage: () => 'kept',
    hints, servers,
    get rooms() { return lives.find((life) => life !== undefined)?.rooms },
    get running() { return lives.flatMap((life, i) => (life === undefined ? [] : [i])) },
    start(which = 0) {
      const process = new Process()
      const now = { killed: false, process } as Life
      const open = () => {
        const before = new Set(network.servers)
        const alive = () => !now.killed
        const log = store.open(serverNow, (call) => (now.killed ? 'lost' : world.storage(call, which)), shared ? meeting(process, alive) : {})
        const peers = shared ? { peers: hints.peers(`${String(which)}/${String(clock.now())}`, process, alive) } : {}
        now.gateway = openGateway({} as HttpServer, {
          log, limits, logger, now: serverNow, publicUrl: undefined, joinOf: () => Promise.resolve(undefined),
          cookies: (header) => Object.fromEntries(header.split('; ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
          ...peers, ...(given?.beat === undefined ? {} : { beat: given.beat }),
        })
        now.server = [...network.servers].find((server) => !before.has(server))
        now.rooms = new Rooms({ log, now: serverNow, dice: roomDice, bug: (error) => bugs.push(String((error as Error).stack)), ...peers }, now.gateway.announce)
        now.gateway.attach(now.rooms)
      }
      if (shared) process.enter(open)
      else open()
      lives[which] = now
    },
    kill(which = 0) {
      const life = lives[which]
      if (life === undefined) return
      lives[which] = undefined
      life.killed = true
      const { server } = life
      if (server !== undefined) {
        server.dead = true
        network.servers.delete(server)
      }
      for (const link of [...network.links]) if (link.to === server) link.cut(network.delay(), 0)
      life.rooms.close()
      void life.gateway.close()
    },
    freeze: (which) => lives[which]?.process.freeze(),
    thaw: (which) => lives[which]?.process.thaw(),
    remove: (which) => new Promise((resolve) => {
      lives[which]?.process.enter(() => void (async () => {
        await directory.deleteSession(SESSION)
        await lives[which]?.rooms.drop(SESSION)
        lives[which]?.gateway.expel(SESSION, 'deleted')
        resolve()
      })())
    }),
    async join(name, department, known = () => undefined) {
      people += 1
      const who = aPerson(people, name)
      const { person, token } = who
      known(person)
      await directory.addKey({ hash: hashSecret(token), role: 'participant', session: SESSION, person, handle: person, createdAt: clock.now() })
      const run = world.running
      const life = lives[run.length < 2 ? (run[0] ?? 0) : (run[pace.below(run.length)] ?? 0)] ?? dropped()
      const order: Order = { sender: 'participant', decide: (state) => decideJoin(state, { type: 'person.join', person, name, ...(department === undefined ? {} : { department }) }) }
      const enter = async () => ((await life.rooms.get(SESSION)) ?? dropped()).room.submit(order)
      const answer = shared ? await new Promise<Answer>((resolve, reject) => life.process.enter(() => void enter().then(resolve, reject))) : await enter()
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
      for (const which of world.running) world.kill(which)
      clock.restore()
    },
  }
  for (let which = 0; which < servers; which += 1) world.start(which)
  return world
}
