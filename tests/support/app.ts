/** The real server in this process, on a data folder of its own; two of them behind one address where the switch in storage.ts says so. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildApp, type App } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Log } from '../../server/log/port.ts'
import { openPostgresLog } from '../../server/log/postgres.ts'
import { openSqliteLog } from '../../server/log/sqlite.ts'
import { openLogger } from '../../server/logger.ts'
import { NO_PEERS, type PeerMessage } from '../../server/room/peers.ts'
import type { Dice } from '../../server/room/dice.ts'
import { openFront } from './front.ts'
import { dropStorage, settingsFor } from './databases.ts'
import { areSeveral, SERVERS } from './storage.ts'
import { storedBytes } from './storage-reader.ts'
import { HOST_KEY, visit, type Visit } from './visit.ts'

export interface StartOptions {
  /** The folder that an earlier server kept. */
  folder?: string
  now?: () => number
  /** Puts something around the real storage, to make it fail. */
  around?: (log: Log) => Log
  env?: Record<string, string>
  /** Bytes free on the drive, as the test says. */
  free?: () => Promise<number>
  /** Between two heartbeats, ms. */
  beat?: number
  /** Chance that falls the same way twice. */
  dice?: Dice
}

export interface TestApp extends Visit {
  /** The first of them. */
  app: App
  /** All that share the address. */
  apps: readonly App[]
  /** The one that a line has come to. */
  homeOf(line: { socket: { id?: string | undefined } }): App
  folder: string
  /** Everything that was logged, at the most talkative level. */
  logged: string[]
  /** Every byte that storage holds on disk. */
  stored(): Promise<Buffer>
  /** Removes the data folder too, unless the next server needs it. */
  close(how?: { keeps: boolean }): Promise<void>
}

export async function startApp({ folder: given, now = Date.now, around = (log) => log, env = {}, free, beat, dice }: StartOptions = {}): Promise<TestApp> {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-app-'))
  const folder = given ?? join(above, 'data')
  for (const page of ['index', 'host', 'screen']) writeFileSync(join(above, `${page}.html`), `<title>${page}</title>`)
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, HOST_KEY, LOG_LEVEL: 'trace', ...(await settingsFor(folder, env)), ...env })
  const logged: string[] = []
  const logger = openLogger(config.logLevel, (line) => void logged.push(line), now)
  const { databaseUrl } = config

  async function start(): Promise<App> {
    const storage = databaseUrl === undefined ? { log: await openSqliteLog({ folder, now }), peers: NO_PEERS } : await openPostgresLog<PeerMessage>({ url: databaseUrl, now, warn: (sentence) => logger.warn({ event: 'data' }, sentence) })
    const { peers } = storage
    const log = around(storage.log)
    const app = await buildApp({ config, now, logger, log, peers, clientDir: above, ...(free === undefined ? {} : { free }), ...(beat === undefined ? {} : { beat }), ...(dice === undefined ? {} : { dice }) })
    await app.http.listen({ port: 0, host: '127.0.0.1' })
    return app
  }

  const app = await start()
  const apps = [app]
  const several = areSeveral(env)
  while (several && apps.length < SERVERS) apps.push(await start())
  const front = several ? await openFront(apps.map(portOf)) : undefined
  const visits = visit(`http://127.0.0.1:${front?.port ?? portOf(app)}`)
  return {
    ...visits,
    app,
    apps,
    homeOf(line) {
      const home = apps.find(({ gateway }) => gateway.io.sockets.sockets.has(line.socket.id ?? ''))
      if (home === undefined) throw new Error('The line is not at any server')
      return home
    },
    folder,
    logged,
    stored: () => storedBytes(folder),
    async close({ keeps } = { keeps: false }) {
      visits.hangUp()
      for (const each of apps) await each.close()
      await front?.close()
      if (keeps) return
      await dropStorage(folder)
      for (const path of [above, dirname(folder)]) rmSync(path, { recursive: true, force: true })
    },
  }
}

const portOf = ({ http }: App) => (http.server.address() as AddressInfo).port
