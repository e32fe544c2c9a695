/** The one composition root: everything that a server is made of, put together here. Tests build the same server. */
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { openLimits } from './access/limits.ts'
import { openSetup } from './access/setup.ts'
import { machineClocks, steadyClock } from './clock.ts'
import type { Config } from './config.ts'
import { declaredRoutes, openAccess, type DeclaredRoute } from './http/access.ts'
import { openAddresses } from './http/addresses.ts'
import type { Deps } from './http/deps.ts'
import { openDoor } from './http/door.ts'
import { handleErrors, refuseRequest } from './http/errors.ts'
import { healthRoutes } from './http/health.ts'
import { hostRoutes } from './http/host.ts'
import { joinRoutes } from './http/join.ts'
import { linkRoutes } from './http/links.ts'
import { noteRoutes } from './http/notes.ts'
import { pageRoutes } from './http/pages.ts'
import { rejoinRoutes } from './http/rejoin.ts'
import { retentionRoutes } from './http/retention.ts'
import { sessionRoutes, templateRoutes } from './http/sessions.ts'
import { witnessRequests } from './http/witness.ts'
import { NO_KEEPER, openKeeper } from './keep/keeper.ts'
import { productVersion } from './keep/manifest.ts'
import type { Log } from './log/port.ts'
import { openPostgresLog } from './log/postgres.ts'
import { openSqliteLog } from './log/sqlite.ts'
import { openLogger, type Logger } from './logger.ts'
import { hereFamilies } from './meters/here.ts'
import { openMeters, type Meters } from './meters/meters.ts'
import { openProcessMeters } from './meters/process.ts'
import { watchStorage } from './meters/storage.ts'
import { DICE, type Dice } from './room/dice.ts'
import { NO_PEERS, type PeerMessage, type Peers } from './room/peers.ts'
import { openRetention } from './room/retention.ts'
import { Rooms } from './room/rooms.ts'
import { openGateway, type Gateway } from './socket/gateway.ts'

export interface AppOptions {
  config: Config
  /** Server time, ms since 1970; by itself one that does not follow when somebody sets the machine's clock. Tests may step it. */
  now?: () => number
  logger?: Logger
  /** Where the built pages are. */
  clientDir?: string
  /** Storage of a test that makes it fail; else the database that the settings name, or the SQLite of the data folder. */
  log?: Log
  /** The other servers on a test's storage. */
  peers?: Peers
  /** Bytes that are free where a folder lies; else what the system says. */
  free?: (folder: string) => Promise<number>
  /** Between two heartbeats, ms. Tests have less time than people. */
  beat?: number
  /** Where chance comes from. Tests throw the same twice. */
  dice?: Dice
}

export interface App {
  http: FastifyInstance
  deps: Deps
  gateway: Gateway
  /** Every route, with who may use it: what docs/rights.md and its tests are made from. */
  routes(): readonly DeclaredRoute[]
  /** Says from now on that nobody new should be sent here; serves whoever is here, and whoever comes all the same. */
  drain(): void
  /** Lets go of every connection, finishes what is being written, closes storage. */
  close(): Promise<void>
}

/** A hung request ends after this long; there may be no proxy in front that would do it. */
const REQUEST_TIMEOUT = 30_000
/** Who sends the first lines of a request drop by drop, or none, holds a connection no longer than this. */
const SLOW_HEADERS = { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 }
/** A connection without a byte either way ends after this long; WebSockets have a heartbeat of their own, and polling answers sooner. */
const SILENCE = 60_000
const BODY_BYTES = 64 * 1024
/**
 * The documentation's pages write styles of their own. Its library's policy would ask for every file by TLS, which a school's
 * network does not have, and would let in what other sites serve.
 */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

