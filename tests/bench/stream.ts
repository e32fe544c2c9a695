/** A steady stream in a full room, one person after another: what one delivery costs the server. P1. */
import { named, onProductWall, onReference, type Stretch } from './load.ts'
import { against, type Figures, type Measure, type Size } from './measure.ts'
import { onTheWall } from './room.ts'
import { count, megabytes, micros, ms, percent, table } from './words.ts'

const PEOPLE: Record<Size, number> = { quick: 100, full: 1_000 }
/** At fifty a second and a thousand people a bare relay is half busy. */
const PACES = [20, 50]
const SECONDS: Record<Size, number> = { quick: 0.5, full: 10 }
const SERVERS = ['product', 'relay', 'raw']

export const STREAM: Measure = {
  name: 'stream',
  rows: ['P1'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say): Promise<Figures> {
    const people = PEOPLE[size]
    const stretches = PACES.map((pace): Stretch => ({ taps: pace * SECONDS[size], seconds: SECONDS[size] }))
    const figures: Figures = {}
    const keep = (server: string, all: readonly Figures[]) => all.forEach((one, i) => Object.assign(figures, named(`${PACES[i]} ${server}`, { ...one, each: ((one['cpu'] ?? NaN) * 1e6) / ((stretches[i] as Stretch).taps * people) })))
    for (const server of ['raw', 'relay'] as const) {
      say(`${people} people, ${server}`)
      keep(server, await onReference(server, cores, people, stretches))
    }
    say(`${people} people, the product`)
    const room = await onTheWall(cores, people)
    try {
      const product: Figures[] = []
      let from = 0
      for (const stretch of stretches) {
        product.push(await onProductWall(room, stretch, from))
        from += stretch.taps
      }
      keep('product', product)
    } finally {
      await room.close()
    }
    return figures
  },
  lines: (figures) => ({
    'P1 bare': against(figures['20 product each'], figures['20 relay each'], micros),
    'P1 raw': against(figures['20 product each'], figures['20 raw each'], micros),
  }),
  section: (figures, size) => `## A steady stream (P1)

${count(PEOPLE[size])} people in a room, each writing in turn, ${PACES.join(' and then ')} commands a second for ${SECONDS[size]} seconds. On the product that is a card on a named wall that is
shown: every phone is sent every change of the newest five pages, and its writer what is their own; a console and a screen are there too.
The references send each command on to everybody. A delivery is one command on one phone; its cost is the server's CPU by commands and
people, whatever was gathered into one packet.

${table([
  ['', ...PACES.flatMap((pace) => SERVERS.map((server) => `${server}, ${pace} a second`))],
  ...[
    ['CPU per delivery', 'each', micros],
    ['ack p99', 'ackP99', ms],
    ['last phone p99', 'lastP99', ms],
    ['sent to all phones', 'bytes', (bytes: number) => megabytes(bytes / 1e6)],
    ['refused or not answered', 'missing', count],
    ['out of order, or missed', 'misordered', count],
    ['busyness of the load', 'load', percent],
  ].map(([what, key, word]) => [what as string, ...PACES.flatMap((pace) => SERVERS.map((server) => (word as (value?: number) => string)(figures[`${pace} ${server} ${key as string}`])))]),
])}`,
}
