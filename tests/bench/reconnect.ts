/** P7, P8: everybody comes back at once, to whole views of a session of a real size. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { Client } from '../support/cheap-client.ts'
import type { Cores } from './cores.ts'
import { inTurn, startReference } from './crowd.ts'
import { codeOf, evening, writeInto } from './lived.ts'
import { against, type Figures, type Measure, type Size } from './measure.ts'
import { meter } from './meter.ts'
import { percentile } from './numbers.ts'
import type { Measured } from './process.ts'
import { startProduct } from './product.ts'
import { count, kilobytes, micros, ms, seconds, table } from './words.ts'

const PEOPLE: Record<Size, readonly [number, number]> = { quick: [50, 100], full: [1_000, 5_000] }
const CARDS = 300
/** As many handshakes are under way at any time: more would wait in the system's queue for connections, which is the same for all. */
const ABREAST = 400
const LONGEST_S = 120
/** The heads of whole views, as the product and its reference write them. */
const VIEW = /^42\["(?:view|snapshot)",\{"(?:audience":"(\w+)|from)/u

type Comer = (heard: (audience: string, packet: string) => void) => Client

export const RECONNECT: Measure = {
  name: 'reconnect',
  rows: ['P7', 'P8'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say) {
    const figures: Figures = {}
    for (const [i, people] of PEOPLE[size].entries()) {
      const row = i === 0 ? 'P7' : 'P8'
      say(`${people} people come back`)
      for (const [name, value] of Object.entries(await storms(cores, people))) figures[`${row} ${name}`] = value
    }
    return figures
  },
  lines: (figures) => ({
    'P7': against(figures['P7 product all'], figures['P7 reference all'], ms),
    'P7 failed': { value: figures['P7 product failed'] ?? NaN, product: count(figures['P7 product failed']) },
    'P8': against(figures['P8 product all'], figures['P8 reference all'], ms),
    'P8 failed': { value: figures['P8 product failed'] ?? NaN, product: count(figures['P8 product failed']) },
  }),
  section(figures, size) {
    const cell = (name: string, word: (value?: number) => string) => ['P7', 'P8'].flatMap((row) => [word(figures[`${row} product ${name}`]), word(figures[`${row} reference ${name}`])])
    return `## Everybody comes back at once

A session as it is after an hour: ${CARDS} cards on two walls, everybody's weather and answers to the agreements, moments of every third. All
lines break, the server has noticed, then all come back together (${ABREAST} handshakes under way at any time, since a system's queue for
connections holds no more; real phones come at times of their own choosing). A person is back with both whole views, what all see and their own. The reference
sends each, framed once, as many bytes of the same views, and asks nobody who they are.

${table([
  ['', ...PEOPLE[size].flatMap((people) => [`${count(people)} people: product`, 'reference'])],
  ['until the last had everything', ...cell('all', ms)],
  ['one person, median', ...cell('p50', ms)],
  ['one person, p99', ...cell('p99', ms)],
  ['server CPU', ...cell('cpu', seconds)],
  ['server CPU a person', ...cell('each', micros)],
  ['bytes a person', ...cell('bytes', kilobytes)],
  ['did not come back', ...cell('failed', count)],
  ['busyness of the load, of one core', ...cell('load', (value = NaN) => `${Math.round(value * 100)} %`)],
])}

A load near 100 % reads as slowly as the server writes: then the CPU says more than the time.`
  },
}

async function storms(cores: Cores, people: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'gatherwell-bench-'))
  const file = join(folder, 'snapshot.json')
  try {
    const product = await measureProduct(cores, people, file)
    const reference = await startReference('windowed', cores.server, { SNAPSHOT: file })
    try {
      const storm = await breakAndComeBack(reference.process, Array.from({ length: people }, () => (heard) => new Client(reference.origin, {}, viewsOf(heard))), 1, () => Promise.resolve())
      return { ...under('product', product), ...under('reference', storm) }
    } finally {
      await reference.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureProduct(cores: Cores, people: number, snapshot: string): Promise<Figures> {
  const { session } = evening(codeOf(1), people, CARDS, Date.now() - 3_600_000)
  const product = await startProduct(cores.server, 'disk', { prepare: (folder) => writeInto(folder, async (log) => void (await session.write(log))) })
  try {
    const views: Record<string, string> = {}
    const comers = session.members.map(({ token, veil }): Comer => (heard) => new Client(product.origin, { v: PROTOCOL, door: 'phone', token, veil }, viewsOf(heard)))
    const noticed = async () => {
      const gone = async () => (await product.api<{ here: number }>('GET', `/api/sessions/${session.id}`)).here === 0
      for (let tries = 0; tries < 100 && !(await gone()); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return await breakAndComeBack(product.process(), comers, 2, noticed, (audience, packet) => (views[audience] ??= packet))
      .finally(() => writeFileSync(snapshot, JSON.stringify(Object.fromEntries(Object.entries(views).map(([audience, packet]) => [audience, (JSON.parse(packet.slice(2)) as unknown[])[1]])))))
  } finally {
    await product.close()
  }
}

/** Everybody comes, all lines break, everybody comes back. `views`: how many whole views a person has then. */
async function breakAndComeBack(server: Measured, comers: readonly Comer[], views: number, noticed: () => Promise<void>, saw: (audience: string, packet: string) => void = () => undefined): Promise<Figures> {
  const first: Client[] = []
  await inTurn(comers.length, async (i) => {
    const { client, seen } = come(comers[i] as Comer, views, saw)
    first.push(client)
    await seen
  })
  for (const client of first) client.close()
  await noticed()
  const back: Client[] = []
  const times: number[] = []
  let failed = 0
  const cost = meter(server)
  const began = performance.now()
  await inTurn(comers.length, async (i) => {
    const asked = performance.now()
    const { client, seen } = come(comers[i] as Comer, views)
    back.push(client)
    if (await seen) times.push(performance.now() - asked)
    else failed += 1
  }, ABREAST)
  const all = performance.now() - began
  const spent = cost()
  const bytes = back.reduce((sum, client) => sum + client.received, 0) / comers.length
  for (const client of back) client.close()
  return { all, failed, bytes, p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpu: spent.server, each: (spent.server / comers.length) * 1e6, load: spent.load }
}

function come(comer: Comer, views: number, saw: (audience: string, packet: string) => void = () => undefined): { client: Client; seen: Promise<boolean> } {
  const had = new Set<string>()
  let whole: (yes: boolean) => void = () => undefined
  const all = new Promise<boolean>((resolve) => (whole = resolve))
  const late = setTimeout(() => whole(false), LONGEST_S * 1000)
  const client = comer((audience, packet) => {
    had.add(audience)
    saw(audience, packet)
    if (had.size === views) whole(true)
  })
  const seen = client.ready.then(() => all, () => false).finally(() => clearTimeout(late))
  return { client, seen }
}

function viewsOf(heard: (audience: string, packet: string) => void): (packet: string) => void {
  return (packet) => {
    const view = VIEW.exec(packet)
    if (view !== null) heard(view[1] ?? 'snapshot', packet)
  }
}

function under(name: string, figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${name} ${key}`, value]))
}