/** Builds the server; it listens once `http.listen` is called. Rejects with `CannotOpen` when the data folder or the database cannot be used. */
export async function buildApp({ config, now: clock, logger: ownLogger, clientDir = built(), log: given, peers = NO_PEERS, free, beat, dice = DICE }: AppOptions): Promise<App> {
  let now = clock ?? steadyClock()
  const logger = ownLogger ?? openLogger(config.logLevel, (line) => process.stdout.write(line), () => now())
  const meters = openMeters()
  const storage: Storage = given === undefined ? await openStorage(config, now, clock !== undefined, logger, meters) : { log: given, peers }
  if (clock === undefined && storage.ahead !== undefined) now = steadyClock(machineClocks(storage.ahead))
  const { log, takes } = watchStorage(storage.log, meters, logger, now)
  const keeper = config.databaseUrl !== undefined ? NO_KEEPER : openKeeper({ folder: config.dataDir, backups: config.backupDir, kept: config.backupsKept, logger, now, ...(free === undefined ? {} : { free }) })
  // A field that nobody knows is a mistake to be told of, not to be passed over.
  const http = fastify({ logger: false, trustProxy: (_address: string, hop: number) => hop < config.trustProxy, bodyLimit: BODY_BYTES, requestTimeout: REQUEST_TIMEOUT, connectionTimeout: SILENCE, forceCloseConnections: true, http: SLOW_HEADERS, frameworkErrors: (_error, _request, reply) => void refuseRequest(reply as FastifyReply, 'bad-shape'), ajv: { customOptions: { removeAdditional: false } } })
  http.removeContentTypeParser('text/plain')
  handleErrors(http, logger)
  witnessRequests(http, logger)
  http.addHook('onResponse', (_request, reply, done) => {
    meters.served(reply.statusCode)
    done()
  })
  const routes = declaredRoutes(http)
  await http.register(cookie)
  await http.register(swagger, {
    openapi: {
      info: { title: 'Gatherwell', version: '1', description: 'All that a host does, for scripts. Sign in with the key from HOST_KEY.' },
      components: { securitySchemes: { hostKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ hostKey: [] }],
    },
  })
  await http.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY })

  const addresses = openAddresses(config, log, () => portOf(http, config.port))
  const limits = openLimits()
  const gateway = openGateway(http.server, {
    log,
    limits,
    logger,
    now,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    meters,
    peers: storage.peers,
    ...(beat === undefined ? {} : { beat }),
    cookies: (header) => http.parseCookie(header),
    joinOf: async (session) => {
      const row = await log.session(session)
      return row === undefined || row.phase === 'ended' ? undefined : { code: row.code, link: `${await addresses.current()}/#${row.joinToken}` }
    },
  })
  const bug = (error: unknown) => {
    meters.bug()
    logger.error({ event: 'room', error: error instanceof Error ? error.name : 'unknown' }, 'a rule or a view failed')
  }
  const rooms = new Rooms({ log, now, dice, bug, meters, peers: storage.peers }, gateway.announce)
  gateway.attach(rooms)

  const retention = openRetention({ log, rooms, connections: gateway, logger, now })
  let storageUp = true
  const readiness = { draining: false, storage: async () => (storageUp = await takes()) }
  const watching = openProcessMeters(http.server)
  const here = hereFamilies({ connections: gateway, rooms, kept: config.databaseUrl === undefined ? 'sqlite' : 'postgres', version: productVersion, channelUp: meters.channelUp, draining: () => readiness.draining, storageUp: () => storageUp })
  const deps: Deps = { readiness, families: [...here, ...meters.families, ...watching.families], config, log, limits, logger, rooms, connections: gateway, addresses, keeper, strayed: gateway.strayed, retention, now, peers: storage.peers, ...(await openSetup(log, storage.firstSetting)) }
  const access = openAccess(deps)
  const door = openDoor(deps)
  await pageRoutes(http, clientDir, config.production)
  await http.register((api, _options, done) => {
    healthRoutes(api, deps, access)
    hostRoutes(api, deps, access)
    templateRoutes(api, access)
    sessionRoutes(api, deps, access)
    linkRoutes(api, deps, access)
    retentionRoutes(api, deps, access)
    noteRoutes(api, deps, access)
    joinRoutes(api, deps, access, door)
    rejoinRoutes(api, deps, access, door)
    done()
  })

  return {
    http,
    gateway,
    deps,
    routes,
    drain() {
      readiness.draining = true
    },
    async close() {
      readiness.draining = true
      watching.close()
      await gateway.close()
      await http.close()
      rooms.close()
      await retention.close()
      await Promise.all([keeper.close(), log.close()])
    },
  }
}

interface Storage {
  log: Log
  peers: Peers
  /** By how much the clock that all servers on this storage go by is ahead of this machine's, ms. */
  ahead?: () => number
  /** Keeps a setting unless there is one; resolves with the one that stands for all servers. */
  firstSetting?: (name: string, value: string) => Promise<string>
}

/** The log where the settings say. A database goes by its own clock, unless a test steps one. */
async function openStorage({ databaseUrl, dataDir, backupDir }: Config, now: () => number, isStepped: boolean, logger: Logger, meters: Meters): Promise<Storage> {
  const warn = (sentence: string) => { logger.warn({ event: 'data' }, sentence) }
  if (databaseUrl === undefined) return { log: await openSqliteLog({ folder: dataDir, backups: backupDir, warn, now }), peers: NO_PEERS }
  return openPostgresLog<PeerMessage>({ url: databaseUrl, warn, channel: meters.channel, ...(isStepped ? { now } : {}) })
}

function portOf(http: FastifyInstance, fallback: number): number {
  const address = http.server.address()
  return typeof address === 'object' && address !== null ? address.port : fallback
}

function built(): string {
  return fileURLToPath(new URL('../dist/client', import.meta.url))
}
