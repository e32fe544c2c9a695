/** The only reader of the environment. */
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { NetworkInterfaceInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { BACKUPS_FOLDER } from './keep/folder.ts'
import { namesDatabase } from './log/database-address.ts'

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
const KEY_MIN = 24
const MOST_PROXIES = 10
/** Erased words may live in a backup until it is rotated out: a year is long enough for any promise. */
const MOST_BACKUPS = 365

/** Longer than any load balancer needs to see that a server takes nobody new. */
const LONGEST_DRAIN = 3_600

/** Every setting there is. */
const NAMES = ['PORT', 'HOST', 'DATA_DIR', 'PUBLIC_URL', 'HOST_KEY', 'LOG_LEVEL', 'TRUST_PROXY', 'BACKUP_DIR', 'BACKUPS_KEPT', 'METRICS_KEY', 'DRAIN_SECONDS', 'DATABASE_URL'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  /** 0 lets the system choose one. */
  readonly port: number
  readonly host: string
  /** An absolute path. */
  readonly dataDir: string
  /** An origin without a slash at its end: what links and QR carry instead of the machine's address. */
  readonly publicUrl?: string
  /** The key that scripts sign in with. */
  readonly hostKey?: string
  readonly logLevel: LogLevel
  /** How many proxies in front may tell the visitor's address. */
  readonly trustProxy: number
  /** Where daily backups lie; an absolute path. */
  readonly backupDir: string
  /** How many daily backups are kept; 0 for none. */
  readonly backupsKept: number
  /** The key that whoever reads `/metrics` shows; without one, only the machine itself may. */
  readonly metricsKey?: string
  /** How long the server goes on after SIGTERM, saying that it takes nobody new. */
  readonly drainSeconds: number
  /** The PostgreSQL that keeps the log, shared with other servers; without one, it is kept in the data folder. It may hold a password. */
  readonly databaseUrl?: string
  /** The built pages do not change while this process runs. From Node's own NODE_ENV. */
  readonly production: boolean
  /** Sentences about settings that look like ours and have no effect. */
  readonly warnings: readonly string[]
}

/** The environment holds mistakes: one sentence for each, all at once. */
export class BadConfig extends Error {
  override name = 'BadConfig'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

type Env = Readonly<Record<string, string | undefined>>
type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** Reads the settings; an empty one counts as absent. Throws `BadConfig`. Secrets are never repeated in a sentence. */
export function readConfig(env: Env, interfaces: Interfaces = networkInterfaces()): Config {
  const problems: string[] = []
  const given = (name: (typeof NAMES)[number]) => env[name]?.trim() || undefined
  const wrong = (sentence: string) => { problems.push(sentence) }

  function whole(name: 'PORT' | 'TRUST_PROXY' | 'BACKUPS_KEPT' | 'DRAIN_SECONDS', what: string, most: number, fallback: number): number {
    const text = given(name)
    if (text === undefined) return fallback
    if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text)
    wrong(`${name} must be ${what}, a whole number from 0 to ${String(most)}, but is "${text}".`)
    return fallback
  }

  function host(): string {
    const text = given('HOST')
    if (text === undefined) return everywhere(interfaces)
    const name = /^\[.*\]$/.test(text) ? text.slice(1, -1) : text
    const isName = /^(?!.*\.\d+$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(name) && !/^\d+$/.test(name)
    if (isIP(name) === 0 && !isName) wrong(`HOST must be an IP address or a host name to listen on, such as 0.0.0.0, but is "${text}".`)
    return name
  }

  function publicUrl(): string | undefined {
    const text = given('PUBLIC_URL')
    if (text === undefined) return undefined
    const url = URL.canParse(text) ? new URL(text) : undefined
    const bare = url && `${url.pathname}${url.search}${url.hash}${url.username}${url.password}` === '/' && !/[?#]/.test(text)
    if (bare && /^https?:$/.test(url.protocol)) return url.origin
    wrong(`PUBLIC_URL must be an http or https address without a path, such as https://learn.example.org${url?.password ? '.' : `, but is "${text}".`}`)
    return undefined
  }

  function keyFrom(name: 'HOST_KEY' | 'METRICS_KEY'): string | undefined {
    const text = given(name)
    if (text !== undefined && [...text].length < KEY_MIN) {
      wrong(`${name} must have at least ${String(KEY_MIN)} characters, but has ${String([...text].length)}.`)
    } else if (text !== undefined && !/^[\x21-\x7e]+$/.test(text)) {
      // It travels in an HTTP header.
      wrong(`${name} may hold letters, digits and signs of plain ASCII only, without blanks.`)
    }
    return text
  }

  function databaseUrl(): string | undefined {
    const text = given('DATABASE_URL')
    // No part of it is repeated: where it is wrong, anything in it may be the password.
    if (text !== undefined && !namesDatabase(text)) {
      wrong('DATABASE_URL must name a PostgreSQL database, such as postgres://user:password@host:5432/gatherwell; signs other than letters and digits in a password are written as %40 and the like.')
    }
    return text
  }

  function logLevel(): LogLevel {
    const text = given('LOG_LEVEL')?.toLowerCase() ?? 'info'
    const level = LOG_LEVELS.find((known) => known === text)
    if (!level) wrong(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, but is "${text}".`)
    return level ?? 'info'
  }

  const url = publicUrl()
  const key = keyFrom('HOST_KEY')
  const metricsKey = keyFrom('METRICS_KEY')
  // Whoever watches the server must not hold what may delete every session.
  if (metricsKey !== undefined && metricsKey === key) wrong('METRICS_KEY must be another key than HOST_KEY.')
  const database = databaseUrl()
  const dataDir = resolve(given('DATA_DIR') ?? 'data')
  const config: Config = {
    port: whole('PORT', 'the port to listen on', 65_535, 3000),
    host: host(),
    dataDir,
    ...(url !== undefined && { publicUrl: url }),
    ...(key !== undefined && { hostKey: key }),
    logLevel: logLevel(),
    trustProxy: whole('TRUST_PROXY', 'the number of proxies in front', MOST_PROXIES, 0),
    backupDir: resolve(given('BACKUP_DIR') ?? join(dataDir, BACKUPS_FOLDER)),
    backupsKept: whole('BACKUPS_KEPT', 'the number of daily backups to keep', MOST_BACKUPS, 7),
    ...(metricsKey !== undefined && { metricsKey }),
    drainSeconds: whole('DRAIN_SECONDS', 'how many seconds to go on after being asked to stop', LONGEST_DRAIN, 0),
    ...(database !== undefined && { databaseUrl: database }),
    production: env['NODE_ENV'] === 'production',
    warnings: Object.freeze(strangers(env)),
  }
  if (problems.length > 0) throw new BadConfig(problems)
  return Object.freeze(config)
}

/** Where the person is who typed the command: npm moves to the top folder, and keeps in INIT_CWD where it was started. */
export function startedFrom(env: Env): string {
  return env['INIT_CWD'] ?? process.cwd()
}

/** Both families through one socket where the machine has IPv6; a phone may come by either. */
function everywhere(interfaces: Interfaces): string {
  const hasIpv6 = Object.values(interfaces).some((list) => list?.some(({ family }) => family === 'IPv6'))
  return hasIpv6 ? '::' : '0.0.0.0'
}

function strangers(env: Env): string[] {
  return Object.keys(env).filter((name) => /^GATHERWELL_/i.test(name)).sort().map((name) => {
    const bare = name.replace(/^GATHERWELL_/i, '').toUpperCase()
    const known = NAMES.find((each) => each === bare)
    const hint = known ? `write ${known} instead` : `the settings are ${NAMES.join(', ')}`
    return `${name} is not a setting and has no effect; ${hint}.`
  })
}

/** Bridges of containers, virtual machines and tunnels: a phone in the room cannot reach them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|cni|flannel|lxc|podman|bridge)|vEthernet|VirtualBox|VMware/i

/** The machine's IPv4 addresses for links to phones on the same network, the likeliest first. Loopback and self-assigned ones are left out. */
export function lanAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, list = []]) =>
    list
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address }) => ({ address, rank: (VIRTUAL.test(name) ? 10 : 0) + networkRank(address) })),
  )
  return [...new Set(found.sort((a, b) => a.rank - b.rank).map(({ address }) => address))]
}

/** Home and school networks first; a public address last, since it may be closed from inside. */
function networkRank(address: string): number {
  if (address.startsWith('192.168.')) return 0
  if (address.startsWith('10.')) return 1
  if (/^172\.(1[6-9]|2\d|3[01])\./.test(address)) return 2
  return 3
}
