/** One, two and four servers on one PostgreSQL behind nginx, beside one server on SQLite: what an act costs whom, and how long it takes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { nanoid } from 'nanoid'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { lineOf } from '../../client/live/reconnect.ts'
import { openPostgresLog } from '../../server/log/postgres.ts'
import type { Log } from '../../server/log/port.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../support/postgres.ts'
import { programOf } from '../support/proxies.ts'
import { freePort } from '../support/free-port.ts'
import type { Cores } from './cores.ts'
import { inTurn } from './crowd.ts'
import { Guest } from './guest.ts'
import { atTheWall, writeInto } from './lived.ts'
import type { Figures, Measure, Size } from './measure.ts'
import { meter } from './meter.ts'
import { childrenOf, startNginx, type Front } from './nginx.ts'
import { percentile } from './numbers.ts'
import type { Past } from './past.ts'
import { cpuOf, start, type Measured } from './process.ts'
import { acknowledged, tapEvenly, until, type Tap } from './tapping.ts'
import { count, micros, ms, table } from './words.ts'

const ENTRY = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const TEXT = 'We will call every family before the first absence letter'
const WORDS = new RegExp(`${TEXT} (\\d+)`, 'gu')
const LONGEST_S = 60
/** What just-arrived people set in motion is over by then. */
const SETTLED_MS = 2_000

interface Shape {
  sessions: number
  people: number
  perSecond: number
  seconds: number
  /** Whether the proxy brings everybody of a session to one server, as the shipped one does; else each line goes to the next. */
  home: boolean
}
type Setting = 'sqlite 1' | 'postgres 1' | 'postgres 2' | 'postgres 4'
const SETTINGS: readonly Setting[] = ['sqlite 1', 'postgres 1', 'postgres 2', 'postgres 4']
/** So much of what is measured is done before: what a server does for the first hundred times costs it twice as much, and of several each does less. */
const WARM = 1 / 4
/** With what is done before, no session writes more than the sixty cards that phones hold where nobody turns the wall's pages. */
const SHAPES: Record<Size, Record<'many' | 'spread' | 'one', Shape>> = {
  quick: {
    many: { sessions: 8, people: 10, perSecond: 50, seconds: 2, home: true },
    spread: { sessions: 8, people: 10, perSecond: 50, seconds: 2, home: false },
    one: { sessions: 1, people: 50, perSecond: 20, seconds: 2, home: false },
  },
  full: {
    many: { sessions: 40, people: 25, perSecond: 200, seconds: 8, home: true },
    spread: { sessions: 40, people: 25, perSecond: 200, seconds: 8, home: false },
    one: { sessions: 1, people: 400, perSecond: 8, seconds: 6, home: false },
  },
}

export const SERVERS: Measure = {
  name: 'servers',
  rows: [],
  runs: { quick: 0, full: 1 },
  async measure(cores, size, say) {
    const none = whyNoPostgres() ?? (programOf('nginx') === undefined ? 'There is no nginx on this machine' : undefined)
    if (none !== undefined) throw new Error(none)
    const figures: Figures = {}
    for (const setting of SETTINGS) {
      for (const [name, shape] of Object.entries(SHAPES[size])) {
        say(`${setting}: ${name}`)
        for (const [what, value] of Object.entries(await measureOne(cores, setting, shape))) figures[`${name} ${setting} ${what}`] = value
      }
    }
    return figures
  },
  lines: () => ({}),
  section: (figures, size) => `## Several servers

All on this machine: the servers share its first core with PostgreSQL (fsync and synchronous_commit on), nginx and the load share the other. So more servers
cannot be faster here; what can be compared is what an act costs each of them. CPU per act: of all servers together, of PostgreSQL, of nginx. An act is an answer
on a named wall that is shown, acknowledged when it is on disk, and sent to everybody of its session. A quarter as many acts come before those that are measured, so
that every server is warm.

${Object.entries(SHAPES[size]).filter(([name]) => `${name} ${SETTINGS[0]} servers` in figures).map(([name, shape]) => `### ${title(shape)}

${table([
  ['', 'CPU per act: servers', 'PostgreSQL', 'nginx', 'ack p50 / p99', 'last phone p50 / p99', 'refused / unanswered / undelivered / gaps'],
  ...SETTINGS.map((setting) => {
    const of = (what: string) => figures[`${name} ${setting} ${what}`]
    return [setting, micros(of('servers')), micros(of('database')), micros(of('proxy')), `${ms(of('ackP50'))} / ${ms(of('ackP99'))}`, `${ms(of('lastP50'))} / ${ms(of('lastP99'))}`, [of('refused'), of('missing'), of('undelivered'), of('gaps')].map((value) => count(value)).join(' / ')]
  }),
])}`).join('\n\n')}`,
}

function title({ sessions, people, perSecond, home }: Shape): string {
  const where = home ? 'each at one server' : 'everybody at the next server'
  return sessions === 1 ? `One session of ${people}, ${perSecond} acts a second, ${where}` : `${count(sessions)} sessions of ${people}, ${perSecond} acts a second in all, ${where}`
}

interface Hall {
  session: Past
  guests: Guest[]
  /** By the number of an act: how many phones have its words, and when the last one did. */
  heard: Map<number, { phones: number; last: number }>
}

