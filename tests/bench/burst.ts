/** Everybody writes once within two seconds: what it costs, how long people wait, and what durability adds. P2 to P5. */
import type { Cores } from './cores.ts'
import { named, onProductWall, onReference, type Stretch } from './load.ts'
import { against, type Figures, type Measure, type Size } from './measure.ts'
import type { Storage } from './product.ts'
import { onTheWall } from './room.ts'
import { count, megabytes, ms, percent, seconds, table } from './words.ts'

/** The last is the one that is judged. In a small room a relay has time enough, and a window only makes people wait. */
const ROOMS: Record<Size, readonly number[]> = { quick: [100], full: [100, 1_000] }
const BURST_SECONDS: Record<Size, number> = { quick: 0.5, full: 2 }
/** Before the burst, so that no server meets it with code that has never run. */
const WARM: Record<Size, Stretch> = { quick: { taps: 10, seconds: 0.25 }, full: { taps: 40, seconds: 2 } }
const SLOWER_MS = 5

const SERVERS: Record<string, string> = {
  product: 'product',
  relay: 'bare Socket.IO',
  windowed: 'Socket.IO, windowed',
  memory: 'product, not durable',
  slow: `product, disk ${SLOWER_MS} ms slower`,
}
const STORAGE: Record<string, Storage> = { product: 'disk', memory: 'memory', slow: { slower: SLOWER_MS } }

export const BURST: Measure = {
  name: 'burst',
  rows: ['P2', 'P3', 'P4', 'P5'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say): Promise<Figures> {
    const figures: Figures = {}
    for (const people of ROOMS[size]) {
      for (const server of serversIn(people, size)) {
        say(`${people} people, ${SERVERS[server]}`)
        Object.assign(figures, named(`${people} ${server}`, await burst(server, cores, people, size)))
      }
    }
    return figures
  },
  lines(figures, size) {
    const people = ROOMS[size].at(-1)
    const of = (server: string, figure: string) => figures[`${people} ${server} ${figure}`]
    return {
      'P2': against(of('product', 'cpu'), of('relay', 'cpu'), seconds),
      'P3': against(of('product', 'ackP99'), of('memory', 'ackP99'), ms),
      'P3 slow': against(of('slow', 'ackP99'), of('memory', 'ackP99'), ms),
      'P4': against(of('product', 'ackP99'), of('windowed', 'ackP99'), ms),
      'P5': against(of('product', 'lastP99'), of('windowed', 'lastP99'), ms),
    }
  },
  section: (figures, size) => `## The burst (P2 to P5)

Everybody writes once, evenly over ${BURST_SECONDS[size]} seconds, after ${WARM[size].taps} commands that warm the server up. On the product it is a card on a named wall that is shown, committed
durably (SQLite, \`synchronous=FULL\`) before it is acknowledged; a console and a screen are there too. The windowed reference does what the
product does for speed, and nothing else: acknowledged once durable, sent in windows of 50 ms or 16 KB. "Not durable" is the product with its log in
memory. "${SLOWER_MS} ms slower" is the product, each of whose commits waits so long in the storage thread. "Last phone" ends when every phone holds a version with the command in it.

${ROOMS[size].map((people) => resultsOf(figures, people, size)).join('\n\n')}`,
}

/** A minute is too short for a slower disk. */
function serversIn(people: number, size: Size): readonly string[] {
  if (size === 'quick') return Object.keys(SERVERS).filter((server) => server !== 'slow')
  return people === ROOMS[size].at(-1) ? Object.keys(SERVERS) : ['product', 'relay', 'windowed']
}

async function burst(server: string, cores: Cores, people: number, size: Size): Promise<Figures | undefined> {
  const all: Stretch = { taps: people, seconds: BURST_SECONDS[size] }
  const warm = WARM[size]
  if (server === 'relay' || server === 'windowed') return (await onReference(server, cores, people, [warm, all])).at(-1)
  const room = await onTheWall(cores, people, STORAGE[server])
  try {
    await onProductWall(room, warm, 0)
    const figures = await onProductWall(room, all, warm.taps)
    if (server === 'slow' && (figures['ackMin'] ?? 0) < SLOWER_MS) throw new Error('The slower disk was not slower: does the product still commit as slow-disk.ts believes?')
    return figures
  } finally {
    await room.close()
  }
}

const ROWS: Record<string, readonly [figure: string, word: (value?: number) => string]> = {
  'server CPU': ['cpu', seconds],
  'ack p50': ['ackP50', ms],
  'ack p99': ['ackP99', ms],
  'last phone p50': ['lastP50', ms],
  'last phone p99': ['lastP99', ms],
  'sent to all phones': ['bytes', (bytes = NaN) => megabytes(bytes / 1e6)],
  'refused': ['refused', count],
  'not answered, or not everywhere': ['missing', count],
  'out of order, or missed': ['misordered', count],
  'busyness of the load': ['load', percent],
}

function resultsOf(figures: Figures, people: number, size: Size): string {
  const servers = serversIn(people, size)
  return table([
    [`${count(people)} people`, ...servers.map((server) => SERVERS[server] as string)],
    ...Object.entries(ROWS).map(([what, [figure, word]]) => [what, ...servers.map((server) => word(figures[`${people} ${server} ${figure}`]))]),
  ])
}
