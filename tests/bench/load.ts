/** The same commands for product and references: what a stretch of them cost, and how long everybody waited. */
import type { Client } from '../support/cheap-client.ts'
import { Crowd, startReference } from './crowd.ts'
import type { Cores } from './cores.ts'
import type { Figures } from './measure.ts'
import { meter } from './meter.ts'
import { percentile } from './numbers.ts'
import type { Measured } from './process.ts'
import { card, type FullRoom } from './room.ts'
import { acknowledged, tapEvenly, until, type Tap } from './tapping.ts'

const LONGEST_S = 120

/** With the number before it a command of about 200 bytes, of which about 230 go to everybody. */
const TEXT = 'We will call every family before the first absence letter, and listen before we measure anything. '.repeat(2)
const REFERENCE_TEXT = 150

export interface Stretch {
  taps: number
  seconds: number
}

interface Loaded {
  process: Measured
  client(i: number): Client
  act(i: number): unknown
  /** When the last phone had what this tap changed; Infinity while one has not. */
  lastAt(tap: Tap, i: number): number
  received(): number
}

/** One stretch: figures by name, times in ms, CPU in seconds. Ends when everybody has everything, or after two minutes. */
export async function run({ process, client, act, lastAt, received }: Loaded, { taps: count, seconds }: Stretch): Promise<Figures> {
  const cost = meter(process)
  const taps = await tapEvenly(count, seconds, client, act)
  let settled = 0
  await until(() => {
    process.mustRun()
    while (settled < count && (taps[settled] as Tap).acked !== undefined && lastAt(taps[settled] as Tap, settled) < Infinity) settled += 1
    return settled === count
  }, LONGEST_S)
  const { server, load, foreign } = cost()
  const { times, refused, missing } = acknowledged(taps)
  const last = taps.map((tap, i) => lastAt(tap, i) - tap.sent)
  return {
    cpu: server,
    ackMin: Math.min(...times),
    ackP50: percentile(times, 0.5),
    ackP99: missing > 0 ? Infinity : percentile(times, 0.99),
    lastP50: percentile(last, 0.5),
    lastP99: percentile(last, 0.99),
    bytes: received(),
    refused,
    missing: missing + (count - settled),
    load,
    foreign,
  }
}

/** Stretches on a reference, one after the other, all in one room of so many people. */
export async function onReference(name: 'raw' | 'relay' | 'windowed', cores: Cores, people: number, stretches: readonly Stretch[], env: Record<string, string> = {}, text: (i: number) => string = () => ''): Promise<Figures[]> {
  const reference = await startReference(name, cores.server, env)
  let crowd: Crowd | undefined
  try {
    const here = (crowd = await Crowd.gather(reference.origin, people))
    const figures: Figures[] = []
    let first = 0
    for (const stretch of stretches) {
      here.anew()
      const from = first
      first += stretch.taps
      const loaded: Loaded = {
        process: reference.process,
        client: (i) => here.clients[i % people] as Client,
        act: (i) => ({ id: String(from + i).padStart(21, '0'), text: (text(i) + TEXT).slice(0, REFERENCE_TEXT) }),
        lastAt: (tap) => here.versions.lastAt(tap.at),
        received: () => here.received(),
      }
      figures.push({ ...(await run(loaded, stretch)), misordered: here.misordered })
    }
    return figures
  } finally {
    crowd?.close()
    await reference.close()
  }
}

/** One stretch on the product's wall; `from` is the number of the first card. */
export async function onProductWall(room: FullRoom, stretch: Stretch, from: number): Promise<Figures> {
  await room.anew()
  const figures = await run({
    process: room.product.process(),
    client: (i) => (room.phones[i % room.phones.length] as FullRoom['phones'][number]).client,
    act: (i) => card(from + i),
    lastAt: (tap) => room.everyone.lastAt(tap.at),
    received: () => room.received(),
  }, stretch)
  return { ...figures, misordered: room.gaps() }
}

/** Figures under a name of their own: `{ 'relay cpu': … }`. */
export function named(name: string, figures: Figures | undefined): Figures {
  return Object.fromEntries(Object.entries(figures ?? {}).map(([key, value]) => [`${name} ${key}`, value]))
}