async function measureOne(cores: Cores, setting: Setting, shape: Shape): Promise<Figures> {
  const { sessions, people, perSecond, seconds } = shape
  const halls: Hall[] = Array.from({ length: sessions }, (_, n) => ({ session: atTheWall(n, people), guests: [], heard: new Map() }))
  const write = async (log: Log) => {
    for (const { session } of halls) await session.write(log)
  }
  const run = await startServers(cores, setting, write)
  try {
    await inTurn(sessions * people, async (i) => {
      const hall = halls[i % sessions] as Hall
      const { token, veil } = hall.session.members[Math.floor(i / sessions)] as Past['members'][number]
      const line = shape.home ? lineOf(hall.session.id, 0, '') : String(i)
      const guest = new Guest(run.origin(i), { v: PROTOCOL, door: 'phone', token, veil }, {}, { 'x-line': line })
      hall.guests.push(guest)
      await guest.seen
    })
    await wait(SETTLED_MS)
    for (const hall of halls) for (const guest of hall.guests) listen(guest, hall)
    const hallOf = (n: number) => halls[n % sessions] as Hall
    const lastAt = (n: number) => {
      const heard = hallOf(n).heard.get(n)
      return heard?.phones === people ? heard.last : Infinity
    }
    /** Acts from number `from` on, for so many seconds, until all phones have them. */
    const act = async (from: number, seconds: number): Promise<Tap[]> => {
      const taps = await tapEvenly(perSecond * seconds, seconds, (i) => (hallOf(from + i).guests[Math.floor((from + i) / sessions) % people] as Guest).client, (i) => ({ id: nanoid(), step: 'serve', do: { type: 'write', text: `${TEXT} ${from + i}`, lang: 'en' } }))
      await until(() => taps.every((tap, i) => tap.acked !== undefined && lastAt(from + i) < Infinity), LONGEST_S)
      return taps
    }
    const { length: from } = await act(0, seconds * WARM)
    const before = run.cpu()
    const noise = meter({ cpu: () => Object.values(run.cpu()).reduce((sum, seconds) => sum + seconds, 0) })
    const taps = await act(from, seconds)
    const after = run.cpu()
    noise()
    const { times, refused, missing } = acknowledged(taps)
    const last = taps.map((tap, i) => lastAt(from + i) - tap.sent)
    const perAct = (what: keyof typeof before) => ((after[what] - before[what]) / taps.length) * 1e6
    return {
      servers: perAct('servers'), database: perAct('database'), proxy: perAct('proxy'), refused, missing,
      ackP50: percentile(times, 0.5), ackP99: percentile(times, 0.99), lastP50: percentile(last, 0.5), lastP99: percentile(last, 0.99),
      undelivered: last.filter((time) => time === Infinity).length,
      gaps: halls.flatMap(({ guests }) => guests).reduce((sum, guest) => sum + guest.gaps + (guest.lost ? 1 : 0), 0),
    }
  } finally {
    for (const { guests } of halls) for (const guest of guests) guest.client.close()
    await run.close()
  }
}

interface Run {
  origin(i: number): string
  /** Processor seconds since each was born. */
  cpu(): { servers: number; database: number; proxy: number }
  close(): Promise<void>
}

async function startServers(cores: Cores, setting: Setting, write: (log: Log) => Promise<void>): Promise<Run> {
  const servers: Measured[] = []
  let cluster: Cluster | undefined
  let proxy: Front | undefined
  const folder = mkdtempSync(join(tmpdir(), 'gatherwell-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const close = async () => {
    await Promise.all(servers.map((server) => server.end('SIGTERM')))
    await proxy?.close()
    await cluster?.remove()
    process.off('exit', remove)
    remove()
  }
  try {
    const storage = setting.startsWith('sqlite') ? { DATA_DIR: join(folder, 'data') } : { DATABASE_URL: (await (cluster = await startPostgres({ shared_buffers: '128MB' })).database()).url }
    if ('DATA_DIR' in storage) await writeInto(storage.DATA_DIR, write)
    else {
      const { log } = await openPostgresLog({ url: storage.DATABASE_URL })
      await write(log)
      await log.close()
    }
    const ports: number[] = []
    for (let n = 0; n < Number(setting.split(' ')[1]); n += 1) {
      const port = await freePort()
      ports.push(port)
      servers.push(await start(ENTRY, { core: cores.server, env: { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn', TRUST_PROXY: '1', ...storage }, ready: 'Gatherwell is ready' }))
    }
    if (cluster !== undefined && cores.server !== undefined) for (const pid of familyOf(cluster)) keep(pid, cores.server)
    const front = (proxy = await startNginx(folder, ports))
    return {
      origin: () => front.origin,
      cpu: () => ({
        servers: servers.reduce((sum, server) => sum + server.cpu(), 0),
        database: cluster === undefined ? 0 : familyOf(cluster).reduce((sum, pid) => sum + cpuOf(pid), 0),
        proxy: [front.pid, ...childrenOf(front.pid)].reduce((sum, pid) => sum + cpuOf(pid), 0),
      }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function familyOf({ folder }: Cluster): number[] {
  const postmaster = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  return [postmaster, ...childrenOf(postmaster)]
}

function keep(pid: number, core: string): void {
  void once(spawn('taskset', ['-a', '-cp', core, String(pid)], { stdio: 'ignore' }), 'exit')
}

/** By words and not by versions, which each server counts for itself; a page that is laid out anew brings words again. */
function listen(guest: Guest, { heard }: Hall): void {
  const known = new Set<string>()
  guest.watch = {
    patch(_guest, audience, _at, packet) {
      if (audience !== 'everyone') return
      const now = performance.now()
      for (const [, number = ''] of packet.matchAll(WORDS)) {
        if (known.has(number)) continue
        known.add(number)
        const of = heard.get(Number(number)) ?? { phones: 0, last: 0 }
        heard.set(Number(number), { phones: of.phones + 1, last: now })
      }
    },
  }
}
