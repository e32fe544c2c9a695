/** What the routes are given: one object, made by app.ts. */
import type { Limits } from '../access/limits.ts'
import type { Config } from '../config.ts'
import type { Keeper } from '../keep/keeper.ts'
import type { Log } from '../log/port.ts'
import type { Logger } from '../logger.ts'
import type { Family } from '../meters/families.ts'
import type { Connections } from '../room/connections.ts'
import type { Peers } from '../room/peers.ts'
import type { Retention } from '../room/retention.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Addresses } from './addresses.ts'

/** Whether new people may be sent here. */
export interface Readiness {
  /** About to stop: who is here stays, others should go elsewhere. */
  draining: boolean
  /** Whether storage answers and keeps what it is given. */
  storage(): Promise<boolean>
}

export interface Deps {
  config: Config
  log: Log
  limits: Limits
  logger: Logger
  rooms: Rooms
  connections: Connections
  addresses: Addresses
  keeper: Keeper
  /** Whether a proxy has lately brought requests of one polling line to several servers. */
  strayed(): boolean
  retention: Retention
  now: () => number
  readiness: Readiness
  /** What the server tells of itself in numbers. */
  families: readonly Family[]
  /** The code by which a new server's passphrase may be set from elsewhere; on the terminal, and nowhere else. */
  setup: string
  /** Sets the passphrase of a new server; false if it has one, be it that another server on the same data was a moment faster. */
  firstPassphrase(hashed: string): Promise<boolean>
  /** The other servers on the same data. */
  peers: Peers
}
